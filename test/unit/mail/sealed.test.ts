import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimePart } from '../../../src/mail/mime/mime-part.ts';
import { readableText } from '../../../src/mail/original-text.ts';
import { readMail } from '../../../src/mail/read-mail.ts';
import { renderBody } from '../../../src/mail/render-body.ts';
import { textPart } from './support.ts';

/** An element of DER. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** An element of BER that ends with two zeros. */
const open = (tag: number, ...contents: Buffer[]) =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...contents, Buffer.alloc(2)]);
const id = (hex: string) => der(6, Buffer.from(hex, 'hex'));

const SIGNED = '2a864886f70d010702';
const ENVELOPED = '2a864886f70d010703';
const DATA = '2a864886f70d010701';

type Element = typeof der;
function cms(type: string, content: Buffer, element: Element = der): Buffer {
  const octets =
    element === der ? der(4, content) : open(0x24, der(4, content.subarray(0, 9)), der(4, content.subarray(9)));
  const data = element(0x30, id(DATA), element(0xa0, octets));
  return element(0x30, id(type), element(0xa0, element(0x30, der(2, Buffer.from([1])), der(0x31), data, der(0x31))));
}

const entity = (text: string) => Buffer.from(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`);

function smime(content: Buffer, contentType = 'application/pkcs7-mime; name=smime.p7m'): MimePart {
  const headers = [
    { name: 'From', value: 'Ann <ann@x.example>' },
    { name: 'Content-Type', value: contentType },
  ];
  return {
    mimeType: contentType.split(';')[0] ?? '',
    filename: 'smime.p7m',
    headers,
    body: { size: content.length, data: content.toString('base64url') },
  };
}

const read = async (payload: MimePart) => {
  const mail = await readMail(payload, () => assert.fail('nothing was to be loaded'));
  assert.equal((await readableText(payload, () => assert.fail())).text.trim(), renderBody(mail, { unfold: true }));
  return {
    body: renderBody(mail, { unfold: false }),
    files: mail.attachments.map(({ name }) => name),
    notes: mail.notes,
    from: mail.from,
  };
};

describe('a mail that is signed with S/MIME in one file', () => {
  const forms: [string, MimePart][] = [
    ['DER', smime(cms(SIGNED, entity('Größe')))],
    ['BER in pieces', smime(cms(SIGNED, entity('Größe'), open))],
    ['under its old name', smime(cms(SIGNED, entity('Größe')), 'application/x-pkcs7-mime; smime-type=signed-data')],
    ['under no name', smime(cms(SIGNED, entity('Größe')), 'application/octet-stream; name=smime.p7m')],
    [
      'twice',
      smime(
        cms(
          SIGNED,
          Buffer.concat([
            Buffer.from('Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
            Buffer.from(cms(SIGNED, entity('Größe')).toString('base64')),
          ]),
        ),
      ),
    ],
    ['beside a footer', { mimeType: 'multipart/mixed', parts: [smime(cms(SIGNED, entity('Größe')))] }],
  ];
  for (const [name, payload] of forms) {
    it(`is read: ${name}`, async () => {
      const { body, files, notes } = await read(payload);
      assert.equal(body, 'Größe');
      assert.deepEqual(files, ['smime.p7m']);
      assert.match(notes.join(), /not checked/);
    });
  }

  it('names the files inside, which nobody can ask for', async () => {
    const inner =
      'Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nText\r\n--i\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nx\r\n--i--\r\n';
    const mail = await readMail(smime(cms(SIGNED, Buffer.from(inner))), () => assert.fail());
    assert.equal(renderBody(mail, { unfold: false }), 'Text\n\n[Files inside the signature: a.pdf]');
    assert.doesNotMatch(mail.notes.join(), /a\.pdf/);
  });

  it('keeps its own headers', async () => {
    assert.equal(
      (await read(smime(cms(SIGNED, Buffer.from('From: eve@x.example\r\n\r\nText'))))).from,
      'Ann <ann@x.example>',
    );
  });

  it('says that its text was not read where the file is broken', async () => {
    const whole = cms(SIGNED, entity('Größe'));
    for (const bytes of [
      Buffer.alloc(0),
      whole.subarray(0, 40),
      Buffer.from('hello'),
      Buffer.alloc(4000, 0x30),
      Buffer.alloc(4000, 0x80),
    ]) {
      assert.match((await read(smime(bytes))).body, /^\[This mail is signed with S\/MIME, .*could not be read/);
    }
  });
});

describe('an encrypted mail', () => {
  const pgp = (subtype: string): MimePart => ({
    mimeType: `multipart/${subtype}`,
    parts: [
      { partId: '0', ...textPart('application/pgp-encrypted', 'Version: 1') },
      { partId: '1', ...textPart('application/octet-stream', 'x'), filename: 'encrypted.asc' },
    ],
  });
  const rows: [string, MimePart, RegExp][] = [
    ['by PGP', pgp('encrypted'), /encrypted with PGP/],
    ['by PGP, as Exchange changes it', pgp('mixed'), /encrypted with PGP/],
    [
      'by S/MIME',
      smime(Buffer.from('x'), 'application/pkcs7-mime; smime-type=enveloped-data'),
      /encrypted with S\/MIME/,
    ],
    [
      'by S/MIME with a check',
      smime(Buffer.from('x'), 'application/pkcs7-mime; smime-type=authEnveloped-data'),
      /encrypted with S\/MIME/,
    ],
    ['by S/MIME that does not say so', smime(cms(ENVELOPED, Buffer.from('x'))), /encrypted with S\/MIME/],
    [
      'by S/MIME within a signature',
      smime(cms(SIGNED, Buffer.from('Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx'))),
      /encrypted with S\/MIME/,
    ],
  ];
  for (const [name, payload, expected] of rows) {
    it(`says so in place of its text: ${name}`, async () => assert.match((await read(payload)).body, expected));
  }

  it('says so in place of lines within a text, which are there unfolded', async () => {
    const armor = '-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----';
    const mail = await readMail(textPart('text/plain', `Hi\n${armor}\nBye`), () => assert.fail());
    assert.match(renderBody(mail, { unfold: false }), /^Hi\n\[4 lines are encrypted with PGP: .*\]\nBye$/);
    assert.equal(renderBody(mail, { unfold: true }), `Hi\n${armor}\nBye`);
  });

  it('is none where it brings certificates alone', async () => {
    const payload = smime(Buffer.from('x'), 'application/pkcs7-mime; smime-type=certs-only');
    assert.equal((await read(payload)).body, '');
  });
});
