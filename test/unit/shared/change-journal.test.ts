import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ChangeJournal } from '../../../src/shared/changes/change-journal.ts';

const change = (what: string) => ({ client: 'c', what, add: [], remove: ['INBOX'], own: [], from: '1' });

describe('the change that can be taken back', () => {
  let now: number;
  let told: number;
  let journal: ChangeJournal;
  beforeEach(() => {
    [now, told] = [0, 0];
    journal = new ChangeJournal(
      () => now,
      () => {
        told += 1;
      },
    );
  });
  const begin = (account: string, what: string) => {
    now += 1;
    return journal.begin(account, ['m'], change(what));
  };
  const newest = () => {
    const open = journal.newestOpen();
    return open && [open.account, open.made.what];
  };

  it('is the newest of all accounts that was not taken back', () => {
    assert.equal(newest(), undefined);
    begin('a@x', 'first');
    const second = begin('b@x', 'second');
    begin('a@x', 'third');
    assert.deepEqual(newest(), ['a@x', 'third']);
    journal.undone('b@x', second, { from: '2' });
    journal.keepOnly(new Set(['b@x']));
    assert.equal(newest(), undefined);
  });

  it('is told of when it may be another one, and only then', () => {
    const id = begin('a@x', 'first');
    assert.equal(told, 1);
    journal.end('a@x', id, { to: '2', changed: 1 });
    journal.keepOnly(new Set(['a@x']));
    assert.equal(told, 1);
    journal.undone('a@x', id, { from: '3' });
    assert.equal(told, 2);
    journal.keepOnly(new Set());
    assert.equal(told, 3);
  });
});
