import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holdsPrivateKey } from '../../../src/files/private-keys.ts';

const PEM = '-----BEGIN PRIVATE KEY-----\nMIIEvQ==\n-----END PRIVATE KEY-----\n';
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const PKCS12 = (length: string, type: '1' | '2') =>
  Buffer.from(`30${length}0201033082097706092a864886f70d01070${type}a0820968`, 'hex');

const KEYS: readonly [string, string | Buffer][] = [
  ['PEM', PEM],
  ['a key below lines of openssl', `Bag Attributes\n    localKeyID: 01\nKey Attributes: <No Attributes>\n${PEM}`],
  ['a key below comments and blank lines', `# of the server\n\n; web\n\n${PEM}`],
  ['a key below its certificates', `${'-----BEGIN CERTIFICATE-----\nAAAA\n'.repeat(300)}${PEM}`],
  ['lines that end with CR', PEM.replaceAll('\n', '\r')],
  ['UTF-8 with a mark', `\ufeff${PEM}`],
  ['UTF-16', utf16(PEM)],
  ['UTF-16, big end first', utf16(PEM).swap16()],
  ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n'],
  ['PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n'],
  ['SSH2', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n'],
  ['PGP', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n'],
  ['age', '# created: 2026-01-01\nAGE-SECRET-KEY-1QQ\n'],
  ['a service account', JSON.stringify({ type: 'service_account', private_key: PEM }, null, 2)],
  ['a text about keys', 'A key begins with -----BEGIN PRIVATE KEY----- and a line break.'],
  ['a setting', `DB=1\nKEY="${PEM}"`],
  ['a block of YAML', `tls:\n  key: |\n    ${PEM}`],
  ['JSON under any name', JSON.stringify({ a: { tlsKey: PEM.replace('PRIVATE', 'RSA PRIVATE') } })],
  ['a list of changes', PEM.replace(/^/gm, '+')],
  ['a program', `const key = \`${PEM}\`;`],
  ['one line', `key: ${PEM.replaceAll('\n', ' ')}`],
  ['a setting with a key of age', 'KEY=AGE-SECRET-KEY-1QQ'],
  ['the end of a long file', `${'x'.repeat(3_000_000)}${PEM}`],
  ['PKCS#12', PKCS12('8209c3', '1')],
  ['PKCS#12 of few bytes', PKCS12('40', '1')],
  ['PKCS#12 that is signed', PKCS12('8209c3', '2')],
  ['PKCS#12 of no certain length', PKCS12('80', '1')],
];

const OTHERS: readonly [string, string | Buffer][] = [
  ['a public key', '-----BEGIN PUBLIC KEY-----\nMIIB\n'],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n'],
  ['a signed message', Buffer.from('3080 06092a864886f70d010702'.replace(' ', ''), 'hex')],
  ['a PDF', '%PDF-1.7\n'],
];

describe('a private key', () => {
  for (const [what, content] of KEYS) {
    it(`is known in ${what}`, () => assert.equal(holdsPrivateKey(Buffer.from(content)), true));
  }
  for (const [what, content] of OTHERS) {
    it(`is not ${what}`, () => assert.equal(holdsPrivateKey(Buffer.from(content)), false));
  }
});
