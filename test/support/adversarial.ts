import { type Mail, mimeOf, plain } from './mail.ts';

const MB = 1024 * 1024;
/** HTML behind a short text: the sandbox reads the first text of a message alone, for its search. */
const html = (content: string): Mail => ({
  text: 'Before it.',
  files: [{ type: 'text/html; charset=utf-8', content }],
});
const nested = (count: number, tag: string, inner = 'The end.') =>
  `${`<${tag}>`.repeat(count)}${inner}${`</${tag}>`.repeat(count)}`;
const lines = (count: number, line: string) => `${line}\n`.repeat(count);

/** Multiparts within multiparts. */
function nestedParts(depth: number): Buffer {
  const begins = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  const ends = Array.from({ length: depth }, (_, n) => `\r\n--b${depth - 1 - n}--\r\n`);
  return Buffer.from(`Subject: nested\r\n${begins.join('')}Content-Type: text/plain\r\n\r\nDeep.\r\n${ends.join('')}`);
}

const emoji = (word: string, count: number) => `=?utf-8?B?${Buffer.from(word.repeat(count)).toString('base64')}?=`;
const event = (summary: string) =>
  `BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260310T090000Z\r\nSUMMARY:${summary}\r\nLOCATION:${summary}\r\n${`ATTENDEE:mailto:${'a'.repeat(60)}@mail.example\r\n`.repeat(2000)}END:VEVENT\r\nEND:VCALENDAR\r\n`;

/** Mail that was made to break its readers, or looks like it. The large ones are made when they are asked for. */
export const ADVERSARIAL: Record<string, () => Mail | Buffer> = {
  'a file of 30 MB': () => ({ files: [{ type: 'application/zip', name: 'a.zip', content: Buffer.alloc(30 * MB, 7) }] }),
  'a text of 30 MB': () => ({ text: lines(300_000, 'x'.repeat(100)) }),
  'HTML of 30 MB': () => html(`<p>${'word '.repeat(6 * MB)}</p>`),
  'a text of almost 2 MB': () => ({ text: lines(19_500, 'y'.repeat(100)) }),
  '6 texts of 700 KB': () => ({ files: Array.from({ length: 6 }, () => plain('z'.repeat(700 * 1024))) }),
  '40 texts of 700 KB': () => ({ files: Array.from({ length: 40 }, () => plain('z'.repeat(700 * 1024))) }),
  '10,000 recipients': () => ({
    to: Array.from({ length: 10_000 }, (_, n) => `P${n} <p${n}@mail.example>`).join(',\r\n '),
  }),
  'a subject of 1 MB': () => ({ subject: 'long '.repeat(MB / 5) }),
  '500 nested parts': () => nestedParts(500),
  '3,000 parts': () => ({ files: Array.from({ length: 3000 }, (_, n) => plain(`Part ${n}.`)) }),
  '1,500 files with long names': () => ({
    files: Array.from({ length: 1500 }, () => ({
      type: `text/${'x'.repeat(70)}`,
      name: emoji('🎉', 110),
      content: 'a',
    })),
  }),
  'headers full of emoji': () => ({
    from: `${emoji('🎉', 500)} <a@mail.example>`,
    to: `${emoji('漢', 500)} <a@mail.example>`,
    subject: emoji('🎉', 500),
    headers: { Cc: `${emoji('🎉', 500)} <a@mail.example>` },
    files: Array.from({ length: 30 }, () => ({ type: 'text/csv', name: emoji('漢', 150), content: 'a' })),
  }),
  'an event of 2,000 people': () => ({
    files: [{ type: 'text/calendar; method=REQUEST', name: 'a.ics', content: event('🎉'.repeat(1000)) }],
  }),
  '80,000 nested divs': () => html(nested(80_000, 'div')),
  '40,000 nested quotes': () => html(nested(40_000, 'blockquote')),
  '50,000 nested tables': () => html(nested(50_000, 'table><tr><td', 'x')),
  'a table with vast spans': () =>
    html(
      `<table><tr><th>a</th><th>b</th></tr>${'<tr><td colspan="100000" rowspan="65000">x</td><td colspan=9999999>y</td></tr>'.repeat(2000)}</table>`,
    ),
  'a table of 50,000 cells': () => html(`<table border=1>${`<tr>${'<td>1'.repeat(50)}`.repeat(1000)}</table>`),
  'a line of 1 MB': () => ({ text: 'w'.repeat(MB) }),
  'a line of 1 MB with blanks': () => ({ text: '1 2 '.repeat(MB / 4) }),
  'quotes 10,000 deep': () => ({ text: lines(50, `${'>'.repeat(10_000)} text`) }),
  '50,000 attributions': () => ({ text: lines(50_000, 'On Tue, 3 Mar 2026 at 10:02, A <a@mail.example> wrote:') }),
  '50,000 signatures': () => ({ text: lines(50_000, '-- ') }),
  '10,000 links': () => html(`<a href="https://a.example/${'q'.repeat(100)}">https://b.example</a> `.repeat(10_000)),
  '1 MB of tags that never end': () => html('<a href="'.repeat(MB / 9)),
  'a style sheet of 1 MB': () => html(`<style>${'.a .b{display:none}'.repeat(MB / 19)}</style><p class="a">x</p>`),
  '1 MB of entities': () => html('&#x1F389;&amp;&lt;'.repeat(MB / 18)),
  '1 MB that nobody can see': () => ({ text: '\u200b\u{E0041}'.repeat(MB / 8) }),
  'combining marks without end': () => ({ text: `a${'\u0301'.repeat(MB / 4)}` }),
  'halves of characters': () => html('&#xD83C;&#xDF89;\ud83c'.repeat(1000)),
  'NUL bytes': () => ({
    subject: 'a\0b',
    text: `a\0b${'\0'.repeat(100_000)}`,
    files: [{ type: 'text/plain', name: 'a\0.txt', content: '\0a' }],
  }),
  'codes on 20,000 lines': () => ({ subject: 'Your code', text: lines(20_000, 'Your one-time code is 481 926.') }),
  nothing: () => Buffer.from('\r\n'),
  'no header': () => Buffer.from('\r\n\r\nOnly a text.\r\n'),
  bytes: () => Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * 7919 + (n >> 3)) % 256)),
  'a charset that there is not': () =>
    mimeOf({ files: [{ type: 'text/plain; charset=x-no-such', name: 'a.txt', content: 'é' }] }),
  'an attached message within another, 50 deep': () => {
    let raw = mimeOf({ text: 'Innermost.' });
    for (let n = 0; n < 50; n += 1) raw = Buffer.from(`Subject: ${n}\r\nContent-Type: message/rfc822\r\n\r\n${raw}`);
    return raw;
  },
};
