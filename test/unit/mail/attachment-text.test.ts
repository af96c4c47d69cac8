import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isImage, kindOf } from '../../../src/files/attachment-kind.ts';
import { textOfAttachment } from '../../../src/mail/attachment-text.ts';
import { mimeOf } from '../../support/mail.ts';
import { textPart } from './support.ts';

const textOf = (content: string | Buffer, type: string, name = 'a', contentType = type) =>
  textOfAttachment(Buffer.from(content), textPart(type, '', contentType), type, name);

describe('what can be done with a file', () => {
  const rows: [string, string, ReturnType<typeof kindOf>][] = [
    ['text/plain', 'a', 'text'],
    ['text/csv', 'a.csv', 'text'],
    ['text/html', 'a.exe', 'text'],
    ['text/rtf', 'a.rtf', 'other'],
    ['application/json', 'a', 'text'],
    ['application/vnd.api+json', 'a', 'text'],
    ['application/atom+xml', 'a', 'text'],
    ['application/ics', 'a', 'text'],
    ['message/rfc822', 'a', 'text'],
    ['message/delivery-status', 'a', 'text'],
    ['application/octet-stream', 'a.csv', 'text'],
    ['application/octet-stream', 'A.EML', 'text'],
    ['application/octet-stream', 'a.bin', 'other'],
    ['application/octet-stream', 'a.csv.exe', 'other'],
    ['application/pdf', 'a.txt', 'other'],
    ['application/zip', 'a.zip', 'other'],
    ['image/png', 'a', 'image'],
    ['image/jpeg', 'a', 'image'],
    ['image/gif', 'a', 'image'],
    ['image/webp', 'a', 'image'],
    ['image/svg+xml', 'a.svg', 'other'],
    ['image/tiff', 'a', 'other'],
    ['', '', 'other'],
  ];
  for (const [type, name, expected] of rows)
    it(`is ${expected} for ${type} ${name}`, () => assert.equal(kindOf(type, name), expected));
});

describe('the signature of a picture', () => {
  const signatures: Record<string, Buffer> = {
    'image/png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    'image/jpeg': Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
    'image/gif': Buffer.from('GIF89a', 'latin1'),
    'image/webp': Buffer.from('RIFF\n\0\0\0WEBP', 'latin1'),
  };
  for (const [type, bytes] of Object.entries(signatures)) {
    it(`is told from others: ${type}`, () => {
      for (const other of Object.keys(signatures)) assert.equal(isImage(bytes, other), other === type, other);
      assert.equal(isImage(Buffer.concat([Buffer.from(' '), bytes]), type), false);
      assert.equal(isImage(bytes.subarray(0, 2), type), false);
    });
  }

  it('is none for what is no picture', () => {
    assert.equal(isImage(Buffer.from('<svg/>'), 'image/svg+xml'), false);
    assert.equal(isImage(Buffer.alloc(0), 'image/png'), false);
  });
});

describe('the text of a file', () => {
  it('is decoded by the charset that is declared', async () => {
    const bytes = Buffer.from([0xcf, 0xf0, 0xe8]);
    assert.equal((await textOf(bytes, 'text/plain', 'a.txt', 'text/plain; charset=windows-1251')).text, 'При');
  });

  it('has line feeds alone, and nothing invisible', async () => {
    assert.deepEqual(await textOf('a\r\nb\rc\u200b\u202e\0', 'text/plain'), { text: 'a\nb\nc', hidden: 2 });
  });

  it('is converted from HTML by type or name, links that lead elsewhere flagged', async () => {
    const html = '<p>One</p><p style="display:none">Two</p><a href="https://evil.example/">https://bank.example</a>';
    const expected = 'One\n\nhttps://bank.example (WARNING: leads to https://evil.example/)';
    assert.equal((await textOf(html, 'text/html')).text, expected);
    assert.equal((await textOf(html, 'application/octet-stream', 'a.HTM')).text, expected);
    assert.equal((await textOf(html, 'text/plain', 'a.txt')).text, html);
  });

  it('sums up a calendar before its words, and leaves one that is broken as it is', async () => {
    const event =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260310T090000Z\nSUMMARY:Dentist\nEND:VEVENT\nEND:VCALENDAR\n';
    const { text } = await textOf(event, 'application/octet-stream', 'a.ics');
    assert.match(text, /^Event: Dentist\n[\s\S]*\n\nBEGIN:VCALENDAR\n/);
    assert.equal((await textOf('BEGIN:VCALENDAR\nBEGIN:', 'text/calendar')).text, 'BEGIN:VCALENDAR\nBEGIN:');
  });

  describe('of an attached message', () => {
    const read = (raw: Buffer) => textOf(raw, 'message/rfc822');

    it('is its headers, its files and its text, quotes and all', async () => {
      const text = 'Hello\n\nOn Tue, 3 Mar 2026 at 10:02, Tom <tom@mail.example> wrote:\n> Earlier.';
      const files = [{ type: 'application/pdf', name: 'b.pdf', content: 'x' }];
      const headers = { Date: 'Tue, 3 Mar 2026 09:14:22 +0100', Cc: 'c@mail.example' };
      const raw = mimeOf({ subject: '=?utf-8?q?Gr=C3=BC=C3=9Fe?=', text, files, headers });
      assert.equal(
        (await read(raw)).text,
        [
          'From: Ann Example <ann@mail.example>',
          'To: Robin Vale <robin.vale@sandbox.example>',
          'Cc: c@mail.example',
          'Subject: Grüße',
          'Date: Tue, 3 Mar 2026 09:14:22 +0100',
          'File: b.pdf (application/pdf)',
          '',
          text,
        ].join('\n'),
      );
    });

    it('is converted from HTML, without what cannot be seen', async () => {
      const { text, hidden } = await read(mimeOf({ html: '<p>Seen</p><p style="display:none">Unseen</p>' }));
      assert.match(text, /\n\nSeen$/);
      assert.equal(hidden, 6);
    });

    it('is what can be read of a broken one', async () => {
      assert.match((await read(Buffer.from(''))).text, /\n\n\(no text\)$/);
      assert.match((await read(Buffer.from('no header at all'))).text, /Subject:/);
      const cut = mimeOf({ text: 'Whole.', files: [{ type: 'text/csv', name: 'a.csv', content: 'a' }] });
      assert.match((await read(cut.subarray(0, cut.length - 30))).text, /\n\nWhole\.$/);
      const deep = Array.from(
        { length: 500 },
        (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
      );
      assert.match((await read(Buffer.from(`Subject: deep\r\n${deep.join('')}\r\nText\r\n`))).text, /Subject: deep\n/);
    });

    // A parser of mail with a quadratic search for links takes hours here; the runner ends it.
    it('comes in time where a tag never ends', { timeout: 60_000 }, async () => {
      const files = [{ type: 'text/html', content: '<a href="'.repeat(100_000) }];
      assert.match((await read(mimeOf({ text: 'Before it.', files }))).text, /Before it\./);
    });
  });
});
