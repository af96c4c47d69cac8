import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exactParts } from '../../../src/compose/approval.ts';
import { composeMime } from '../../../src/compose/compose.ts';
import { draftContent } from '../../../src/compose/draft-content.ts';
import { checkBody, type Letter } from '../../../src/compose/letter.ts';
import { quoteForForward, quoteForReply } from '../../../src/compose/quote-original.ts';
import { parseMessageFile } from '../../../src/mail/mime/message-file.ts';
import { type MimeTree, parseMime } from '../../../src/sandbox/store/mime-tree.ts';
import { seededRandom } from '../support.ts';

const WORDS = [
  ...['Tea', 'Größe', 'øya', 'čaj', 'Příliš', 'ñandú', 'żółć', 'ИЗМЕНА', 'Ωμέγα', 'שלום', 'مرحبا', 'می‌خواهم', 'नमस्ते'],
  ...[
    'สวัสดี',
    '移転',
    'お知らせ',
    '안녕하세요',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    '😀',
    '<b>',
    '&amp;',
    '=?utf-8?Q?x?=',
    '"',
    '\\',
    '--',
    'From',
    '.',
  ],
];
const NAMES = ['Ann', 'Ødegård', 'Cole, Ann', '喫茶 もりやま', 'O’Neil (Zoë)', 'Dr. "Tea" X', 'Μαρία', ''];
const FILES = [
  'a.pdf',
  'Übersicht über alles.pdf',
  '資料 (最終).xlsx',
  '../../etc/passwd',
  'a"b;c=d.txt',
  `${'long '.repeat(60)}.txt`,
  'emoji 🎉.png',
];

const TAGS = [
  'div',
  'span',
  'b',
  'del',
  's',
  'sup',
  'sub',
  'p',
  'ul',
  'li',
  'blockquote',
  'table',
  'tr',
  'td',
  'pre',
  'a',
  'h1',
  'u',
];

/** A letter that is drawn by lot. */
function letterOf(random: () => number): Letter {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const many = (most: number) => Math.floor(random() * (most + 1));
  const words = (most: number) => Array.from({ length: 1 + many(most) }, () => pick(WORDS)).join(' ');
  const lines = (most: number) =>
    Array.from({ length: 1 + many(most) }, () => (random() < 0.2 ? '' : words(9))).join('\n');
  let count = 0;
  const nextNumber = () => {
    count += 1;
    return count;
  };
  const people = (most: number) =>
    Array.from({ length: many(most) }, () => ({
      name: pick(NAMES),
      address: `p${nextNumber()}@mail${many(3)}.example`,
    }));
  const text = `${pick(WORDS)} ${lines(6)}`;
  const html =
    random() < 0.4 ? `<p>${words(8)}</p><ul><li>${words(4)}<li><a href="https://a.example/x">here</a></ul>` : undefined;
  // Deeper than any reader of HTML goes.
  const deep = () => {
    const tags = Array.from({ length: many(random() < 0.5 ? 6 : 900) }, () => pick(TAGS));
    return `${tags.map((tag) => `<${tag}>`).join('')}${words(5)}${random() < 0.5 ? tags.map((tag) => `</${tag}>`).join('') : ''}`;
  };
  const original = {
    from: `${pick(NAMES)} <x@y.example>`,
    to: 'me@here.example',
    subject: words(5),
    date: 1.79e12,
    text: lines(8),
  };
  const thread = { inReplyTo: '<parent@mail.example>', references: ['<first@mail.example>', '<parent@mail.example>'] };
  return {
    from: random() < 0.5 ? { name: pick(NAMES), address: 'robin@here.example' } : undefined,
    to: [{ name: 'First', address: 'first@mail.example' }, ...people(random() < 0.1 ? 100 : 4)],
    cc: people(3),
    bcc: people(2),
    subject: words(random() < 0.2 ? 60 : 6),
    body: checkBody(text, html && `${html}${deep()}`),
    signature:
      random() < 0.3 ? { address: 'robin@here.example', html: `<div>Robin <b>${pick(WORDS)}</b></div>` } : undefined,
    quote: random() < 0.4 ? (random() < 0.5 ? quoteForReply(original) : quoteForForward(original)) : undefined,
    thread: random() < 0.5 ? thread : undefined,
    files: Array.from({ length: many(2) }, () => ({
      name: pick(FILES),
      type: pick(['application/pdf', 'text/plain', 'image/png']),
      content: Buffer.from(words(20)),
    })),
    asHtml: random() < 0.5,
  };
}

