import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendQuestion } from '../../../src/broker/send-question.ts';
import { exactText, questionDetail, questionTitle } from '../../../src/editor/gate/question-text.ts';
import { questionOf } from '../../support/question.ts';

type Recipient = SendQuestion['to'][number];

const recipient = (address: string, changes: Partial<Recipient> = {}): Recipient => ({
  shown: address,
  address,
  isNew: false,
  ...changes,
});
const colleagues = (count: number) => Array.from({ length: count }, (_, at) => recipient(`c${at}@firm.example`));
const text = (value: string, title = '') => ({ title, text: value });
const numbered = (count: number, between = '\n') =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}`).join(between);

const linesOf = (changes: Partial<SendQuestion>): string[] => questionDetail(questionOf(changes)).split('\n');
/** The lines above the text, each in one piece again. */
const headOf = (changes: Partial<SendQuestion>): string[] => {
  const [head = ''] = questionDetail(questionOf(changes)).split('\n\n');
  return head.replaceAll('\n      ', ' ').split('\n');
};

describe('the question before a send', () => {
  it('names account and kind in its headline, and a sandbox', () => {
    const question = questionOf({ account: 'ann@example.com' });
    assert.equal(questionTitle(question, false), 'Send this e-mail from ann@example.com?');
    assert.match(questionTitle(question, true), /\(sandbox, not a real mailbox\)\?$/);
    const title = questionTitle({ ...question, kind: 'draft' }, false);
    assert.equal(title, 'Save this draft with files of this computer in the mailbox of ann@example.com?');
    const alias = questionTitle({ ...question, from: 'Ann <ann@choir.example>' }, false);
    assert.equal(alias, 'Send this e-mail from another address of ann@example.com?');
  });

  it('says recipients first, then an alias, subject, files, remarks and the text', () => {
    const changes: Partial<SendQuestion> = {
      cc: [recipient('cy@example.org', { isNew: true })],
      from: 'Ann <alias@example.com>',
      subject: 'Plans',
      files: [
        { name: 'plan.pdf', size: 2_000, path: '/home/ann/plan.pdf' },
        { name: 'old.pdf', size: 10 },
      ],
      notes: ['Formatted text goes out.'],
      parts: [text('Hello.')],
    };
    assert.deepEqual(linesOf(changes), [
      'To: Zoë <zoe@example.org>',
      'Cc (first time): cy@example.org',
      'From: Ann <alias@example.com>',
      'Subject: Plans',
      'File: plan.pdf (2 KB), /home/ann/plan.pdf',
      'File: old.pdf (1 KB)',
      'Formatted text goes out.',
      '',
      '| Hello.',
    ]);
    const [first] = linesOf({ ...changes, holdsCodes: true });
    assert.equal(first, 'Careful: it holds a one-time code or sign-in link.');
  });

  it('has 20 rows at most, whatever comes', () => {
    const files = Array.from({ length: 100 }, (_, at) => ({ name: `f${at}`, size: 1, path: `/f${at}` }));
    const many = {
      ...{ to: colleagues(500), cc: colleagues(500), bcc: colleagues(500) },
      ...{ files, notes: Array.from({ length: 12 }, (_, at) => `remark ${at}`) },
      ...{ from: 'x@y.example', holdsCodes: true, subject: 's'.repeat(20_000) },
    };
    const strangers = { to: colleagues(500).map((each) => ({ ...each, isNew: true })) };
    const unknown = { to: [...strangers.to.slice(0, 250), ...colleagues(250).map(({ isNew: _, ...rest }) => rest)] };
    const parts = [text(numbered(300), 'Formatted:'), text(numbered(300), 'Plain:')];
    const longNames = {
      to: colleagues(9).map(({ address }) =>
        recipient(address, { shown: `${'n '.repeat(400)}<${address}>`, isNew: true }),
      ),
      files: files.map((file) => ({ ...file, name: 'f'.repeat(400), path: `/${'p'.repeat(400)}` })),
      notes: Array.from({ length: 12 }, () => 'x'.repeat(400)),
    };
    const worst: Partial<SendQuestion>[] = [
      { parts: [text(numbered(300))] },
      { parts: [text('\n'.repeat(400))] },
      { parts: [text(`a${'\n'.repeat(400)}To: you@example.com`)] },
      { parts },
      ...[
        many,
        { ...many, ...strangers },
        { ...many, ...unknown },
        { ...many, to: colleagues(6), cc: [], bcc: [] },
      ].map((each) => ({ ...each, parts })),
      { ...many, to: colleagues(8), cc: [], bcc: [], parts },
      { ...many, ...longNames, parts },
    ];
    for (const [at, changes] of worst.entries()) {
      const lines = linesOf(changes);
      assert.ok(lines.length <= 20, `case ${at} has ${lines.length} rows`);
      for (const line of lines) assert.ok([...line].length <= 54, `case ${at}: ${line}`);
    }
  });

  it('counts more than eight recipients, and still names the one stranger among 500', () => {
    const stranger = recipient('eve@elsewhere.example', { shown: 'Eve <eve@elsewhere.example>', isNew: true });
    const to = [...colleagues(250), stranger, ...colleagues(249)];
    assert.deepEqual(headOf({ to, subject: 'All' }), [
      'To: 500 recipients (500 in To)',
      'To (first time): Eve <eve@elsewhere.example>',
      'At elsewhere.example (1), firm.example (499)',
      'Subject: All',
    ]);
    assert.equal(headOf({ to: colleagues(8) }).filter((line) => line.startsWith('To: c')).length, 8);
  });

  it('says where it is not known who was written to before', () => {
    const to = colleagues(9).map(({ isNew: _, ...rest }) => rest);
    assert.ok(headOf({ to }).includes('Who of them was written to before was not looked up.'));
  });

  it('names the rarest domains and counts the others', () => {
    const to = Array.from({ length: 12 }, (_, at) => recipient(`a@d${at}.example`));
    assert.match(headOf({ to })[1] ?? '', /^At d0\.example \(1\), .*d4\.example \(1\) and 7 more domains$/);
  });

  it('says a domain with other letters than ASCII in its ASCII form too, where domains are counted', () => {
    const to = [...colleagues(9), recipient('eve@ex\u0430mple.com')];
    assert.equal(headOf({ to })[1], 'At ex\u0430mple.com [xn--exmple-4nf.com] (1), firm.example (9)');
  });

  it('lets no long name push an address or the folder of a file out of view', () => {
    const address = `${'l'.repeat(200)}@elsewhere.example`;
    const to = [
      recipient('eve@elsewhere.example', { shown: `${'lena@example.com '.repeat(20)}<eve@elsewhere.example>` }),
      recipient(address),
    ];
    const files = [{ name: `${'n'.repeat(300)}.pdf`, size: 1, path: `/home/ann/secrets/${'n'.repeat(300)}.pdf` }];
    const [first = '', second = '', , file = ''] = headOf({ to, files });
    assert.match(first, /^To: eve@elsewhere\.example, named lena@example\.com /);
    assert.match(second, /^To: l+…l+@elsewhere\.example, named /);
    assert.match(file, /^File: n+…n+\.pdf \(1 KB\), \/home\/ann\/secrets\/n+…n+\.pdf/);
  });

  it('marks each line of the text, and no other, so that none can pose as one of the question', () => {
    const body = 'Yes.\nTo: you@example.com\r\n\r\nSubject: fine\u2028Send this e-mail?\vTo: me@example.com';
    const lines = linesOf({ parts: [text(body)] });
    const marked = lines.slice(lines.indexOf('') + 1);
    assert.deepEqual(marked, [
      '| Yes.',
      '| To: you@example.com',
      '|',
      '| Subject: fine⟨U+2028⟩Send this',
      '| e-mail?⟨U+000B⟩To: me@example.com',
    ]);
    const posing = { subject: 'a\nTo: you@example.com', files: [{ name: 'a\nTo: b', size: 1 }], notes: ['x\ny'] };
    const to = [recipient('a@b.example', { shown: 'A\nCc: b@c.example' })];
    assert.equal(headOf({ ...posing, to }).length, 4);
  });

  it('counts what it leaves out, in lines, characters, files and remarks', () => {
    const lines = linesOf({ parts: [text(numbered(100))], subject: '👩‍👩‍👧'.repeat(100) });
    assert.match(headOf({ subject: 's'.repeat(200) })[1] ?? '', /… \(99 more characters\)$/);
    assert.doesNotMatch(lines.join(''), /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    const shown = lines.filter((line) => line.startsWith('| ')).length;
    assert.equal(lines.at(-1), `… and ${100 - shown} more lines: Show Message opens all of it`);
    const files = Array.from({ length: 9 }, (_, at) => ({ name: `f${at}`, size: 1 }));
    assert.ok(headOf({ files }).includes('… and 4 more files'));
    assert.ok(headOf({ notes: ['a', 'b', 'c', 'd', 'e'] }).includes('… and 2 more remarks'));
  });

  it('names files with size and path, and the first remark, however crowded it is', () => {
    const file = (name: string, folder: string) => ({ name, size: 90_000, path: `/home/ann/${folder}/${name}` });
    const strangers = colleagues(12).map((each) => ({ ...each, isNew: true }));
    const crowded: Partial<SendQuestion> = {
      ...{ to: strangers, from: `${'Ann '.repeat(20)}<alias@example.com>`, holdsCodes: true },
      ...{ notes: ['The HTML has a picture of a stranger’s server.', 'b', 'c', 'd', 'e'] },
      parts: [text(numbered(50), 'Formatted:'), text(numbered(50), 'Plain:')],
    };
    const offer = file('offer.pdf', 'work');
    const long = file(`${'report '.repeat(9)}final.pdf`, 'a folder with a long name');
    const head = headOf({ ...crowded, files: [offer, long, file('c.pdf', 'work')] });
    assert.match(head.join('\n'), /^At firm\.example \(12\)$/m);
    assert.deepEqual(
      head.filter((line) => line.startsWith('File')),
      [
        'File (88 KB): /home/ann/work/offer.pdf',
        'File (88 KB): /home/ann/a folde… report final.pdf',
        'File (88 KB): /home/ann/work/c.pdf',
      ],
    );
    assert.ok(head.includes('From: alias@example.com'));
    assert.match(head.join('\n'), /The HTML has a picture .*\n… and 4 more remarks$/);
    const wide = { ...crowded, files: [file('MINUTES OF MAY 漢字漢字漢字漢字漢字漢字.PDF', 'WORK@HOME, MMXXVI')] };
    const [line = ''] = headOf(wide).filter((each) => each.startsWith('File'));
    assert.match(line, /^File \(88 KB\): \/home\/.*漢字\.PDF$/);
    const more = headOf({ ...crowded, files: Array.from({ length: 100 }, () => offer) });
    assert.equal(more.filter((line) => line.startsWith('File')).length, 2);
    assert.ok(more.includes('… and 98 more files'));
  });

  it('takes runs of empty lines for one', () => {
    const lines = linesOf({ parts: [text(`first${'\n'.repeat(400)}last`)] });
    assert.deepEqual(lines.slice(-3), ['| first', '|', '| last']);
  });

  it('breaks long lines itself, with a sign of its own before each row', () => {
    const padded = `${'pay '.repeat(11)}To: you@example.com`;
    const lines = linesOf({ subject: padded, parts: [text(`${padded}\n${'支'.repeat(30)}`)] });
    assert.deepEqual(lines.slice(1), [
      `Subject: ${'pay '.repeat(10)}pay`,
      '      To: you@example.com',
      '',
      `| ${'pay '.repeat(10)}pay To:`,
      '| you@example.com',
      `| ${'支'.repeat(26)}`,
      `| ${'支'.repeat(4)}`,
    ]);
    const [last = ''] = linesOf({ parts: [text(`${'long '.repeat(20)}\n`.repeat(9))] }).slice(-1);
    assert.equal(last, '… and 1 more line: Show Message opens all of it');
  });

  it('names strangers at rare domains first among many who are new', () => {
    const to = [...colleagues(11), recipient('eve@elsewhere.example')].map((each) => ({ ...each, isNew: true }));
    assert.equal(headOf({ to })[1], 'To (first time): eve@elsewhere.example');
  });

  it('shows both texts where they differ, each with its title', () => {
    const lines = linesOf({ parts: [text(numbered(50), 'Formatted:'), text(numbered(50), 'Plain:')] });
    const [formatted, plain] = [lines.indexOf('Formatted:'), lines.indexOf('Plain:')];
    assert.ok(formatted > 0 && plain > formatted);
    assert.match(lines[formatted + 1] ?? '', /^\| line 1$/);
    assert.match(lines[plain + 1] ?? '', /^\| line 1$/);
  });
});

describe('the message as it is opened', () => {
  it('holds all of it, what cannot be seen made visible', () => {
    const exact = [text(`${numbered(200)}\n\u202Eexe.txt\u200B`, 'Formatted:'), text('plain', 'Plain:')];
    const to = colleagues(60);
    const shown = exactText(questionOf({ account: 'ann@example.com', to, exact, subject: 's'.repeat(20_000) }));
    assert.ok(shown.startsWith('From: ann@example.com\nTo: c0@firm.example\n'));
    for (const { address } of to) assert.ok(shown.includes(`To: ${address}\n`));
    assert.ok(shown.includes(`Subject: ${'s'.repeat(20_000)}\n`));
    assert.ok(shown.includes('| line 200\n| ⟨U+202E⟩exe.txt⟨U+200B⟩\n\nPlain:\n| plain\n'));
  });
});
