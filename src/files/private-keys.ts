/** How much of a file is looked at, in bytes: keys stand at the beginning, below a few lines about them. */
const LOOKED_AT = 64 * 1024;

/**
 * Lines by which keys are known: RFC 7468; OpenSSH's PROTOCOL.key; RFC 4716; PuTTY's format; RFC 4880, section 6.2; age.
 * `openssl pkcs12` writes lines about the key above it, so that it stands anywhere.
 */
const KEY_LINE =
  /^[ \t]*(?:-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-)/m;

/** The key within a service account's JSON (https://cloud.google.com/iam/docs/keys-create-delete). */
const KEY_IN_JSON = /"private_key"\s*:\s*"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;

/** A PKCS#12 file (RFC 7292, section 4), in hexadecimal: a sequence, version 3, then pkcs7-data or pkcs7-signedData. */
const PKCS12 = /^30(?:[0-7].|8[0-4](?:..){0,4})02010330.{2,10}06092a864886f70d01070[12]/;

/** Whether a file holds a private key, by the beginning of its content: never by its name. */
export function holdsPrivateKey(content: Buffer): boolean {
  const head = content.subarray(0, LOOKED_AT);
  const bytes = head.toString('latin1');
  if (PKCS12.test(head.subarray(0, 64).toString('hex'))) return true;
  // In UTF-16 each letter of these lines has a zero beside it.
  const text = bytes.replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  return KEY_LINE.test(text.replace(/\r\n?/g, '\n')) || KEY_IN_JSON.test(text);
}