const headerOf = (tree: MimeTree, name: string) =>
  tree.headers.find((header) => header.name?.toLowerCase() === name)?.value ?? '';
const leavesOf = (tree: MimeTree): MimeTree[] => (tree.parts.length === 0 ? [tree] : tree.parts.flatMap(leavesOf));
const addressesIn = (value: string) => (value.match(/[\w.]+@[\w.]+/g) ?? []).sort();
const plain = (part: MimeTree | undefined) =>
  (part?.content.toString('utf8') ?? '').replaceAll('\r\n', '\n').replace(/\n$/, '');

/** What a recipient sees of HTML: all of its text. */
const seenIn = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
const wordsOf = (text: string) => text.split(/[\s>]+/).filter((word) => word !== '');

/** More of them by `COMPOSE_RUNS=2000 node --test …`. */
const RUNS = Number(process.env.COMPOSE_RUNS ?? 60);

describe('what is composed', () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    it(`is what was meant (seed ${seed})`, async () => {
      const letter = letterOf(seededRandom(seed));
      const mime = await composeMime(letter);
      const tree = await parseMime(mime);
      const all = leavesOf(tree);
      assert.equal(headerOf(tree, 'subject'), letter.subject.replace(/\s+/g, ' ').trim());
      for (const role of ['to', 'cc', 'bcc'] as const) {
        assert.deepEqual(addressesIn(headerOf(tree, role)), letter[role].map(({ address }) => address).sort(), role);
        for (const { name } of letter[role])
          assert.ok(headerOf(tree, role).includes(name.replace(/["\\]/g, '\\$&')) || name.includes('"'), name);
      }
      assert.equal(headerOf(tree, 'in-reply-to'), letter.thread?.inReplyTo ?? '');
      assert.deepEqual(headerOf(tree, 'references').match(/<[^>]+>/g) ?? [], letter.thread?.references ?? []);
      const text = plain(all.find(({ mimeType }) => mimeType === 'text/plain'));
      assert.ok(text.startsWith(letter.body.text.trimEnd()), text);
      const files = all.slice(all.length - letter.files.length);
      assert.deepEqual(
        files.map(({ content }) => content.toString('utf8')),
        letter.files.map(({ content }) => content.toString('utf8')),
      );
      for (const line of mime.toString('latin1').split('\r\n')) assert.ok(line.length <= 998);
    });

    it(`shows the person every word that a recipient could see (seed ${seed})`, async () => {
      const letter = letterOf(seededRandom(seed));
      const shown = exactParts(letter)
        .map(({ text }) => text)
        .join('\n');
      const leaves = leavesOf(await parseMime(await composeMime(letter)));
      const html = leaves.find(({ mimeType }) => mimeType === 'text/html');
      const seen = [plain(leaves.find(({ mimeType }) => mimeType === 'text/plain')), html ? seenIn(plain(html)) : ''];
      // What is raised and struck out stands there in its own signs.
      const known = wordsOf(shown.normalize('NFKC').replaceAll('~~', '')).join('');
      for (const word of seen.flatMap((each) => wordsOf(each.normalize('NFKC').replaceAll('~~', ''))))
        assert.ok(known.includes(word), `${word} is not in ${shown}`);
    });

    it(`comes back whole from a stored draft (seed ${seed})`, async () => {
      const letter = letterOf(seededRandom(seed));
      const content = draftContent(await parseMessageFile(await composeMime(letter)));
      const bare = (list: readonly { address: string }[]) => list.map(({ address }) => address);
      assert.deepEqual(
        [bare(content.to), bare(content.cc), bare(content.bcc)],
        [bare(letter.to), bare(letter.cc), bare(letter.bcc)],
      );
      assert.deepEqual(content.thread, letter.thread);
      assert.ok(content.body.text.startsWith(letter.body.text.trimEnd()));
      assert.deepEqual(
        content.files.map(({ content: bytes }) => bytes.toString('utf8')),
        letter.files.map(({ content: bytes }) => bytes.toString('utf8')),
      );
    });
  }
});
