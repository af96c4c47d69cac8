import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { OwnRules } from '../../../src/credentials/change-rules.ts';
import { MailMemory } from '../../../src/mailbox/mail-memory.ts';
import { Organiser } from '../../../src/mailbox/organiser.ts';
import { ReadingThread } from '../../../src/mailbox/reading/reading-thread.ts';
import { ACTIONS } from '../../../src/organise/actions.ts';
import { makeChange } from '../../../src/organise/make-change.ts';
import { undoChanges } from '../../../src/organise/undo/undo.ts';
import { undoneText } from '../../../src/organise/undo/undone-text.ts';
import { keepsInbox } from '../../../src/sandbox/organise/trash.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { connect, fileMessage, problemOf, sandboxForAll } from '../support.ts';

const BATCH = /POST .*\/messages\/batchModify/;

describe('taking a change back', () => {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
  });
  afterEach(() => sandbox.faults.clear());

  const { signal } = new AbortController();
  const desk = () => deskOf(Organiser, signal);
  const deskOf = (Kind: typeof Organiser, until: AbortSignal) =>
    new Kind({
      ...{
        gmail: connect(sandbox, { attempts: 0, firstPauseMs: 1, longestPauseMs: 1 }),
        owner: 'me',
        memoryKey: 'me',
        signal: until,
      },
      ...{
        privacy: { hiddenQuery: '', showsCodes: false },
        memory: new MailMemory(),
        reader: new ReadingThread({ file: '' }),
      },
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

  describe('that was cut off', () => {
    const OUT = { status: 503, body: { error: { code: 503, message: 'Backend' } } };
    /** Messages to star, of which Gmail has confirmed the first two when the call ends. */
    const starredPartly = async (isCancelled: boolean) => {
      const ids: string[] = [];
      for (let n = 0; n < 4; n += 1) {
        ids.push((await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Cut' }, 'Hi', ['INBOX'])).id);
      }
      const call = new AbortController();
      class CutOff extends Organiser {
        override async change(all: readonly string[], labels: Parameters<Organiser['change']>[1]) {
          const { done } = await super.change(all.slice(0, 2), labels);
          if (isCancelled) call.abort();
          else sandbox.faults.add({ match: /GET .*\/(?:profile|history)/, answer: OUT });
          const problem = Problem.of('google_failed', { status: '503' });
          return { done, left: all.slice(2), ...(isCancelled ? { stopped: call.signal.reason } : { problem }) };
        }
      }
      const rules = new OwnRules().of(async () => 'me', { client: 'c', ask: undefined, signal });
      const organiser = deskOf(CutOff, call.signal);
      const made = await makeChange(
        { ids, labels: { add: ['STARRED'], remove: [] }, what: 'Starred' },
        organiser,
        rules,
      );
      sandbox.faults.clear();
      return { ids, rules, made };
    };
    const star = (id: string, isOn = true) =>
      sandbox.store.modify(id, isOn ? ['STARRED'] : [], isOn ? [] : ['STARRED']);

    for (const isCancelled of [true, false]) {
      it(`is taken back, but not what the person did since (${isCancelled ? 'cancelled' : 'an outage'})`, async () => {
        const { ids, rules, made } = await starredPartly(isCancelled);
        assert.deepEqual([made.changed, made.most], [isCancelled ? 2 : undefined, 4]);
        const [one = '', again = '', late = '', untouched = ''] = ids;
        star(again, false);
        star(again);
        star(late);
        const [result] = await undoChanges(own, desk(), rules);
        assert.deepEqual([result?.back, result?.left], [1, [again, late]]);
        assert.deepEqual([one, again, late, untouched].map(labelsOf), [
          ['INBOX'],
          ['INBOX', 'STARRED'],
          ['INBOX', 'STARRED'],
          ['INBOX'],
        ]);
      });
    }

    it('counts as done where the history shows it, also what was taken back so', async () => {
      const cut = { match: BATCH, cut: true, afterTheWork: true };
      const { id } = await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Cut' }, 'Hi', ['INBOX']);
      const rules = new OwnRules().of(async () => 'me', { client: 'c', ask: undefined, signal });
      sandbox.faults.add(cut);
      const made = await makeChange({ ids: [id], labels: ACTIONS.archive, what: 'Archived' }, desk(), rules);
      assert.deepEqual([made.changed, made.problem, made.left], [1, undefined, []]);
      const undone = await undoChanges(own, desk(), rules);
      assert.equal(undoneText(undone), 'Taken back (Archived): 1 message.');
      assert.deepEqual(labelsOf(id), ['INBOX']);
      assert.equal((await problemOf(undoChanges(own, desk(), rules))).code, 'nothing_to_undo');
    });

    it('is told of as unknown where the history cannot be read', async () => {
      const { rules } = await changed();
      class Blind extends Organiser {
        override async change(...args: Parameters<Organiser['change']>) {
          sandbox.faults.add({ match: BATCH, cut: true });
          sandbox.faults.add({ match: /GET .*\/history/, answer: OUT });
          return super.change(...args);
        }
      }
      const undone = await undoChanges(own, deskOf(Blind, signal), rules);
      assert.match(
        (await problemOf(() => undoneText(undone))).explain('editor').what,
        /^Perhaps not taken back: Changed,/,
      );
    });
  });

  it('gives back the trash that a report as spam took a message out of', async () => {
    const ids: string[] = [];
    for (const labels of [['TRASH'], ['TRASH', 'INBOX'], ['SPAM']]) {
      ids.push((await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Places' }, 'Hi', labels)).id);
    }
    const rules = new OwnRules().of(async () => 'me', { client: 'c', ask: undefined, signal });
    const before = ids.map(labelsOf);
    await makeChange({ ids, labels: ACTIONS.spam, what: 'Reported' }, desk(), rules);
    assert.deepEqual(ids.map(labelsOf), [['SPAM'], ['SPAM'], ['SPAM']]);
    await undoChanges(own, desk(), rules);
    assert.deepEqual(
      ids.map(labelsOf),
      before.map((labels, at) => (at === 1 && !keepsInbox(ids[1] ?? '') ? ['TRASH'] : labels)),
    );
    const [, , third = ''] = ids;
    for (const action of ['not_spam', 'trash', 'spam'] as const) {
      await makeChange({ ids: [third], labels: ACTIONS[action], what: action }, desk(), rules);
    }
    assert.deepEqual(
      (await undoChanges({ whose: 'own', count: 3 }, desk(), rules)).map(({ back }) => back),
      [1, 1, 1],
    );
    assert.deepEqual(labelsOf(third), ['SPAM']);
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
