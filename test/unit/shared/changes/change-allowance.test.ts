import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChangeAllowance } from '../../../../src/shared/changes/change-allowance.ts';

const TEN_MINUTES = 10 * 60_000;

describe('what goes without a question', () => {
  it('is counted for each account, within ten minutes', () => {
    let now = 0;
    const allowance = new ChangeAllowance(() => now);
    assert.ok(allowance.take('me', 'labels', 50).isAllowed);
    assert.deepEqual(allowance.take('me', 'labels', 1), { isAllowed: false, limit: 'labels', recent: 50 });
    assert.ok(allowance.take('other', 'labels', 50).isAllowed);
    now = TEN_MINUTES - 1;
    assert.ok(!allowance.take('me', 'labels', 1).isAllowed);
    now = TEN_MINUTES;
    const { ticket, ...taken } = allowance.take('me', 'bin', 10);
    assert.deepEqual(taken, { isAllowed: true, limit: 'labels', recent: 0 });
    assert.ok(ticket);
    assert.deepEqual(allowance.take('me', 'bin', 1), { isAllowed: false, limit: 'bin', recent: 10 });
  });

  it('counts no more what a change gave back, which it does once, and no more than it took', () => {
    const allowance = new ChangeAllowance(() => 0);
    const recent = () => allowance.take('me', 'labels', 51).recent;
    const [first, second] = [allowance.take('me', 'labels', 20), allowance.take('me', 'labels', 10)];
    allowance.giveBack('me', second.ticket ?? '', 1000);
    assert.equal(recent(), 20);
    allowance.giveBack('other', first.ticket ?? '', 5);
    allowance.giveBack('me', first.ticket ?? '', -5);
    allowance.giveBack('me', first.ticket ?? '', 20);
    allowance.giveBack('me', '', 20);
    assert.equal(recent(), 20);
    assert.equal(allowance.take('me', 'labels', 51).ticket, undefined);
  });

  it('is kept of a thousand accounts, those that were counted last', () => {
    const allowance = new ChangeAllowance(() => 0);
    const isFull = (account: string) => !allowance.take(account, 'labels', 1).isAllowed;
    for (let at = 1; at <= 1000; at += 1) allowance.take(`account ${at}`, 'labels', 50);
    assert.ok(isFull('account 1'));
    allowance.take('account 1001', 'labels', 50);
    assert.ok(isFull('account 1'));
    assert.ok(isFull('account 1001'));
    assert.ok(!isFull('account 2'));
  });
});
