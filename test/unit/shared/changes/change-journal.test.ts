import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ChangeJournal } from '../../../../src/shared/changes/change-journal.ts';

describe('the journal of changes', () => {
  let journal: ChangeJournal;
  beforeEach(() => {
    journal = new ChangeJournal(() => 0);
  });
  const begin = (account: string, count: number, what = 'Archived') => {
    const ids = Array.from({ length: count }, (_, at) => String(at));
    return journal.begin(account, ids, { client: 'c', what, add: [], remove: ['INBOX'], own: [], from: '1' });
  };
  const kept = (account: string) => journal.list(account).map(({ what }) => what);

  it('keeps the last fifty changes of an account, the newest first', () => {
    for (let at = 1; at <= 51; at += 1) begin('me', 1, `Change ${at}`);
    assert.equal(kept('me').length, 50);
    assert.deepEqual([kept('me')[0], kept('me').at(-1)], ['Change 51', 'Change 2']);
  });

  it('keeps the ids of 50,000 messages of an account, and of the last change however many there are', () => {
    begin('me', 30_000, 'first');
    const second = begin('me', 20_000, 'second');
    assert.deepEqual(kept('me'), ['second', 'first']);
    begin('me', 1, 'third');
    assert.deepEqual(kept('me'), ['third', 'second']);
    assert.equal(journal.idsOf('me', second).length, 20_000);
    begin('me', 60_000, 'huge');
    assert.deepEqual(kept('me'), ['huge']);
  });

  it('forgets the account that was changed longest ago, of more than fifty', () => {
    for (let at = 1; at <= 50; at += 1) begin(`account ${at}`, 1);
    begin('account 1', 1);
    begin('account 51', 1);
    assert.equal(journal.accounts().length, 50);
    assert.deepEqual([kept('account 1').length, kept('account 2').length, kept('account 51').length], [2, 0, 1]);
  });

  it('forgets a change that changed nothing, and knows nothing of another’s', () => {
    const id = begin('me', 1);
    assert.equal(journal.end('me', 'unknown', { to: '2', changed: 1 }), undefined);
    assert.equal(journal.end('other', id, { to: '2', changed: 1 }), undefined);
    assert.equal(journal.end('me', id, { to: '2', changed: 1 })?.changed, 1);
    journal.end('me', id, { to: '2', changed: 0 });
    assert.deepEqual(kept('me'), []);
  });
});
