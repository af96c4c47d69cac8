import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changesOf, historySince } from '../../../src/gmail/history.ts';
import { foldHistory } from '../../../src/gmail/history-fold.ts';
import { HiddenMemory, HiddenMessages } from '../../../src/gmail/messages/hidden.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { connect, fileMessage, problemOf, sandboxForEach } from '../support.ts';

const SIGNAL = new AbortController().signal;

describe('the changes of a mailbox', () => {
  let sandbox: Sandbox;
  let start: string;
  sandboxForEach((started) => {
    sandbox = started;
    start = sandbox.store.historyId;
  });

  const historyOf = (historyId?: string, limit?: number, hidden = new HiddenMessages()) =>
    historySince(connect(sandbox), { historyId, hidden, ...(limit ? { limit } : {}) }, SIGNAL);
  const since = async (...request: Parameters<typeof historyOf>) => changesOf(await historyOf(...request));
  let filed = 0;
  const file = (subject: string, labels = ['INBOX', 'UNREAD']) => {
    filed += 1;
    return fileMessage(sandbox, { Subject: subject, 'Message-ID': `<history-${filed}@example.org>` }, 'B', labels);
  };
  const none = { added: [], deleted: [], relabelled: [], hasMore: false };
  const existing = () => sandbox.store.messages().map(({ id }) => id);

  it('begin with the present, by one request', async () => {
    assert.deepEqual(await since(), { kind: 'beginning', historyId: start, ...none });
    assert.equal(sandbox.requests.length, 1);
  });

  it('are none where nothing happened, by one request', async () => {
    assert.deepEqual(await since(start), { kind: 'changes', historyId: start, ...none });
    assert.equal(sandbox.requests.length, 1);
  });

  it('are new mail with its rows, the newest first, deleted mail and changed labels', async () => {
    const [read = '', gone = ''] = existing();
    const [one, two] = [await file('one'), await file('two')];
    sandbox.store.modify(read, ['STARRED'], ['UNREAD', 'INBOX']);
    sandbox.store.remove(gone);
    sandbox.store.modify(one.id, ['STARRED'], []);
    sandbox.requests.length = 0;
    const changes = await since(start);
    assert.deepEqual(
      changes.added.map(({ subject }) => subject),
      ['two', 'one'],
    );
    assert.equal(changes.added[1]?.starred, true);
    assert.deepEqual(
      changes.deleted.map(({ id }) => id),
      [gone],
    );
    assert.deepEqual(
      changes.relabelled.map(({ id }) => id),
      [read],
    );
    assert.deepEqual(changes.relabelled[0]?.labelsAdded, ['STARRED']);
    assert.ok(changes.relabelled[0]?.labelsRemoved.includes('INBOX'));
    assert.equal(changes.historyId, sandbox.store.historyId);
    assert.equal(sandbox.requests.length, 2);
    assert.ok(two.id);
    assert.deepEqual(await since(changes.historyId), { kind: 'changes', historyId: changes.historyId, ...none });
  });

  it('leave out mail that came and went', async () => {
    const fleeting = await file('fleeting');
    sandbox.store.remove(fleeting.id);
    const changes = await since(start);
    assert.deepEqual([changes.added, changes.deleted], [[], []]);
  });

  it('leave out new mail that is gone by the time it is read', async () => {
    const { id } = await file('gone');
    sandbox.faults.add({ match: new RegExp(`${id}$`), answer: { status: 404 } });
    assert.deepEqual((await since(start)).added, []);
  });

  it('come in pieces that join to the whole', async () => {
    for (let index = 0; index < 7; index += 1) await file(`mail ${index}`);
    const seen: string[] = [];
    let from = start;
    for (let more = true, calls = 0; more; calls += 1) {
      const changes = await since(from, 3);
      assert.ok(changes.added.length <= 3 && calls < 4);
      seen.push(...changes.added.map(({ subject }) => subject).reverse());
      [from, more] = [changes.historyId, changes.hasMore];
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 7 }, (_, index) => `mail ${index}`),
    );
    assert.equal(from, sandbox.store.historyId);
  });

  it('that were read once can be told a few at a time, each once', async () => {
    const [read = '', gone = ''] = existing();
    for (let index = 0; index < 5; index += 1) await file(`mail ${index}`);
    sandbox.store.modify(read, ['STARRED'], []);
    sandbox.store.remove(gone);
    const all = await since(start);
    sandbox.requests.length = 0;
    const history = await historyOf(start);
    const requests = sandbox.requests.length;
    for (let count = 1; count < history.records.length; count += 1) {
      const first = changesOf(history, count);
      assert.equal(first.hasMore, true);
      const rest = await since(first.historyId);
      assert.deepEqual([...rest.added, ...first.added], all.added, `cut behind ${count}`);
      assert.deepEqual([...first.relabelled, ...rest.relabelled], all.relabelled);
      assert.deepEqual([...first.deleted, ...rest.deleted], all.deleted);
      assert.equal(first.added.length, Math.min(count, 5));
    }
    assert.equal(requests, 2);
    assert.deepEqual(changesOf(history), all);
  });

  it('that Gmail has forgotten ask for everything anew, with a fresh place', async () => {
    await file('one');
    sandbox.store.forgetHistoryBefore(sandbox.store.historyId);
    const changes = await since(start);
    assert.deepEqual(changes, { kind: 'resync', historyId: sandbox.store.historyId, ...none });
    assert.equal((await since(changes.historyId)).kind, 'changes');
  });

  it('since something that is no place are refused', async () => {
    assert.equal((await problemOf(since('yesterday'))).code, 'request_refused');
  });

  describe('where mail is hidden', () => {
    it('are told of the rest alone', async () => {
      const secret = sandbox.store.labelId('secret');
      const hidden = new HiddenMessages('label:secret');
      const [shown, kept] = [await file('shown'), await file('kept', ['INBOX', secret])];
      const middle = await since(start, undefined, hidden);
      assert.deepEqual(
        middle.added.map(({ subject }) => subject),
        ['shown'],
      );
      sandbox.store.modify(shown.id, ['STARRED'], []);
      sandbox.store.modify(kept.id, ['STARRED'], []);
      const later = await since(middle.historyId, undefined, hidden);
      assert.deepEqual(
        later.relabelled.map(({ id }) => id),
        [shown.id],
      );
      sandbox.store.remove(shown.id);
      sandbox.store.remove(kept.id);
      const last = await since(later.historyId, undefined, hidden);
      assert.deepEqual(
        last.deleted.map(({ id }) => id),
        [shown.id],
      );
    });

    it('are told of the rest alone when they are cut, too', async () => {
      const secret = sandbox.store.labelId('secret');
      const hidden = new HiddenMessages('label:secret');
      const known = await file('known');
      const kept = await file('kept', ['INBOX', secret]);
      const { historyId } = await since(start, undefined, hidden);
      sandbox.store.modify(known.id, ['STARRED'], []);
      sandbox.store.modify(kept.id, ['STARRED'], []);
      await file('also kept', ['INBOX', secret]);
      sandbox.store.remove(kept.id);
      sandbox.store.modify(known.id, [secret], []);
      sandbox.store.remove(known.id);
      const history = await historyOf(historyId, undefined, hidden);
      assert.ok(!JSON.stringify(history.records).includes(kept.id));
      for (let count = 0; count <= history.records.length; count += 1) {
        const { added, relabelled, deleted } = changesOf(history, count);
        const isLast = count === history.records.length;
        assert.deepEqual([added, relabelled], [[], []], `${count} records`);
        assert.deepEqual(
          deleted.map(({ id }) => id),
          isLast ? [known.id] : [],
        );
      }
    });

    it('forget at once what becomes hidden', async () => {
      const secret = sandbox.store.labelId('secret');
      const memory = new HiddenMemory();
      const { id } = await file('mail');
      const { historyId, added } = await since(start, undefined, new HiddenMessages('label:secret', memory));
      assert.equal(added.length, 1);
      sandbox.store.modify(id, [secret], []);
      const hidden = new HiddenMessages('label:secret', memory);
      assert.equal(hidden.isKnownVisible(id), true);
      assert.deepEqual((await since(historyId, undefined, hidden)).relabelled, []);
      assert.equal(hidden.isKnownVisible(id), false);
    });
  });
});

