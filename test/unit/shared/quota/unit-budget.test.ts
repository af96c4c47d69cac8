import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { UnitBudget } from '../../../../src/shared/quota/unit-budget.ts';
import { problemOf } from '../../support.ts';
import { MovedTime, mostInAMinute } from './moved-time.ts';

const LIMITS = { perMinute: 3_000, full: 500 };
const never = new AbortController().signal;

describe('a budget of units', () => {
  let time: MovedTime;
  let budget: UnitBudget;
  let admitted: { name: string; units: number; at: number }[];
  beforeEach(() => {
    time = new MovedTime();
    budget = new UnitBudget(LIMITS, time.clock, time.later);
    admitted = [];
  });
  const take = (name: string, units: number, signal = never) =>
    budget.take(units, signal).then(() => void admitted.push({ name, units, at: time.now }));
  const names = () => admitted.map(({ name }) => name);

  it('gives a full bucket at once, and runs no timer then', async () => {
    await Promise.all(Array.from({ length: 25 }, (_, index) => take(String(index), 20)));
    assert.equal(admitted.length, 25);
    assert.equal(time.timers, 0);
  });

  it('lets nothing small overtake what is large and came first', async () => {
    await take('first', 490);
    const waiting = [take('large', 400), take('small', 1)];
    await turn();
    assert.deepEqual(names(), ['first']);
    while (time.timers > 0) {
      time.step();
      await turn();
    }
    await Promise.all(waiting);
    assert.deepEqual(names(), ['first', 'large', 'small']);
  });

  it('never gives more than the limit in any minute, however long it is asked', async () => {
    for (let at = 0; at < 400; at += 1) {
      const taking = take(String(at), 37);
      while (time.timers > 0) time.step();
      await taking;
    }
    const most = mostInAMinute(admitted);
    assert.ok(most <= LIMITS.perMinute, `${most}`);
    assert.ok(most > 0.95 * LIMITS.perMinute, `${most}`);
  });

  it('takes nothing for who stops waiting, and lets those behind move up', async () => {
    await take('first', 500);
    const leaving = new AbortController();
    const left = problemOf(take('left', 400, leaving.signal));
    const behind = take('behind', 20);
    leaving.abort();
    assert.equal((await left).code, 'cancelled');
    time.pass(500);
    await behind;
    assert.deepEqual(names(), ['first', 'behind']);
    assert.equal(time.timers, 0);
  });

  it('takes nothing for who has stopped already', async () => {
    assert.equal((await problemOf(take('late', 500, AbortSignal.abort()))).code, 'cancelled');
    await take('other', 500);
  });

  it('refuses a wait of more than 20 seconds at once, with its seconds', async () => {
    await take('first', 500);
    const within = take('within', 500);
    const problem = await problemOf(take('beyond', 400));
    assert.equal(problem.code, 'rate_limited');
    // 900 units of 2,500 a minute.
    assert.match(problem.explain('editor').next, /22 seconds/);
    time.pass(12_000);
    await within;
  });

  it('is empty for the time that Gmail names, for those who wait as well', async () => {
    await take('first', 100);
    budget.rest(5_000);
    const waiting = take('waiting', 25);
    time.pass(5_000);
    await turn();
    assert.deepEqual(names(), ['first']);
    time.pass(600);
    await waiting;
  });

  it('refuses those who wait where Gmail names a long time', async () => {
    await take('first', 500);
    const waiting = problemOf(take('waiting', 20));
    budget.rest(60_000);
    const problem = await waiting;
    assert.equal(problem.code, 'rate_limited');
    assert.match(problem.explain('editor').next, /61 seconds/);
    assert.equal(time.timers, 0);
  });

  it('is not made shorter by a later answer that names less', async () => {
    budget.rest(60_000);
    budget.rest(0);
    assert.match((await problemOf(take('early', 1))).explain('editor').next, /61 seconds/);
  });
});
