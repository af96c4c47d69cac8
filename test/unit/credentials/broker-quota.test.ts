import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Method, Params, Result } from '../../../src/broker/protocol.ts';
import { BrokerQuota } from '../../../src/credentials/quota/broker-quota.ts';

const never = new AbortController().signal;

describe('the quota of a call', () => {
  let asked: [Method, object][];
  let quota: BrokerQuota;
  beforeEach(() => {
    asked = [];
    const request = async <M extends Method>(method: M, params: Params<M>): Promise<Result<M>> => {
      asked.push([method, params]);
      return {} as Result<M>;
    };
    quota = new BrokerQuota({ request }, () => ({ account: 'ann@example.com' }));
  });

  it('needs no way to the window for what came with the token, and one for what is beyond that', async () => {
    quota.reserve(20, undefined);
    await quota.take(5, never);
    await quota.take(15, never);
    assert.deepEqual(asked, []);
    await quota.take(40, never);
    assert.deepEqual(asked, [['takeUnits', { account: 'ann@example.com', units: 40 }]]);
  });

  it('asks for the rest alone where a part of it came with the token', async () => {
    quota.reserve(20, undefined);
    await quota.take(500, never);
    assert.deepEqual(asked, [['takeUnits', { account: 'ann@example.com', units: 480 }]]);
  });

  it('tells the window once that Gmail wants to be left alone, and gives up what came with the token', async () => {
    quota.reserve(20, undefined);
    for (let at = 0; at < 25; at += 1) quota.rest(9_000);
    await quota.take(20, never);
    assert.deepEqual(
      asked.map(([method]) => method),
      ['restUnits', 'takeUnits'],
    );
  });

  it('is none for a local stand-in', async () => {
    quota.reserve(20, 'http://127.0.0.1:9');
    await quota.take(500, never);
    quota.rest(9_000);
    assert.deepEqual(asked, []);
  });
});
