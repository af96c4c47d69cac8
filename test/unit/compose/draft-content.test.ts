import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draftContent } from '../../../src/compose/draft-content.ts';
import { parseMessageFile } from '../../../src/mail/mime/message-file.ts';

const parts = (type: string, ...all: string[]) =>
  `Content-Type: multipart/${type}; boundary=${type}\r\n\r\n${all.map((each) => `--${type}\r\n${each}\r\n`).join('')}--${type}--\r\n`;
const leaf = (type: string, content: string, disposition = '') =>
  `Content-Type: ${type}\r\n${disposition && `Content-Disposition: ${disposition}\r\n`}\r\n${content}`;
const contentOf = async (mime: string) => draftContent(await parseMessageFile(Buffer.from(mime)));

const [TEXT, HTML] = [leaf('text/plain', 'Hi'), leaf('text/html', '<p>Hi</p>')];

describe('a draft that others wrote', () => {
  for (const [what, mime, part] of [
    ['a second HTML', parts('alternative', TEXT, HTML, leaf('text/html', 'no')), 'text/html'],
    ['a second text', parts('mixed', TEXT, leaf('text/plain', 'no'), HTML), 'text/plain'],
    [
      'HTML within another form',
      parts('alternative', TEXT, HTML, parts('related', leaf('text/html', 'no'))),
      'text/html',
    ],
    [
      'HTML for programs that run it',
      parts('alternative', TEXT, leaf('text/x-amp-html', 'no'), HTML),
      'text/x-amp-html',
    ],
    ['a named text in its place', parts('mixed', TEXT, leaf('text/html; name=a.html', 'no', 'inline')), 'text/html'],
    ['a message in its place', parts('mixed', TEXT, leaf('message/rfc822', 'Subject: a\r\n\r\nno')), 'message/rfc822'],
  ] as const) {
    it(`holds ${what} that no question would show`, async () => {
      assert.equal((await contentOf(mime)).unshown, part);
    });
  }

  it('may hold files and pictures, and text that is empty', async () => {
    const files = [leaf('text/csv; name=a.csv', 'a', 'attachment'), leaf('image/png', 'x', 'inline')];
    const mime = parts('mixed', parts('alternative', TEXT, HTML), ...files, leaf('text/plain', '\r\n'));
    assert.equal((await contentOf(mime)).unshown, undefined);
  });

  it('has the invisible characters of its subject and its names', async () => {
    const word = (text: string) => `=?utf-8?b?${Buffer.from(text).toString('base64')}?=`;
    const head = `Subject: ${word('Pay \u202Eoot\u{E0041}')}\r\nTo: ${word('An\u200Bn')} <ann@mail.example>`;
    const { subject, to } = await contentOf(`${head}\r\n\r\nHi`);
    assert.deepEqual([subject, to[0]?.name], ['Pay \u202Eoot\u{E0041}', 'An\u200Bn']);
  });

  it('keeps no header, once it is changed, by which somebody hears of the message whom no question names', async () => {
    const { headers } = await contentOf('Errors-To: eve@evil.example\r\nImportance: high\r\nSubject: a\r\n\r\nHi');
    assert.deepEqual(headers, [{ name: 'Importance', value: 'high' }]);
  });
});
