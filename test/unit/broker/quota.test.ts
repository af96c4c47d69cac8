import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import { UnitBudgets } from '../../../src/shared/quota/unit-budgets.ts';
import { MovedTime, mostInAMinute } from '../shared/quota/moved-time.ts';
import { problemOf, silent } from '../support.ts';
import { handlersOf, TOKEN } from './support.ts';

const LIMITS = { perMinute: 3_000, full: 500 };
const never = new AbortController().signal;

describe('the quota of an account over all its servers', () => {
  let folder: string;
  let window: BrokerServer;
  let time: MovedTime;
  let budgets: UnitBudgets;
  /** Requests in the order in which they came, and in which they were let go. */
  let came: string[];
  let went: { name: string; units: number; at: number }[];
  let onCame: () => void;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'quota-')), 'brokers');
    time = new MovedTime();
    budgets = new UnitBudgets(LIMITS, time.clock, time.later);
    [came, went] = [[], []];
    onCame = () => undefined;
    const take = async (name: string, units: number, signal: AbortSignal) => {
      came.push(name);
      const taking = budgets.of('Ann@example.com').take(units, signal);
      onCame();
      await taking;
      went.push({ name, units, at: time.now });
    };
    const handlers = {
      ...handlersOf(),
      getToken: async ({ client = '', units = 0 }, signal: AbortSignal) => {
        await take(client, units, signal);
        return TOKEN;
      },
      takeUnits: async ({ units }: { units: number }, signal: AbortSignal) => {
        await take('more', units, signal);
        return {};
      },
    } satisfies Partial<ReturnType<typeof handlersOf>>;
    window = await BrokerServer.start({ folder, handlers: async () => handlers, settings: () => ({}), log: silent });
  });
  afterEach(async () => {
    await window.dispose();
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  const newServer = () => new BrokerClient(folder, { onSettings: () => undefined, onChange: () => undefined }, 1);
  const untilCame = (count: number) =>
    new Promise<void>((resolve) => {
      onCame = () => void (came.length === count && resolve());
    });

  it('serves 50 calls at once of 10 servers in their turn, within the limit', async () => {
    const all = untilCame(50);
    const servers = Array.from({ length: 10 }, newServer);
    const calls = servers.flatMap((server, at) =>
      Array.from({ length: 5 }, (_, call) =>
        server.request('getToken', { access: 'read', client: `${at}.${call}`, units: 20 }, never),
      ),
    );
    await all;
    while (time.timers > 0) time.step();
    assert.equal((await Promise.all(calls)).length, 50);
    assert.equal(went.length, 50);
    assert.ok(mostInAMinute(went) <= LIMITS.perMinute);
    const order = went.map(({ name }) => name);
    for (const [at, name] of came.entries()) {
      const later = new Set(came.slice(at + 1));
      const overtaking = order.slice(0, order.indexOf(name)).filter((other) => later.has(other));
      assert.ok(overtaking.length <= 5, `${name} was overtaken by ${overtaking}`);
    }
  });

  it('takes nothing for a call that is withdrawn while it waits', async () => {
    const server = newServer();
    await server.request('takeUnits', { units: 500 }, never);
    const withdrawn = new AbortController();
    const waits = untilCame(2);
    const left = problemOf(server.request('takeUnits', { units: 500 }, withdrawn.signal));
    await waits;
    withdrawn.abort();
    assert.equal((await left).code, 'cancelled');
    const next = untilCame(3);
    const behind = server.request('takeUnits', { units: 20 }, never);
    await next;
    time.pass(500);
    await behind;
    assert.deepEqual(
      went.map(({ units }) => units),
      [500, 20],
    );
  });

  it('says the seconds of a wait that is too long', async () => {
    const server = newServer();
    await server.request('takeUnits', { units: 500 }, never);
    budgets.of('ann@example.com').rest(30_000);
    const problem = await problemOf(server.request('takeUnits', { units: 20 }, never));
    assert.equal(problem.code, 'rate_limited');
    assert.match(problem.explain('editor').next, /31 seconds/);
  });
});
