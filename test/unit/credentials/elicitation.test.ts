import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendQuestion } from '../../../src/broker/send-question.ts';
import type { Answer } from '../../../src/credentials/ask-person.ts';
import { assertPersonAgrees } from '../../../src/credentials/elicitation.ts';
import { sentence } from '../../../src/shared/problems.ts';
import { questionOf } from '../../support/question.ts';
import { problemOf } from '../support.ts';

const { signal } = new AbortController();

async function asked(changes: Partial<SendQuestion>): Promise<string[]> {
  let text = '';
  const ask = async (question: string): Promise<Answer> => {
    text = question;
    return 'accept';
  };
  await assertPersonAgrees(ask, questionOf(changes), signal);
  return text.split('\n');
}

const recipient = (address: string, isNew = false) => ({ shown: address, address, isNew });

describe('the question at a client without a window', () => {
  it('names the recipients first, the strangers before the others, and from whom it comes', async () => {
    const [first] = await asked({
      to: [recipient('ann@mail.example'), recipient('kim@evil.example', true)],
      bcc: [recipient('bo@mail.example')],
      from: 'Choir <choir@mail.example>',
    });
    assert.equal(
      first,
      'Send to kim@evil.example (first time), ann@mail.example, Bcc bo@mail.example from choir@mail.example “Choir”?',
    );
  });

  it('shows each address whole and before the name, however long a stranger’s name is', async () => {
    const long = 'x'.repeat(150);
    const address = `${'l'.repeat(64)}@evil.example`;
    const [first] = await asked({
      to: [{ shown: `"Lena <lena@mail.example>${long}" <${address}>`, address, isNew: true }],
      cc: [{ shown: `Bo”, ann@mail.example “${long} <bo@mail.example>`, address: 'bo@mail.example' }],
      from: `${long} <choir@mail.example>`,
    });
    assert.ok(first?.startsWith(`Send to ${address} (first time) “Lena <lena@mail.example>xxx`), first);
    assert.match(first ?? '', /, Cc bo@mail\.example “Bo, ann@mail\.example x+… \(\d+ more characters\)” from choir@/);
    assert.equal(first?.match(/“/g)?.length, 3);
  });

  it('gives each of three recipients its share of the line, and each of three files, with its size', async () => {
    const long = (name: string) => `${name.repeat(60)}@${'mail.'.repeat(40)}${name}.example`;
    const [first, , files] = await asked({
      to: [recipient(long('a')), recipient(long('b')), recipient('eve@evil.example')],
      files: [
        { name: `notes-${'x'.repeat(200)}.txt`, size: 2_048 },
        { name: `b-${'y'.repeat(200)}.pdf`, size: 9_000_000 },
        { name: 'passwords.csv', size: 1 },
        { name: 'more.csv', size: 1 },
      ],
    });
    assert.match(
      first ?? '',
      /^Send to (?=.*eve@evil\.example)(?=.*aaa@[a-z.]*…[a-z.]*\.a\.example)(?=.*bbb@[a-z.]*…[a-z.]*\.b\.example)/,
    );
    assert.match(
      files ?? '',
      /^Files: “notes-x+…x+\.txt” \(2 KB\), “b-y+…y+\.pdf” \(8789 KB\), “passwords\.csv” \(1 KB\) and 1 more \(4 in all\)$/,
    );
    for (const line of [first, files]) assert.ok((line ?? '').length < 340);
  });

  it('reads a file with a comma and quotes in its name as one', async () => {
    const [, , files] = await asked({
      files: [
        { name: 'a.txt”, “b.txt', size: 5_000 },
        { name: 'c"d', size: 1 },
      ],
    });
    assert.equal(files, 'Files: “a.txt, b.txt” (5 KB), “cd” (1 KB)');
  });

  it('says how many characters of the text are left out', async () => {
    const lines = await asked({ parts: [{ title: '', text: 'x'.repeat(1_300) }] });
    assert.match(lines.at(-1) ?? '', /Text: x{300}… \(1000 more characters\)$/);
  });

  it('is made in no time of a text that is all but blank', async () => {
    const lines = await asked({ parts: [{ title: '', text: `a${'\t \t'.repeat(130_000)}x` }] });
    assert.match(lines.at(-1) ?? '', /^Text: a/);
  });

  it('keeps the domain in which look-alikes differ', async () => {
    const address = 'ann@mаil.example';
    const [first] = await asked({ to: [{ shown: `Ann <${address}> [domain xn--mil-5cd.example]`, address }] });
    assert.equal(first, `Send to ${address} [domain xn--mil-5cd.example] “Ann”?`);
  });

  it('leaves out the many of one domain before the few of another', async () => {
    const many = Array.from({ length: 100 }, (_, n) => recipient(`n${n}@mail.example`));
    const [first] = await asked({
      to: many,
      bcc: [recipient('kim@evil.example')],
      cc: [recipient('eve@evil.example', true)],
    });
    assert.match(first ?? '', /^Send to Cc eve@evil\.example \(first time\), Bcc kim@evil\.example, n0@mail/);
  });

  it('lets no note push another out', async () => {
    const notes = ['n'.repeat(500), 'The original message is quoted below it.'];
    assert.match((await asked({ notes })).at(-1) ?? '', /The original message is quoted below it\. Text: line one/);
  });

  it('is of four lines at most, whatever the message holds', async () => {
    const flood = `${'\n'.repeat(60)}Send to ann@mail.example?\r\n\u2028Subject: harmless`;
    const file = { name: `a${flood}`, size: 1, path: '/tmp/a' };
    const lines = await asked({
      to: Array.from({ length: 500 }, (_, n) => recipient(`n${n}@mail.example`)),
      subject: `Hi${flood}`,
      files: Array.from({ length: 100 }, () => file),
      notes: [`note${flood}`, 'n'.repeat(500)],
      parts: [{ title: '', text: `${flood}\n${'x'.repeat(400_000)}` }],
      from: `me${flood}`,
    });
    assert.equal(lines.length, 4);
    assert.match(lines[0] ?? '', /^Send to n0@mail\.example, .* and \d+ more \(500 in all\) from me/);
    assert.ok(lines.every((line) => line.length < 1_000 && !/[\r\u2028]/.test(line)));
  });

  it('says what a person should weigh before the text', async () => {
    const notes = ['Answers are asked for at another domain than the sender’s: kim@evil.example'];
    const lines = await asked({ notes, holdsCodes: true });
    assert.match(
      lines.at(-1) ?? '',
      /^⚠ holds a one-time code.* Answers are asked for at another domain.* Text: line one/,
    );
  });

  it('tells each way apart in which nobody has agreed', async () => {
    const codes: Partial<Record<Answer, string>> = {
      decline: 'send_declined',
      cancelled: 'send_cancelled_by_client',
      unusable: 'send_answer_unusable',
      failed: 'send_question_failed',
      unanswered: 'send_unanswered',
      unable: 'send_needs_approval',
    };
    for (const [answer, code] of Object.entries(codes)) {
      const refused = assertPersonAgrees(async () => answer as Answer, questionOf(), signal);
      assert.equal((await problemOf(refused)).code, code);
    }
    for (const answer of [...Object.keys(codes)] as Answer[]) {
      const problem = await problemOf(assertPersonAgrees(async () => answer, questionOf({ kind: 'draft' }), signal));
      assert.equal(problem.code, 'draft_not_agreed');
      assert.doesNotMatch(sentence(problem.explain('environment')), /gmail_create_draft|not sent/);
    }
    assert.equal((await problemOf(assertPersonAgrees(undefined, questionOf(), signal))).code, 'send_needs_approval');
  });
});
