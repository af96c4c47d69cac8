import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimePart } from '../../../../src/mail/mime/mime-part.ts';
import { readMail } from '../../../../src/mail/read-mail.ts';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { textPart } from '../support.ts';

const plain = (text: string) => textPart('text/plain', text);
const html = (text: string) => textPart('text/html', text);

/** A multipart with Gmail's part ids. */
function multipart(subtype: string, ...parts: MimePart[]): MimePart {
  const number = (part: MimePart, partId: string): MimePart => ({
    ...part,
    partId,
    ...(part.parts
      ? { parts: part.parts.map((child, index) => number(child, `${partId && `${partId}.`}${index}`)) }
      : {}),
  });
  return number({ mimeType: `multipart/${subtype}`, filename: '', body: { size: 0 }, parts }, '');
}

function file(mimeType: string, disposition: string, filename = '', size = 5): MimePart {
  const headers = [{ name: 'Content-Disposition', value: disposition }];
  return { mimeType, filename, headers, body: { attachmentId: 'a', size } };
}

const read = (payload: MimePart, content = '') =>
  readMail(payload, async () => Buffer.from(content), { zone: 'Europe/Berlin' });
const body = async (payload: MimePart) => renderBody(await read(payload), { unfold: false });

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

describe('of two versions of a text', () => {
  const rows: [string, string, string, boolean][] = [
    ['an empty plain one', ' \n', 'Text', true],
    ['15 % of the words', words(15), words(100), false],
    ['less than 15 % of the words', words(14), words(100), true],
    ['less than 15 % of few words', words(5), words(40), false],
    ['a plain one that points to a browser', 'View this email in your browser: https://x.example', words(30), true],
    ['a plain one that wants HTML', 'Please use an HTML compatible email viewer!', words(30), true],
    ['a plain one in German that points to a browser', 'Diese Mail im Browser ansehen', words(30), true],
    ['a plain one that points to a browser and goes on', `View in browser\n${words(60)}`, words(70), false],
    ['a plain one with addresses for words', 'https://x.example/a-b-c-d-e-f-g-h', words(60), true],
    ['an empty HTML one', 'Text', '<img src="x">', false],
  ];
  for (const [name, plainText, htmlText, isHtml] of rows) {
    it(`${isHtml ? 'the HTML' : 'the plain one'} is read: ${name}`, async () => {
      const payload = multipart('alternative', plain(plainText), html(`<p>${htmlText}</p>`));
      assert.equal(await body(payload), (isHtml ? htmlText : plainText).trim());
    });
  }

  it('the HTML is not loaded where the plain one is long', async () => {
    const apart: MimePart = { ...html(''), body: { attachmentId: 'a', size: 9 } };
    const mail = await readMail(multipart('alternative', plain(words(300)), apart), () => assert.fail('loaded'));
    assert.equal(mail.segments[0]?.text, words(300));
  });

  it('the HTML with its pictures is the other one', async () => {
    const payload = multipart(
      'alternative',
      plain(''),
      multipart('related', html('<p>Text</p>'), file('image/png', 'inline', 'a.png')),
    );
    assert.equal(await body(payload), 'Text');
    assert.deepEqual(
      (await read(payload)).attachments.map(({ partId, name }) => [partId, name]),
      [['1.1', 'a.png']],
    );
  });

  it('those that are neither are none, and no files', async () => {
    const payload = multipart(
      'alternative',
      plain('Text'),
      textPart('text/x-amp-html', '<html amp4email>'),
      html('<p>Text</p>'),
    );
    const mail = await read(payload);
    assert.equal(mail.segments[0]?.text, 'Text');
    assert.deepEqual(mail.attachments, []);
  });
});

describe('text parts that follow one another', () => {
  it('are joined by an empty line', async () => {
    assert.equal(await body(multipart('mixed', plain('a\n'), html('<p>b</p>'), plain('\nc'))), 'a\n\nb\n\nc');
  });

  it('fold each for itself', async () => {
    assert.equal(await body(multipart('mixed', plain('a\n> b'), plain('list'))), 'a\n\n[1 quoted line folded]\n\nlist');
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
        hidden: 0,
      });
    });
  }
});