describe('foldHistory', () => {
  const message = { id: 'm', threadId: 't' };
  const on = (...labelIds: string[]) => ({ labelsAdded: [{ message, labelIds }] });
  const off = (...labelIds: string[]) => ({ labelsRemoved: [{ message, labelIds }] });
  const rows: [string, object[], [string[], string[]] | undefined][] = [
    ['one after the other', [on('A'), off('B')], [['A'], ['B']]],
    ['on and off again', [on('A'), off('A')], undefined],
    ['off, on, off', [off('A'), on('A'), off('A')], [[], ['A']]],
    ['twice the same', [on('A'), on('A')], [['A'], []]],
    ['nothing', [on()], undefined],
    ['of a new message', [{ messagesAdded: [{ message }] }, on('A')], undefined],
    ['of a deleted message', [on('A'), { messagesDeleted: [{ message }] }], undefined],
    ['of nothing that has an id', [{ labelsAdded: [{ labelIds: ['A'] }] }], undefined],
  ];
  for (const [name, records, expected] of rows) {
    it(`takes labels together: ${name}`, () => {
      const changes = foldHistory(records).relabelled.map((change) => [change.labelsAdded, change.labelsRemoved]);
      assert.deepEqual(changes, expected ? [expected] : []);
    });
  }
});
