import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { isLater, unchangedOf } from '../../../src/gmail/messages/unchanged.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { connect, fileMessage, sandboxForAll } from '../support.ts';

const SIGNAL = new AbortController().signal;

describe('what is unchanged by the history', () => {
  let sandbox: Sandbox;
  sandboxForAll(async (started) => {
    sandbox = started;
  });
  let [first, second] = ['', ''];
  beforeEach(async () => {
    first = (await fileMessage(sandbox, { Subject: 'First' }, 'Apples.', ['INBOX'])).id;
    second = (await fileMessage(sandbox, { Subject: 'Second' }, 'Pears.', ['INBOX'])).id;
  });

  const placeOf = (id: string) => String(sandbox.store.get(id)?.historyId);
  const known = () => new Map([first, second].map((id) => [id, placeOf(id)]));

  it('is all where nothing has happened', async () => {
    const { ids, historyId } = await unchangedOf(connect(sandbox), known(), SIGNAL);
    assert.deepEqual([...ids], [first, second]);
    assert.equal(historyId, String(sandbox.store.historyId));
  });

  it('is not what has changed since it was known, and is what had changed before', async () => {
    sandbox.store.modify(second, ['STARRED'], []);
    const places = known();
    sandbox.store.modify(first, ['STARRED'], []);
    assert.deepEqual([...(await unchangedOf(connect(sandbox), places, SIGNAL)).ids], [second]);
  });

  it('is nothing where more has happened than fits into one answer', async () => {
    const places = known();
    for (let turn = 0; turn <= 500; turn += 1) {
      sandbox.store.modify(second, turn % 2 ? [] : ['STARRED'], turn % 2 ? ['STARRED'] : []);
    }
    const { ids, historyId } = await unchangedOf(connect(sandbox), places, SIGNAL);
    assert.deepEqual([...ids], []);
    assert.equal(historyId, String(sandbox.store.historyId));
  });

  it('is nothing where the answer does not tell its place, as none of Gmail does', async () => {
    const places = known();
    sandbox.faults.add({ match: /\/history/, times: 1, answer: { status: 200, body: {} } });
    assert.deepEqual([...(await unchangedOf(connect(sandbox), places, SIGNAL)).ids], []);
  });

  it('is nothing where Gmail has forgotten what has happened, and goes on from where it is now', async () => {
    const places = known();
    sandbox.store.modify(first, ['STARRED'], []);
    sandbox.store.forgetHistoryBefore(sandbox.store.historyId);
    const { ids, historyId } = await unchangedOf(connect(sandbox), places, SIGNAL);
    assert.deepEqual([...ids], []);
    assert.equal(historyId, String(sandbox.store.historyId));
  });

  it('compares places as the numbers that they are, of any length', () => {
    assert.ok(isLater('10', '9') && isLater('18446744073709551615', '18446744073709551614') && !isLater('7', '7'));
    assert.ok(!isLater(null, '1') && isLater('1', ''));
  });
});
