import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimePart } from '../../../src/mail/mime/mime-part.ts';
import { readableText } from '../../../src/mail/original-text.ts';

const base64url = (content: string | Uint8Array) => Buffer.from(content).toString('base64url');

/** A leaf as messages.get answers it. */
function leaf(mimeType: string, content: string | Uint8Array, changes: Partial<MimePart> = {}): MimePart {
  const headers = [{ name: 'Content-Type', value: `${mimeType}; charset=utf-8` }];
  return { mimeType, headers, body: { data: base64url(content) }, ...changes };
}

const plain = (content: string) => leaf('text/plain', content);
const html = (content: string) => leaf('text/html', content);
const multipart = (subtype: string, ...parts: MimePart[]): MimePart => ({
  mimeType: `multipart/${subtype}`,
  headers: [{ name: 'Content-Type', value: `multipart/${subtype}; boundary=x` }],
  body: { size: 0 },
  parts,
});
const file = (mimeType: string, content: string, filename = 'notes.txt') => leaf(mimeType, content, { filename });

const never = () => assert.fail('nothing was to be loaded');
const read = async (part: MimePart) => (await readableText(part, never)).text;

describe('readableText', () => {
  const text = 'Plain text.';
  const rows: [string, MimePart, string][] = [
    ['plain text', plain(text), text],
    ['plain text without what nobody sees', plain('Pl\u200bain\r\n \u{e0041}te\ufe00xt.'), 'Plain\r\n text.'],
    ['HTML without what nobody sees', html('<p>Plain\u2800 te\u3164xt.</p>'), text],
    ['HTML alone, converted', html('<p>Plain <b>text</b>.</p>'), text],
    ['of alternatives the HTML', multipart('alternative', plain('Other words.'), html(`<p>${text}</p>`)), text],
    ['it also where it stands first', multipart('alternative', html(`<p>${text}</p>`), plain('Other words.')), text],
    [
      'the plain one where it says the same',
      multipart('alternative', plain('*Plain* text.'), html('<b>Plain</b> text.')),
      '*Plain* text.',
    ],
    ['HTML beside blank plain text', multipart('alternative', plain(' \r\n\t\n'), html(`<p>${text}</p>`)), text],
    [
      'HTML with its pictures beside blank plain text',
      multipart('alternative', plain(''), multipart('related', html(text), leaf('image/png', 'PNG'))),
      text,
    ],
    ['of alternatives no invitation', multipart('alternative', plain(text), leaf('text/calendar', 'BEGIN:X')), text],
    [
      'text around a file',
      multipart('mixed', plain('One'), file('image/png', 'PNG', 'a.png'), plain('Two')),
      'One\nTwo',
    ],
    ['text and HTML that follow one another', multipart('mixed', plain('One'), html('<i>Two</i>')), 'One\nTwo'],
    [
      'text in nested multiparts',
      multipart(
        'mixed',
        multipart('related', multipart('alternative', plain('One'), html('<p>One</p>'))),
        file('application/pdf', '%PDF', 'a.pdf'),
        multipart('mixed', multipart('alternative', html('<p>Two</p>'))),
      ),
      'One\nTwo',
    ],
    ['the text of a signed message', multipart('signed', plain(text), leaf('application/pgp-signature', 'x')), text],
    ['nothing of a text file', multipart('mixed', plain(text), file('text/plain', 'in the file')), text],
    ['nothing of an HTML file', multipart('mixed', plain(text), file('text/html', '<p>in</p>', 'a.html')), text],
    [
      'nothing of a text file without a name',
      multipart(
        'mixed',
        plain(text),
        leaf('text/plain', 'in', { headers: [{ name: 'content-disposition', value: 'ATTACHMENT; size=2' }] }),
      ),
      text,
    ],
    [
      'inline text',
      leaf('text/plain', text, { headers: [{ name: 'Content-Disposition', value: 'inline' }], filename: '' }),
      text,
    ],
    ['nothing where there is only a file', file('application/pdf', '%PDF', 'a.pdf'), ''],
    ['nothing of a message without a body', { mimeType: 'text/plain', body: { size: 0 } }, ''],
    ['nothing of an empty payload', {}, ''],
    ['nothing of empty multiparts', multipart('mixed', multipart('alternative'), multipart('related')), ''],
    ['a type in capitals', leaf('TEXT/HTML', '<p>Plain text.</p>'), text],
    ['a part without a type', { body: { data: base64url(text) } }, text],
  ];
  for (const [name, part, expected] of rows) {
    it(`gives ${name}`, async () => assert.equal(await read(part), expected));
  }

  it('takes out what cannot be seen, and nothing else', async () => {
    assert.equal(await read(plain('a\u200b\u{E0041}b\r\n\tc\u00a0')), 'ab\r\n\tc\u00a0');
  });

  it('touches nothing of plain text', async () => {
    const original = [
      '  indented \r\n',
      'https://x.example/a/very/long/link?with=a&lot=of#things \r\n',
      '> quoted\r\n',
      `${'x'.repeat(500)}\r\n\r\n\r\n`,
      '-- \r\n<b>me</b> &amp; you\t\r\n',
    ].join('');
    assert.equal(await read(plain(original)), original);
    const same = `<pre>${original.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
    assert.equal(await read(multipart('alternative', plain(original), html(same))), original);
  });

  describe('of a part that Gmail keeps apart', () => {
    const large: MimePart = { ...plain(''), body: { attachmentId: 'apart', size: 9 } };

    it('loads it', async () => {
      const loaded: (string | null | undefined)[] = [];
      const load = async (part: MimePart) => {
        loaded.push(part.body?.attachmentId);
        return Buffer.from('Größe');
      };
      assert.equal((await readableText(multipart('mixed', large, plain('end')), load)).text, 'Größe\nend');
      assert.deepEqual(loaded, ['apart']);
    });

    it('loads no file', async () => {
      const apart = { attachmentId: 'apart', size: 9 };
      const payload = multipart(
        'mixed',
        plain(text),
        { ...file('text/plain', ''), body: apart },
        { mimeType: 'image/png', body: apart },
      );
      assert.equal(await read(payload), text);
    });

    it('fails where the loading fails', async () => {
      const failure = new Error('gone');
      await assert.rejects(
        readableText(large, () => Promise.reject(failure)),
        failure,
      );
    });
  });
});

describe('the charset of a part', () => {
  const declared = (value: string | undefined, bytes: Uint8Array | string, mimeType = 'text/plain'): MimePart =>
    leaf(mimeType, bytes, { headers: value === undefined ? [] : [{ name: 'content-type', value }] });

  // Encoded with Python's codecs.
  const charsets: [string, string, string][] = [
    ['ISO-2022-JP', '喫茶もりやま、移転のお知らせ', 'GyRCNUpDYyRiJGokZCReISIwXEU+JE4kKkNOJGkkOxsoQg=='],
    ['Shift_JIS', '明日の会議は十時です。', 'lr6T+oLMie+LY4LNj1yOnoLFgreBQg=='],
    ['EUC-JP', '来週の予定', 'zei9taTOzb3E6g=='],
    ['KOI8-R', 'Ноты нашлись!', '7s/U2SDOwdvMydPYIQ=='],
    ['windows-1251', 'Привет, Робин', 'z/Do4uXyLCDQ7uHo7Q=='],
    ['windows-1252', 'Café à l’étage – 24 €', 'Q2Fm6SDgIGyS6XRhZ2UgliAyNCCA'],
    ['ISO-8859-2', 'Zażółć gęślą jaźń', 'WmG/87PmIGfqtmyxIGphvPE='],
    ['ISO-8859-15', '12 € à côté', 'MTIgpCDgIGP0dOk='],
    ['GB18030', '样书已寄出，请查收𠀀', '0fnK6dLRvMSz9qOsx+uy6crVlTKCNg=='],
    ['GB2312', '会议改到周四', 'u+HS6bjEtb3W3MvE'],
    ['Big5', '會議改到星期四', 't3zEs6fvqOysULTBpXw='],
    ['EUC-KR', '회의는 목요일로 옮겼습니다', 'yLjAx7TCILjxv+TAz7fOIL/FsOW9wLTPtNk='],
    ['ks_c_5601-1987', '내일 만나요', 's7vAzyC4uLOqv+Q='],
    ['windows-1255', 'שלום רובין', '+ezl7SD45eHp7w=='],
    ['windows-1256', 'مرحبا روبن', '49HNyMcg0ebI5A=='],
    ['TIS-620', 'สวัสดี', 'ysfRyrTV'],
    ['UTF-16LE', 'Grüße 😀', 'RwByAPwA3wBlACAAPdgA3g=='],
    ['UTF-8', 'Grüße 😀', 'R3LDvMOfZSDwn5iA'],
  ];
  for (const [charset, expected, encoded] of charsets) {
    const bytes = Buffer.from(encoded, 'base64');
    it(`${charset} is read`, async () => {
      for (const value of [
        `text/plain; charset=${charset}`,
        `text/plain; format=flowed; CHARSET="${charset.toLowerCase()}"; delsp=yes`,
        `text/plain;\tcharset = ${charset.toUpperCase()};x=y`,
      ]) {
        assert.equal(await read(declared(value, bytes)), expected, value);
      }
    });
    it(`${charset} is read of a large part too`, async () => {
      const part = { ...declared(`text/plain; charset=${charset}`, ''), body: { attachmentId: 'apart' } };
      assert.equal((await readableText(part, async () => bytes)).text, expected);
    });
  }

  it('counts for HTML as well', async () => {
    const bytes = Buffer.concat([Buffer.from('<p>'), Buffer.from('7s/U2Q==', 'base64'), Buffer.from('</p>')]);
    assert.equal(await read(declared('text/html; charset=koi8-r', bytes, 'text/html')), 'Ноты');
  });

  const wrong: [string, string | undefined, Uint8Array, string][] = [
    ['UTF-8 declared as iso-8859-1', 'text/plain; charset=iso-8859-1', Buffer.from('Größe 😀'), 'Größe 😀'],
    ['UTF-8 declared as us-ascii', 'text/plain; charset=us-ascii', Buffer.from('Größe'), 'Größe'],
    ['UTF-8 declared as koi8-r', 'text/plain; charset=koi8-r', Buffer.from('Ноты'), 'Ноты'],
    ['UTF-8 without a declaration', undefined, Buffer.from('Größe'), 'Größe'],
    ['UTF-8 under an unknown name', 'text/plain; charset=x-unknown', Buffer.from('Größe'), 'Größe'],
    [
      'windows-1252 declared as utf-8',
      'text/plain; charset=utf-8',
      Buffer.from('Gr\xf6\xdfe, caf\xe9', 'latin1'),
      'Größe, café',
    ],
    [
      'windows-1252 declared as iso-8859-1',
      'text/plain; charset=iso-8859-1',
      Buffer.from('\x93a\x94 \x80', 'latin1'),
      '“a” €',
    ],
    ['windows-1252 without a declaration', undefined, Buffer.from('Gr\xf6\xdfe', 'latin1'), 'Größe'],
    [
      'windows-1252 under an unknown name',
      'text/plain; charset=x-unknown',
      Buffer.from('Gr\xf6\xdfe', 'latin1'),
      'Größe',
    ],
    ['ASCII under an unknown name', 'text/plain; charset=x-unknown', Buffer.from('Hello'), 'Hello'],
    ['an empty charset', 'text/plain; charset=""', Buffer.from('Größe'), 'Größe'],
    ['a mark at the start of UTF-8', 'text/plain; charset=utf-8', Buffer.from('\ufeffHello'), 'Hello'],
  ];
  for (const [name, value, bytes, expected] of wrong) {
    it(`may be wrong: ${name}`, async () => assert.equal(await read(declared(value, bytes)), expected));
  }

  it('stays UTF-8 where one character of a long text is broken', async () => {
    const bytes = Buffer.from(`${'Größe und Maß. '.repeat(50)}é`).subarray(0, -1);
    assert.equal(await read(declared('text/plain; charset=utf-8', bytes)), `${'Größe und Maß. '.repeat(50)}\ufffd`);
  });
});
