/**
 * What keys are known by: RFC 7468; OpenSSH's PROTOCOL.key; RFC 4716; PuTTY's format; RFC 4880, section 6.2; age. It
 * stands anywhere: in the middle of a line of a setting, of a program, of JSON or of a list of changes. A text that only
 * speaks of such a line is refused as well.
 */
const KEY_LINE =
  /-----BEGIN [^-\r\n]{0,60}PRIVATE KEY[^-\r\n]{0,20}-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-/i;

/** A PKCS#12 file (RFC 7292, section 4), in hexadecimal: a sequence, version 3, then pkcs7-data or pkcs7-signedData. */
const PKCS12 = /^30(?:[0-7].|8[0-4](?:..){0,4})02010330.{2,10}06092a864886f70d01070[12]/;

/** Whether a file holds a private key, by all of its content and never by its name. What is packed is not looked into. */
export function holdsPrivateKey(content: Buffer): boolean {
  if (PKCS12.test(content.subarray(0, 64).toString('hex'))) return true;
  // In UTF-16 each letter of these lines has a zero beside it.
  return KEY_LINE.test(content.toString('latin1').replaceAll('\0', ''));
}
