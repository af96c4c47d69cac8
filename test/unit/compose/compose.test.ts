import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { composeMime } from '../../../src/compose/compose.ts';
import { checkBody, checkSubject, type Letter } from '../../../src/compose/letter.ts';
import { parseRecipients } from '../../../src/compose/recipients.ts';
import { type MimeTree, parseMime } from '../../../src/sandbox/store/mime-tree.ts';
import { problemOf } from '../support.ts';

interface Words {
  to: string;
  subject: string;
  body: string;
  htmlBody?: string | undefined;
}

const WORDS: Words = { to: 'ann@example.org', subject: 'Tea', body: 'Come at four.' };

const check = (changes: Partial<Words>): Letter => {
  const { to, subject, body, htmlBody } = { ...WORDS, ...changes };
  const letter = { cc: [], bcc: [], files: [], asHtml: false };
  return { ...letter, to: parseRecipients('to', to), subject: checkSubject(subject), body: checkBody(body, htmlBody) };
};

async function compose(changes: Partial<Words> = {}): Promise<{ raw: string; tree: MimeTree }> {
  const mime = await composeMime(check(changes));
  return { raw: mime.toString('latin1'), tree: await parseMime(mime) };
}

const header = (tree: MimeTree, name: string) =>
  tree.headers.find((candidate) => candidate.name?.toLowerCase() === name)?.value;

/** The text of a part, with the line ends of mail made plain ones. */
const textOf = (part: MimeTree | undefined) =>
  (part?.content.toString('utf8') ?? '(no such part)').replaceAll('\r\n', '\n').replace(/\n$/, '');

