/**
 * A certificate for list.example, good until 2120, that nobody but a test trusts, and its key, which opens nothing else.
 * It is made by `openssl`, self-signed, for the name in its subjectAltName.
 */
export const CERTIFICATE = `
-----BEGIN CERTIFICATE-----
MIIBaDCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxsaXN0LmV4
YW1wbGUwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBcxFTATBgNV
BAMMDGxpc3QuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIqUTuFE
Fq7+vs4NCkqVg7dhm3anJuhc+KLDOL0imNvzambBvRHWxYUbh548VNrxLbGrFxl3
FtPZHAN0PAJPsp6jSDBGMAwGA1UdEwQFMAMBAf8wFwYDVR0RBBAwDoIMbGlzdC5l
eGFtcGxlMB0GA1UdDgQWBBT8xAPPWK+pOxr3N6on2hHy/a6S3jAKBggqhkjOPQQD
AgNJADBGAiEAri/IUQPUtIqK6KQmdwOtDGZRm4G2p0kSIZeyzCxSXaMCIQC6z9k8
VLIrpfWlORiwU4o+DPJofCiqWqgLa3Rr/nwnZQ==
-----END CERTIFICATE-----
`;

export const CERTIFICATE_KEY = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg31kGe1ZDd01tJ9mK
ja6bcxFi27Ku8XuK/YA9E/xwXuChRANCAASKlE7hRBau/r7ODQpKlYO3YZt2pybo
XPiiwzi9Ipjb82pmwb0R1sWFG4eePFTa8S2xqxcZdxbT2RwDdDwCT7Ke
-----END PRIVATE KEY-----
`;
