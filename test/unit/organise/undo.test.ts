import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OwnRules } from '../../../src/credentials/change-rules.ts';
import { MailMemory } from '../../../src/mailbox/mail-memory.ts';
import { Organiser } from '../../../src/mailbox/organiser.ts';
import { ReadingThread } from '../../../src/mailbox/reading/reading-thread.ts';
import { ACTIONS, type Action, alongside, type LabelSets } from '../../../src/organise/actions.ts';
import { makeChange } from '../../../src/organise/make-change.ts';
import { undoChanges } from '../../../src/organise/undo/undo.ts';
import { keepsInbox } from '../../../src/sandbox/organise/trash.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import type { Problem } from '../../../src/shared/problems.ts';
import { connect, fileMessage, problemOf, sandboxForAll, seededRandom } from '../support.ts';

/** How many runs; `UNDO_SEEDS=200` makes as many. */
const RUNS = Number(process.env.UNDO_SEEDS ?? 25);

const { signal } = new AbortController();
const OUTSIDE = ['INBOX', 'UNREAD', 'STARRED', 'IMPORTANT', 'TRASH'];

type Labels = ReadonlyMap<string, ReadonlySet<string>>;

describe('taking changes back', () => {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
  });

  /** @param during happens after Gmail has changed the labels, before the call knows that */
  function desk(during: () => void = () => undefined) {
    const options = {
      ...{ gmail: connect(sandbox), owner: 'me', memoryKey: 'me', signal },
      ...{
        privacy: { hiddenQuery: '', showsCodes: false },
        memory: new MailMemory(),
        reader: new ReadingThread({ file: '' }),
      },
    };
    class Watched extends Organiser {
      override async change(...args: Parameters<Organiser['change']>) {
        const outcome = await super.change(...args);
        during();
        return outcome;
      }
    }
    return new Watched(options);
  }
  const rulesOf = (own: OwnRules, client = 'a client') => own.of(async () => 'me', { client, ask: undefined, signal });
  const snapshot = (ids: readonly string[]): Labels =>
    new Map(ids.map((id) => [id, new Set(sandbox.store.get(id)?.labelIds ?? ['gone'])]));

  /** Which labels of a change a message got and lost by it. */
  const made = ({ add, remove }: LabelSets, had = new Set() as ReadonlySet<string>, has = had) => ({
    added: has.has('gone') ? [] : add.filter((label) => has.has(label) && !had.has(label)),
    removed: has.has('gone') ? [] : remove.filter((label) => had.has(label) && !has.has(label)),
  });

  /** Labels as they must be after taking back: written from snapshots alone, without a look at any history. */
  function expected(
    id: string,
    { add, remove }: LabelSets,
    [before, after, now]: [Labels, Labels, Labels],
    isTouched: boolean,
  ) {
    const labels = new Set(now.get(id));
    const [had, has] = [before.get(id), after.get(id)];
    const { added, removed } = made({ add, remove }, had, has);
    const isChanged = added.length + removed.length > 0;
    if (isTouched || !isChanged) return { labels, isLeft: isChanged && isTouched };
    for (const label of alongside({ add, remove })) {
      if (had?.has(label) && !has?.has(label)) labels.add(label);
      if (!had?.has(label) && has?.has(label)) labels.delete(label);
    }
    for (const label of added) labels.delete(label);
    for (const label of removed) labels.add(label);
    // What somebody else moved to the inbox meanwhile leaves it again with the trash, where Gmail has it so.
    if (labels.has('TRASH') && !now.get(id)?.has('TRASH') && !keepsInbox(id)) labels.delete('INBOX');
    return { labels, isLeft: false };
  }

  for (let seed = 1; seed <= RUNS; seed += 1) {
    it(`gives back what the change took, and nothing that others did (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const some = <T>(list: readonly T[], share: number): T[] => list.filter(() => random() < share);
      const all: string[] = [];
      for (let n = 0; n < 14; n += 1) {
        const labels = some(['INBOX', 'UNREAD', 'STARRED', 'IMPORTANT'], 0.5);
        all.push((await fileMessage(sandbox, { From: 'a@x.example', Subject: `Run ${seed}` }, 'Hi', labels)).id);
      }
      const touched = new Set<string>();
      /** Somebody else changes a message; whether it really changed is what counts. */
      const outside = (id: string) => {
        const labels = sandbox.store.get(id)?.labelIds;
        if (!labels) return;
        if (random() < 0.1) sandbox.store.remove(id);
        else {
          const label = pick(OUTSIDE);
          // In both places is no message that Gmail takes out of the one for the other.
          const other = keepsInbox(id) ? undefined : { INBOX: 'TRASH', TRASH: 'INBOX' }[label];
          if (labels.has(label)) sandbox.store.modify(id, [], [label]);
          else sandbox.store.modify(id, [label], other ? [other] : []);
        }
        touched.add(id);
      };
      const action = pick(Object.keys(ACTIONS) as Action[]);
      const labels = ACTIONS[action];
      const requested = some(all, 0.7);
      for (const id of some(all, 0.2)) outside(id);
      const before = snapshot(all);
      touched.clear();
      const duringIds = some(all, 0.2);
      const organiser = desk(() => {
        for (const id of duringIds.splice(0)) outside(id);
      });
      const own = new OwnRules();
      const ids = [...requested, 'abcdef0123456789'];
      await makeChange({ ids, labels, what: action }, organiser, rulesOf(own));
      const after = snapshot(all);
      const goneDuring = new Set(all.filter((id) => after.get(id)?.has('gone') && !before.get(id)?.has('gone')));
      touched.clear();
      for (const id of some(all, 0.3)) outside(id);
      const now = snapshot(all);
      const isChanged = (id: string) => Object.values(made(labels, before.get(id), after.get(id))).flat().length > 0;
      const undoing = undoChanges({ whose: 'own', count: 1 }, organiser, rulesOf(own));
      if (!requested.some(isChanged)) {
        assert.equal((await problemOf(undoing)).code, 'nothing_to_undo');
        assert.deepEqual(snapshot(all), now);
        return;
      }
      const [result] = await undoing;
      const left: string[] = [];
      for (const id of all) {
        const isRequested = requested.includes(id) && !after.get(id)?.has('gone');
        const { labels: wanted, isLeft } = isRequested
          ? expected(id, labels, [before, after, now], touched.has(id))
          : { labels: now.get(id) ?? new Set(), isLeft: false };
        if (isLeft || (requested.includes(id) && goneDuring.has(id))) left.push(id);
        assert.deepEqual(
          [...(sandbox.store.get(id)?.labelIds ?? ['gone'])].sort(),
          [...wanted].sort(),
          `${action} ${id}`,
        );
      }
      assert.deepEqual([...(result?.left ?? [])].sort(), left.sort(), action);
    });
  }

  it('takes several changes back, the newest first, so that all is as before them', async () => {
    const ids: string[] = [];
    for (const labels of [['INBOX'], ['INBOX', 'UNREAD'], ['STARRED']])
      ids.push((await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Several' }, 'Hi', labels)).id);
    const before = snapshot(ids);
    const [organiser, own] = [desk(), new OwnRules()];
    for (const action of ['archive', 'unarchive', 'trash'] as const)
      await makeChange({ ids, labels: ACTIONS[action], what: action }, organiser, rulesOf(own));
    const [last] = await undoChanges({ whose: 'own', count: 1 }, organiser, rulesOf(own));
    assert.equal(last?.change.what, 'trash');
    const rest = await undoChanges({ whose: 'own', count: 5 }, organiser, rulesOf(own));
    assert.deepEqual(
      rest.map(({ change, left }) => [change.what, left.length]),
      [
        ['unarchive', 0],
        ['archive', 0],
      ],
    );
    assert.deepEqual(snapshot(ids), before);
    assert.equal(
      (await problemOf(undoChanges({ whose: 'own', count: 1 }, organiser, rulesOf(own)))).code,
      'nothing_to_undo',
    );
  });

  it('takes back the own client’s changes alone, unless the person asks', async () => {
    const { id } = await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Whose' }, 'Hi', ['INBOX']);
    const [organiser, own] = [desk(), new OwnRules()];
    await makeChange({ ids: [id], labels: ACTIONS.archive, what: 'Archived' }, organiser, rulesOf(own, 'one'));
    const refused = await problemOf(undoChanges({ whose: 'own', count: 1 }, organiser, rulesOf(own, 'another')));
    assert.match(refused.explain('editor').why, /another client \(one\)/);
    assert.equal(sandbox.store.get(id)?.labelIds.has('INBOX'), false);
    await undoChanges({ whose: 'any' }, organiser, rulesOf(own, ''));
    assert.equal(sandbox.store.get(id)?.labelIds.has('INBOX'), true);
  });

  it('is taken back by one of two at once, and not again by the other', async () => {
    const { id } = await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Twice' }, 'Hi', ['INBOX']);
    const own = new OwnRules();
    const other = () => problemOf(undoChanges({ whose: 'any' }, desk(), rulesOf(own, 'another')));
    await makeChange({ ids: [id], labels: ACTIONS.star, what: 'Starred' }, desk(), rulesOf(own));
    await makeChange({ ids: [id], labels: ACTIONS.archive, what: 'Archived' }, desk(), rulesOf(own));
    let refused: Promise<Problem> | undefined;
    const first = desk(() => {
      refused ??= other();
    });
    await undoChanges({ whose: 'own', count: 1 }, first, rulesOf(own));
    assert.equal((await refused)?.code, 'undo_claimed');
    assert.deepEqual([...snapshot([id]).values()], [new Set(['INBOX', 'STARRED'])]);
  });

  it('passes over a change of which it turns out only then that it changed nothing', async () => {
    const { id } = await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Cut off' }, 'Hi', ['INBOX']);
    const [organiser, own] = [desk(), new OwnRules()];
    await makeChange({ ids: [id], labels: ACTIONS.star, what: 'Starred' }, organiser, rulesOf(own));
    const { journal } = rulesOf(own);
    const change = { what: 'Archived', ...ACTIONS.archive, own: [], from: await organiser.place() };
    await journal.end(await journal.begin([id], change), {});
    const [result] = await undoChanges({ whose: 'own', count: 1 }, organiser, rulesOf(own));
    assert.deepEqual([result?.change.what, result?.back], ['Starred', 1]);
    assert.deepEqual(
      (await journal.list()).changes.map(({ what }) => what),
      ['Starred'],
    );
  });

  it('says so where Gmail has forgotten what was changed', async () => {
    const { id } = await fileMessage(sandbox, { From: 'a@x.example', Subject: 'Old' }, 'Hi', ['INBOX']);
    const [organiser, own] = [desk(), new OwnRules()];
    await makeChange({ ids: [id], labels: ACTIONS.archive, what: 'Archived' }, organiser, rulesOf(own));
    sandbox.store.forgetHistoryBefore(sandbox.store.historyId);
    assert.equal(
      (await problemOf(undoChanges({ whose: 'own', count: 1 }, organiser, rulesOf(own)))).code,
      'history_gone',
    );
    assert.equal(sandbox.store.get(id)?.labelIds.has('INBOX'), false);
  });
});