describe('a composed message', () => {
  const subjects = [
    'Tea',
    'Größe und Maß',
    '喫茶もりやま 移転のお知らせ',
    'Angående innbindingen – „Sommeren på øya“, år etter år: skinn eller lerret, gullsnitt eller ikke, vi spør ✂️📚',
    '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(20),
    // Every place of a four-byte character relative to the fold is met once.
    ...Array.from({ length: 8 }, (_, index) => `${'x'.repeat(index)}${'😀'.repeat(40)}`),
    'word '.repeat(60).trim(),
    'x'.repeat(900),
    '=?utf-8?Q?not_encoded?=',
    'a: b, <c> "d" (e) \\ ;',
    '',
  ];
  for (const subject of subjects) {
    it(`keeps the subject ${JSON.stringify(subject).slice(0, 60)} (${subject.length} code units)`, async () => {
      const { tree, raw } = await compose({ subject });
      assert.equal(header(tree, 'subject') ?? '', subject);
      for (const line of raw.split('\r\n')) assert.ok(line.length <= 998, `a line of ${line.length} characters`);
    });
  }

  const bodies = [
    'Come at four.',
    'Zwölf Boxkämpfer jagen Viktor\n\nüber den großen Sylter Deich',
    '日本語の本文です。\n二行目',
    '😀'.repeat(300),
    'x'.repeat(3000),
    '.\n..\nFrom the start\n-- \nsignature',
    'trailing blanks   \nand = signs =20 =\n\ttab',
    '--boundary\nContent-Type: text/html',
    '<b>not bold</b> & &amp;',
  ];
  for (const body of bodies) {
    it(`keeps the body ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const { tree, raw } = await compose({ body });
      assert.equal(tree.mimeType, 'text/plain');
      assert.equal(textOf(tree), body);
      for (const line of raw.split('\r\n')) assert.ok(line.length <= 998);
    });
  }

  it('keeps the names of recipients', async () => {
    const to = 'Ødegård <post@example.no>, "Cole, Ann" <ann@example.org>, 喫茶 もりやま <info@example.jp>';
    const { tree } = await compose({ to });
    const shown = header(tree, 'to') ?? '';
    for (const part of [
      'Ødegård',
      '<post@example.no>',
      'Cole, Ann',
      '<ann@example.org>',
      '喫茶 もりやま',
      '<info@example.jp>',
    ])
      assert.ok(shown.includes(part), `${part} is not in ${shown}`);
  });

  it('quotes a name that holds what separates addresses', async () => {
    const { tree } = await compose({ to: '"Doe, Jane" <jane@example.org>' });
    assert.match(header(tree, 'to') ?? '', /^"Doe, Jane" <jane@example\.org>$/);
  });

  it('has nothing of its own to betray', async () => {
    const { tree } = await compose({ to: 'a@example.org, b@example.org' });
    const names = new Set(tree.headers.map(({ name }) => name?.toLowerCase()));
    for (const name of ['from', 'bcc', 'cc', 'x-mailer', 'user-agent']) assert.ok(!names.has(name), name);
    assert.match(header(tree, 'to') ?? '', /a@example\.org,\s*b@example\.org/);
  });

  it('puts text and HTML side by side, the text first', async () => {
    const { tree } = await compose({ htmlBody: '<p>Come at <b>four</b> – 四時.</p>' });
    assert.equal(tree.mimeType, 'multipart/alternative');
    assert.deepEqual(
      tree.parts.map((part) => [part.mimeType, textOf(part)]),
      [
        ['text/plain', 'Come at four.'],
        ['text/html', '<p>Come at <b>four</b> – 四時.</p>'],
      ],
    );
  });

  for (const htmlBody of [undefined, '', '  \n']) {
    it(`has no HTML twin where html_body is ${JSON.stringify(htmlBody)}`, async () => {
      const { tree } = await compose({ htmlBody });
      assert.equal(tree.mimeType, 'text/plain');
      assert.deepEqual(tree.parts, []);
    });
  }

  for (const body of ['', ' \n ']) {
    it(`gets its text from the HTML where the body is ${JSON.stringify(body)}`, async () => {
      const { tree } = await compose({ body, htmlBody: '<p>Come at <a href="https://x.example/">four</a></p>' });
      assert.equal(textOf(tree.parts[0]), 'Come at four (https://x.example/)');
      assert.equal(tree.parts[1]?.mimeType, 'text/html');
    });
  }

  it('puts the replacement character for a lone surrogate', async () => {
    const { subject, body } = check({ subject: 'a\ud83db', body: 'c\ude00d', htmlBody: '<p>e\ud800f</p>' });
    // What a person is asked to approve is what is sent.
    assert.deepEqual([subject, body.text, body.html], ['a\ufffdb', 'c\ufffdd', '<p>e\ufffdf</p>']);
    const { tree } = await compose({ subject: 'a\ud83db', body: 'c\ude00d', htmlBody: '<p>e\ud800f</p>' });
    assert.equal(header(tree, 'subject'), 'a\ufffdb');
    assert.deepEqual(tree.parts.map(textOf), ['c\ufffdd', '<p>e\ufffdf</p>']);
  });
});

describe('a message that is refused', () => {
  for (const character of ['\r\n', '\n', '\r', '\0', '\u0007', '\u007f', '\u0085', '\u2028', '\u2029']) {
    it(`because of ${JSON.stringify(character)} in the subject`, async () => {
      const problem = await problemOf(() => check({ subject: `Tea${character}Bcc: eve@example.org` }));
      assert.equal(problem.code, 'header_line_break');
      assert.match(problem.explain('arguments').what, /^subject /);
    });
  }

  for (const [body, htmlBody] of [
    ['', undefined],
    [' \n\t ', undefined],
    ['', ''],
    ['  ', ' \n'],
  ] as const) {
    it(`because body ${JSON.stringify(body)} and html_body ${JSON.stringify(htmlBody)} say nothing`, async () => {
      assert.equal((await problemOf(() => check({ body, htmlBody }))).code, 'message_empty');
    });
  }

  it('because of its recipients', async () => {
    assert.equal((await problemOf(() => check({ to: 'ann' }))).code, 'recipient_invalid');
  });

  const withFile = (bytes: number): Letter => ({
    ...check({}),
    files: [{ name: 'a.bin', type: 'application/octet-stream', content: Buffer.alloc(bytes, 7) }],
  });

  it('because it is larger than Gmail takes, and says how large', async () => {
    const problem = await problemOf(composeMime(withFile(27_000_000)));
    assert.equal(problem.code, 'message_too_large');
    assert.match(problem.explain('arguments').what, /3[5-9]\.\d MB/);
    assert.match(problem.explain('arguments').why, /35\.0 MB/);
  });

  it('but not where it is somewhat smaller than that', async () => {
    assert.ok((await composeMime(withFile(26_500_000))).length > 36_000_000);
  });

  it('because its text is more than a person can be shown', async () => {
    const problem = await problemOf(() => check({ body: 'x'.repeat(300_000), htmlBody: 'y'.repeat(120_000) }));
    assert.equal(problem.code, 'body_too_large');
  });

  it('because of a subject of 20,000 characters', async () => {
    assert.equal((await problemOf(() => check({ subject: 'x'.repeat(20_000) }))).code, 'subject_too_long');
  });
});
