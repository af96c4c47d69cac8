import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MailMemory } from '../../../src/mailbox/mail-memory.ts';
import { Organiser } from '../../../src/mailbox/organiser.ts';
import { type InputOf, JOBS, type JobName, type OutputOf } from '../../../src/mailbox/reading/reading-jobs.ts';
import { type JobOptions, ReadingThread } from '../../../src/mailbox/reading/reading-thread.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { connect, fileMessage, problemOf, sandboxForAll } from '../support.ts';

const MASKED = 'KQZWVX';
const ABSENT = 'KQZWVY';

/** Reads mail where it is: what is read here is no stranger's. */
class ReadingHere extends ReadingThread {
  override prepare(): void {
    // No thread is needed.
  }
  override run<N extends JobName>(name: N, input: InputOf<N>, { load }: JobOptions): Promise<OutputOf<N>> {
    const job = JOBS[name] as unknown as (input: InputOf<N>, load: JobOptions['load']) => Promise<OutputOf<N>>;
    return job(input, load);
  }
}

describe('finding messages to change', () => {
  let sandbox: Sandbox;
  let code: string;
  sandboxForAll(async (started) => {
    sandbox = started;
    const head = { From: 'Bank <no-reply@bank.example>', Subject: 'Your sign-in code' };
    code = (await fileMessage(sandbox, head, `Your sign-in code:\r\n\r\n${MASKED}\r\n`, [])).id;
    const [sixty, all] = [sandbox.store.labelId('sixty'), sandbox.store.labelId('all')];
    for (let at = 0; at < 101; at += 1) {
      const labels = [all, ...(at < 60 ? [sixty] : [])];
      await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Padding' }, 'Hi', labels);
    }
  });
  const { signal } = new AbortController();
  const open = (showsCodes = false) =>
    new Organiser({
      ...{ gmail: connect(sandbox), owner: 'me', memoryKey: 'me', signal, memory: new MailMemory() },
      ...{ privacy: { hiddenQuery: '', showsCodes }, reader: new ReadingHere({ file: '' }) },
    });
  const found = async (query: string, mail = open()) => (await mail.find(query, 50_000)).found.map(({ id }) => id);

  it('tells nothing of a masked word, with digits or without', async () => {
    for (const query of [MASKED, `in:anywhere ${MASKED}`]) {
      assert.deepEqual(await found(query, open(true)), [code], query);
      assert.deepEqual(await found(query), [], query);
    }
    assert.deepEqual(await found('subject:"sign-in code" from:bank.example'), [code]);
  });

  it('tells nothing of it where the search finds many others', async () => {
    const counts = async (mail?: Organiser) =>
      Promise.all([MASKED, ABSENT].map(async (word) => (await found(`{label:sixty ${word}}`, mail)).length));
    assert.deepEqual(await counts(open(true)), [61, 60]);
    assert.deepEqual(await counts(), [60, 60]);
  });

  it('refuses to go through too many, whether or not it is there', async () => {
    for (const word of [MASKED, ABSENT]) {
      const problem = await problemOf(found(`{label:all ${word}}`));
      assert.equal(problem.code, 'selection_too_wide');
      assert.match(problem.explain('editor').why, /^At most 100 can be looked at/);
    }
  });

  it('goes on freely where all that is found has the words that are named', async () => {
    assert.equal((await found('subject:padding -is:starred')).length, 101);
    assert.equal((await found('label:all OR from:bank.example')).length, 102);
  });

  it('looks up no more than 200 threads', async () => {
    const messages = Array.from({ length: 201 }, (_, at) => ({ id: `m${at}`, threadId: `t${at}` }));
    const before = sandbox.requests.length;
    assert.equal((await problemOf(open().wholeThreads(messages))).code, 'selection_too_wide');
    assert.equal(sandbox.requests.length, before);
    assert.deepEqual(await open().wholeThreads([{ id: code }]), [code]);
  });
});
