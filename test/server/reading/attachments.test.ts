import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DRAWING_PNG } from '../../../src/sandbox/seed/files.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import {
  bodyOf,
  contentOf,
  enclosed,
  file,
  mimeOf,
  type Part,
  refuse,
  startMail,
  succeed,
} from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';
import { ROOT } from '../../support/source-files.ts';

const GET = 'gmail_get_attachment';
const PNG = Buffer.from(DRAWING_PNG, 'base64');
const CALENDAR = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1@mail.example', 'DTSTAMP:20260301T090000Z'],
  ...['DTSTART:20260310T090000Z', 'DTEND:20260310T100000Z', 'SUMMARY:Dentist', 'END:VEVENT', 'END:VCALENDAR', ''],
].join('\r\n');

describe('gmail_get_attachment', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  /** Files a message with files, of which the first has the part 1. */
  const attach = async (...files: Part[]) => (await file(sandbox.store, { subject: 'Files', files })).id;
  const get = (message_id: string, more: Record<string, unknown> = {}) =>
    succeed(server, GET, { message_id, part_id: '1', ...more });

  before(async () => {
    sandbox = await startSandbox();
    server = await startMail(sandbox);
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  const texts: [string, Part, string | RegExp][] = [
    ['text', { type: 'text/plain; charset=utf-8', name: 'a.txt', content: 'Grüße\r\nan alle' }, 'Grüße\nan alle'],
    [
      'text of another charset',
      { type: 'text/plain; charset=iso-8859-1', name: 'a.txt', content: Buffer.from('Gr\xfc\xdfe', 'latin1') },
      'Grüße',
    ],
    ['CSV', { type: 'text/csv', name: 'a.csv', content: 'a,b\n1,2\n' }, 'a,b\n1,2\n'],
    ['JSON', { type: 'application/json', name: 'a.json', content: '{"a": "\\n"}' }, '{"a": "\\n"}'],
    [
      'text that says nothing of its type',
      { type: 'application/octet-stream', name: 'A.MD', content: '# Head' },
      '# Head',
    ],
    [
      'HTML',
      { type: 'text/html', name: 'a.html', content: '<h1>Head</h1><script>x()</script><p>One &amp; two</p>' },
      'Head\n\nOne & two',
    ],
    [
      'a calendar, summed up first',
      { type: 'text/calendar; charset=utf-8', name: 'a.ics', content: CALENDAR },
      /^Event: Dentist[\s\S]*\n\nBEGIN:VCALENDAR\n/,
    ],
    [
      'a message',
      {
        type: 'message/rfc822',
        name: 'a.eml',
        content: mimeOf({
          subject: 'Inner',
          text: 'Inside.',
          files: [{ type: 'image/png', name: 'b.png', content: PNG }],
        }),
      },
      /^From: Ann Example <ann@mail\.example>\nTo: .*\nSubject: Inner\nFile: b\.png \(image\/png\)\n\nInside\.$/,
    ],
    ['a file without anything in it', { type: 'text/plain', name: 'a.txt', content: '' }, '(no text)'],
  ];
  // The bundle keeps the tables of these charsets apart, and decodes the words of headers by them.
  const subjects: [string, string][] = [
    ['big5', '課程功課'],
    ['euc-kr', '회의 안내'],
    ['gb18030', '𠮷日安排'],
    ['gb2312', '发货通知'],
    ['iso-2022-jp', '会議のお知らせ'],
    ['koi8-r', 'Расписание поездов'],
    ['shift-jis', '予約の確認'],
  ];
  it('leaves the header of a message as it is written where its charset could hide markup', async () => {
    const content = 'From: a@mail.example\r\nSubject: =?utf-7?Q?+ADw-b+AD4-?=\r\n\r\nInside.\r\n';
    const text = await get(await attach({ type: 'message/rfc822', name: 'a.eml', content }));
    assert.ok(bodyOf(text).includes('\nSubject: +ADw-b+AD4-\n'), text);
  });

  for (const [charset, subject] of subjects) {
    it(`reads the header of a message in ${charset}`, async () => {
      const content = readFileSync(path.join(ROOT, 'test', 'corpus', `charset-${charset}.eml`));
      const text = await get(await attach({ type: 'message/rfc822', name: 'a.eml', content }));
      assert.ok(bodyOf(text).includes(`\nSubject: ${subject}\n`), text);
    });
  }

  for (const [what, part, expected] of texts) {
    it(`shows ${what} as text`, async () => {
      const id = await attach(part);
      const text = await get(id);
      assert.match(text, new RegExp(`^File 1 of message ${id}: \\d+ (bytes|KB)\\.\n`));
      assert.ok(enclosed(text)[0]?.startsWith(`Name: ${part.name}\nType: ${part.type.split(';')[0]}\n\n`), text);
      if (typeof expected === 'string') assert.equal(bodyOf(text), expected);
      else assert.match(bodyOf(text), expected);
    });
  }

  it('gives a long text page by page', async () => {
    const whole = Array.from({ length: 2000 }, (_, n) => `row ${n},${n * n},漢字`).join('\n');
    const id = await attach({ type: 'text/csv', name: 'long.csv', content: whole });
    let page = await get(id);
    let joined = bodyOf(page);
    for (let next = /go on with offset (\d+)\.$/m.exec(page); next; next = /go on with offset (\d+)\.$/m.exec(page)) {
      assert.equal(Number(next[1]), [...joined].length);
      page = await get(id, { offset: Number(next[1]) });
      joined += bodyOf(page);
    }
    assert.equal(joined, whole);
    assert.match(await get(id, { offset: 999_999 }), /\noffset is past the end: the text has \d+ characters\.$/);
  });

  it('counts what nobody can see in a text', async () => {
    const text = await get(await attach({ type: 'text/plain', name: 'a.txt', content: 'a\u200b\u202eb' }));
    assert.equal(bodyOf(text), 'ab');
    assert.match(text, /\n2 invisible characters were removed\.$/);
  });

  it('shows a picture as a picture, beside what it is', async () => {
    const id = await attach({ type: 'image/png', name: 'drawing.png', content: PNG });
    const [about, image, ...more] = await contentOf(server, GET, { message_id: id, part_id: '1' });
    assert.ok(about?.type === 'text' && /Name: drawing\.png\nType: image\/png\n--- end/.test(about.text));
    assert.match(about.text, /\nThe picture follows\. Where you see none, .*do not guess.*gmail_save_attachment/);
    assert.deepEqual(image, { type: 'image', data: PNG.toString('base64'), mimeType: 'image/png' });
    assert.equal(more.length, 0);
  });

  const described: [string, Part, RegExp][] = [
    ['a PDF', { type: 'application/pdf', name: 'a.pdf', content: '%PDF-1.4' }, /This kind of file cannot be shown/],
    [
      'a picture with other bytes',
      { type: 'image/png', name: 'a.png', content: '<svg>' },
      /not a picture of the type that it declares/,
    ],
    [
      'a picture of another type',
      { type: 'image/jpeg', name: 'a.jpg', content: PNG },
      /not a picture of the type that it declares/,
    ],
    [
      'a picture that can hold a script',
      { type: 'image/svg+xml', name: 'a.svg', content: '<svg/>' },
      /cannot be shown/,
    ],
    [
      'a picture too large',
      { type: 'image/png', name: 'a.png', content: Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]) },
      /too large to show/,
    ],
    [
      'a text too large',
      { type: 'text/plain', name: 'a.txt', content: Buffer.alloc(2 * 1024 * 1024 + 1, 'a') },
      /too large to read/,
    ],
  ];
  for (const [what, part, expected] of described) {
    it(`describes ${what}, and says how to save it`, async () => {
      const message_id = await attach(part);
      const text = await get(message_id);
      assert.match(text, expected);
      assert.match(text, /gmail_save_attachment saves it/);
      assert.equal((await contentOf(server, GET, { message_id, part_id: '1' })).length, 1);
    });
  }

  it('names the parts that there are where one is unknown', async () => {
    const csv = { type: 'text/csv', name: 'a.csv', content: 'a' };
    const id = await attach(csv, csv);
    await refuse(
      server,
      GET,
      { message_id: id, part_id: '7' },
      /has no file with the part 7\. Its files have these parts: 1, 2\./,
    );
    await refuse(server, GET, { message_id: id, part_id: '0' }, /no file with the part 0/);
    const many = await attach(...Array<Part>(400).fill(csv));
    await refuse(server, GET, { message_id: many, part_id: '7.7' }, /49, 50 and 350 more\./);
    const none = await attach();
    await refuse(server, GET, { message_id: none, part_id: '1' }, /Its files have these parts: none\./);
  });

  it('says so where there is no such message, and refuses what is no part', async () => {
    await refuse(server, GET, { message_id: '12345678', part_id: '1' }, /^There is no message with the id 12345678\./);
    await refuse(server, GET, { message_id: '12345678', part_id: '../1' }, /part_id is not usable.*Got: "\.\.\/1"/);
    await refuse(server, GET, { message_id: '12345678' }, /part_id is missing/);
  });

  it('shows a message that is a file as a whole', async () => {
    const raw =
      'Subject: scan\r\nContent-Type: text/csv; name="a.csv"\r\nContent-Disposition: attachment\r\n\r\na,b\r\n';
    const { id } = await file(sandbox.store, Buffer.from(raw));
    assert.equal(bodyOf(await get(id, { part_id: '0' })), 'a,b\n');
  });
});
