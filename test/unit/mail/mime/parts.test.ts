import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimePart } from '../../../../src/mail/mime/mime-part.ts';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { textPart } from '../support.ts';
import { body, file, html, multipart, plain, read } from './support.ts';

describe('text parts that follow one another', () => {
  it('are joined by an empty line', async () => {
    assert.equal(await body(multipart('mixed', plain('a\n'), html('<p>b</p>'), plain('\nc'))), 'a\n\nb\n\nc');
  });

  it('fold each for itself', async () => {
    assert.equal(await body(multipart('mixed', plain('a\n> b'), plain('list'))), 'a\n\n[1 quoted line folded]\n\nlist');
  });
});

describe('the body of a mail', () => {
  const named = (part: MimePart, filename: string, disposition = ''): MimePart => ({
    ...part,
    filename,
    headers: [...(part.headers ?? []), ...(disposition ? [{ name: 'Content-Disposition', value: disposition }] : [])],
  });
  const rows: [string, MimePart, string, string[]][] = [
    [
      'versions with names',
      multipart('alternative', named(plain('Text'), 'a.txt'), named(html('<p>Text</p>'), 'a.html', 'inline')),
      'Text',
      [],
    ],
    [
      'a root of a multipart/related with a name',
      multipart('related', named(html('<p>Text</p>'), 'receipt.htm', 'inline'), file('image/png', 'inline', 'a.png')),
      'Text',
      ['a.png'],
    ],
    ['the whole of a mail with a name', named(plain('Text'), 'a.txt', 'inline; filename=a.txt'), 'Text', []],
    [
      'the only text, with a name',
      multipart('mixed', named(html('<p>Text</p>'), 'a.htm', 'inline'), file('application/pdf', 'attachment', 'a.pdf')),
      'Text',
      ['a.pdf'],
    ],
    [
      'the only text beside an empty one',
      multipart('mixed', plain('\r\n'), named(plain('Text'), 'a.txt', 'inline')),
      'Text',
      [],
    ],
    [
      'the first of several with names',
      multipart('mixed', named(plain('Text'), 'a.txt', 'inline'), named(plain('File'), 'b.txt', 'inline')),
      'Text',
      ['b.txt'],
    ],
    ['no text that is attached', multipart('mixed', named(plain('File'), 'a.txt', 'attachment')), '', ['a.txt']],
    [
      'no named text beside another',
      multipart('mixed', plain('Text'), named(plain('File'), 'a.txt', 'inline')),
      'Text',
      ['a.txt'],
    ],
    ['Markdown', multipart('mixed', textPart('text/markdown', '# Text')), '# Text', []],
    ['Markdown beside a text', multipart('mixed', plain('Text'), textPart('text/markdown', '*b*')), 'Text\n\n*b*', []],
    ['enriched text', multipart('alternative', textPart('text/enriched', '<bold>T</bold>')), '<bold>T</bold>', []],
    ['AMP alone', multipart('alternative', textPart('text/x-amp-html', '<p>Text</p>')), 'Text', []],
    ['HTML of a watch alone', textPart('text/watch-html', '<b>Text</b>'), 'Text', []],
    ['XHTML', textPart('application/xhtml+xml', '<p>Text</p>'), 'Text', []],
    ['another text alone', textPart('text/x-log', 'Text'), 'Text', []],
    ['no RTF, which is listed', multipart('alternative', textPart('text/rtf', '{\\rtf1}')), '', ['part-0']],
    ['no visiting card, which is listed', multipart('mixed', textPart('text/vcard', 'BEGIN:VCARD')), '', ['part-0']],
  ];
  for (const [name, payload, text, files] of rows) {
    it(`is ${name}`, async () => {
      const mail = await read(payload);
      assert.equal(renderBody(mail, { unfold: false }), text);
      assert.deepEqual(
        mail.attachments.map((each) => each.name),
        files,
      );
    });
  }

  for (const [name, calendar] of [
    ['cut off', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x'],
    ['empty', ''],
    ['without an event', 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR'],
  ] as const) {
    it(`lists a calendar that cannot be read, and says so: ${name}`, async () => {
      const mail = await read(multipart('alternative', plain('Text'), textPart('text/calendar', calendar)));
      assert.equal(mail.invitation, undefined);
      assert.deepEqual(
        mail.attachments.map((each) => each.name),
        ['part-1.ics'],
      );
      assert.match(mail.notes.join(), /calendar in part 1 could not be read/);
    });
  }

  it('is looked for in winmail.dat in vain, and that is said', async () => {
    const mail = await read(multipart('mixed', file('application/ms-tnef', 'attachment', 'winmail.dat')));
    assert.match(mail.notes.join(), /winmail\.dat/);
  });
});

describe('the name of a file', () => {
  const rows: [string, MimePart, string, string?][] = [
    ['as Gmail gives it', file('application/pdf', 'attachment', 'a.pdf'), 'a.pdf'],
    ['from its disposition', file('application/pdf', "attachment; filename*=UTF-8''%C3%A9.pdf"), 'é.pdf'],
    ['without folders', file('application/pdf', 'attachment', '/etc/..\\a.pdf'), 'a.pdf'],
    ['not of dots', file('application/pdf', 'attachment', '../../..'), 'part-1.pdf'],
    ['without line breaks', file('application/pdf', 'attachment', 'a\r\nb\t.pdf'), 'a b .pdf'],
    ['of plain text without one', file('text/plain', 'attachment'), 'part-1.txt'],
    ['of HTML without one', file('text/html', 'attachment'), 'part-1.html'],
    ['of another text', { ...textPart('text/csv', 'a;b'), partId: '1' }, 'part-1'],
    [
      'of a message by its subject',
      file('message/rfc822', 'attachment'),
      'Re- a-b é.eml',
      'X: y\r\nSubject: Re: a/b\r\n =?utf-8?Q?=C3=A9?=\r\n\r\nSubject: no',
    ],
    ['of a message without one', file('message/rfc822', 'attachment'), 'part-1.eml', 'X: y\r\n\r\nSubject: no'],
    [
      'of a message that Gmail opened',
      {
        mimeType: 'message/rfc822',
        body: { size: 5 },
        parts: [{ ...html('no'), headers: [{ name: 'Subject', value: 'Hi' }] }],
      },
      'Hi.eml',
    ],
  ];
  for (const [name, part, expected, content] of rows) {
    it(`is taken ${name}`, async () => {
      const mail = await read(multipart('mixed', plain('Text'), part), content);
      assert.deepEqual(
        mail.attachments.map(({ partId, name: given }) => [partId, given]),
        [['1', expected]],
      );
      assert.equal(renderBody(mail, { unfold: true }), 'Text');
    });
  }
});

describe('a mail of nothing', () => {
  for (const payload of [{}, { mimeType: 'multipart/mixed' }, { mimeType: 'multipart/alternative', parts: [] }]) {
    it(`is read: ${JSON.stringify(payload)}`, async () => {
      assert.deepEqual(await read(payload), {
        from: '',
        to: '',
        cc: '',
        subject: '',
        segments: [],
        attachments: [],
        notes: [],
        hidden: 0,
      });
    });
  }
});
