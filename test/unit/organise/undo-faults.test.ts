import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { OwnRules } from '../../../src/credentials/change-rules.ts';
import { MailMemory } from '../../../src/mailbox/mail-memory.ts';
import { Organiser } from '../../../src/mailbox/organiser.ts';
import { ReadingThread } from '../../../src/mailbox/reading/reading-thread.ts';
import { makeChange } from '../../../src/organise/make-change.ts';
import { undoChanges } from '../../../src/organise/undo/undo.ts';
import { undoneText } from '../../../src/organise/undo/undone-text.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { connect, fileMessage, sandboxForAll } from '../support.ts';

const BATCH = /POST .*\/messages\/batchModify/;

describe('taking a change back', () => {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
  });
  afterEach(() => sandbox.faults.clear());

  const { signal } = new AbortController();
  const desk = () =>
    new Organiser({
      ...{ gmail: connect(sandbox), owner: 'me', memoryKey: 'me', signal },
      ...{ privacy: { hiddenQuery: '', showsCodes: false }, memory: new MailMemory(), reader: new ReadingThread('') },
    });
  const labelsOf = (id: string) => [...(sandbox.store.get(id)?.labelIds ?? [])].sort();
  const own = { whose: 'own', count: 1 } as const;
  /** A change by which three messages become alike, each in another way. */
  const changed = async () => {
    const ids: string[] = [];
    for (const labels of [['INBOX'], ['INBOX', 'STARRED'], ['IMPORTANT']]) {
      ids.push((await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Three' }, 'Hi', labels)).id);
    }
    const rules = new OwnRules().of(async () => 'me', { client: 'c', ask: undefined, signal });
    await makeChange({ ids, labels: { add: ['STARRED'], remove: ['INBOX'] }, what: 'Changed' }, desk(), rules);
    assert.deepEqual(ids.map(labelsOf), [['STARRED'], ['STARRED'], ['IMPORTANT', 'STARRED']]);
    return { ids, rules };
  };

  it('ends at the first request that fails, and goes on from there when it is called again', async () => {
    const { ids, rules } = await changed();
    const refusal = { status: 403, body: { error: { code: 403, message: 'Nope' } } };
    sandbox.faults.add({ match: BATCH, passing: 1, times: 1, answer: refusal });
    const before = sandbox.requests.filter((request) => BATCH.test(request)).length;
    const [result] = await undoChanges(own, desk(), rules);
    assert.equal(sandbox.requests.filter((request) => BATCH.test(request)).length - before, 2);
    assert.deepEqual([result?.back, result?.failed], [1, ids.slice(1)]);
    assert.deepEqual(ids.map(labelsOf), [['INBOX'], ['STARRED'], ['IMPORTANT', 'STARRED']]);
    const [{ undone } = {}] = (await rules.journal.list()).changes;
    assert.equal(undone, undefined);
    const [again] = await undoChanges(own, desk(), rules);
    assert.deepEqual([again?.back, again?.failed], [2, []]);
    assert.deepEqual(ids.map(labelsOf), [['INBOX'], ['INBOX', 'STARRED'], ['IMPORTANT']]);
  });

  it('is told of as done where it could not be noted', async () => {
    const { ids, rules } = await changed();
    const { journal } = rules;
    const undone = () => Promise.reject(Problem.of('editor_absent', {}));
    const results = await undoChanges(own, desk(), { journal: { ...journal, undone } });
    assert.equal(
      undoneText(results),
      'Taken back (Changed): 3 messages.\nThat it is taken back could not be noted: do not take it back once more.',
    );
    assert.deepEqual(labelsOf(ids[0] ?? ''), ['INBOX']);
  });
});
