import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccessTokenRefresher } from '../../../src/oauth/access-token-refresher.ts';
import type { AccessToken } from '../../../src/oauth/token-client.ts';
import { isUnderWay } from '../../../src/shared/turns/departure.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 1);

describe('AccessTokenRefresher', () => {
  let now: number;
  let refreshed: number;
  let lifetime: number;
  let clockSkewMs: number;
  let failure: Error | undefined;
  let refresher: AccessTokenRefresher;

  /** Google: answers a turn of the event loop later, by its own clock. */
  const refresh = async (): Promise<AccessToken> => {
    refreshed += 1;
    const value = `token ${refreshed}`;
    await new Promise((resolve) => setImmediate(resolve));
    if (failure) throw failure;
    const expiresAt = now - clockSkewMs + lifetime * 1000;
    return { value, expiresAt, clockSkewMs, lifetime, scopes: undefined, refreshToken: undefined };
  };

  beforeEach(() => {
    [now, refreshed, lifetime, clockSkewMs, failure] = [START, 0, 3600, 0, undefined];
    refresher = new AccessTokenRefresher(refresh, { now: () => now });
  });

  const value = async () => (await refresher.get()).value;

  it('asks Google once for 20 callers at a time', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => value()));
    assert.deepEqual(new Set(tokens), new Set(['token 1']));
    assert.equal(refreshed, 1);
  });

  it('does not ask before it is asked, and keeps the token afterwards', async () => {
    assert.equal(refreshed, 0);
    await value();
    now += 30 * MINUTE;
    assert.equal(await value(), 'token 1');
  });

  it('counts as a request on its way until it is answered or refused', async () => {
    const asked = value();
    assert.equal(isUnderWay(), true);
    await asked;
    assert.equal(isUnderWay(), false);
    failure = new Error('refused');
    await assert.rejects(refresher.renew());
    assert.equal(isUnderWay(), false);
  });

  it('asks anew after it was told to forget', async () => {
    await value();
    refresher.forget();
    assert.equal(await value(), 'token 2');
    assert.equal(refreshed, 2);
  });

  describe('replace', () => {
    it('says which token was refused, and says nothing of one otherwise', async () => {
      const asked: (string | undefined)[] = [];
      const noting = new AccessTokenRefresher(
        (refused) => {
          asked.push(refused);
          return refresh();
        },
        { now: () => now },
      );
      await noting.get();
      await noting.replace('token 1');
      await noting.renew();
      assert.deepEqual(asked, [undefined, 'token 1', undefined]);
    });

    it('refreshes where the refused token is the one that it holds, once for all callers', async () => {
      await value();
      const tokens = await Promise.all(Array.from({ length: 20 }, () => refresher.replace('token 1')));
      assert.deepEqual(new Set(tokens.map((token) => token.value)), new Set(['token 2']));
      assert.equal(await value(), 'token 2');
      assert.equal(refreshed, 2);
    });

    it('gives a late caller the newer token without a request', async () => {
      await value();
      await refresher.replace('token 1');
      assert.equal((await refresher.replace('token 1')).value, 'token 2');
      assert.equal(refreshed, 2);
    });

    it('refreshes where it holds none', async () => {
      assert.equal((await refresher.replace('from elsewhere')).value, 'token 1');
    });

    it('joins a request that is under way', async () => {
      await value();
      const renewed = refresher.renew();
      assert.equal((await refresher.replace('token 1')).value, (await renewed).value);
      assert.equal(refreshed, 2);
    });
  });

  describe('renew', () => {
    it('asks although the token has time left, and later callers get the new one', async () => {
      await value();
      assert.equal((await refresher.renew()).value, 'token 2');
      assert.equal(await value(), 'token 2');
    });

    it('is one request for callers at the same time, and a new one afterwards', async () => {
      await Promise.all([refresher.renew(), refresher.renew(), refresher.get()]);
      assert.equal(refreshed, 1);
      await refresher.renew();
      assert.equal(refreshed, 2);
    });
  });

  describe('where Google refuses', () => {
    it('tells every caller that waits, with one request', async () => {
      failure = new Error('refused');
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => refresher.get()));
      for (const outcome of outcomes) assert.equal(outcome.status === 'rejected' && outcome.reason, failure);
      assert.equal(refreshed, 1);
    });

    it('asks again the next time', async () => {
      failure = new Error('refused');
      await assert.rejects(value());
      failure = undefined;
      assert.equal(await value(), 'token 2');
    });

    it('keeps the token that it has after a failed renewal', async () => {
      await value();
      failure = new Error('refused');
      await assert.rejects(refresher.renew());
      assert.equal(await value(), 'token 1');
    });
  });

  describe('the end of a token', () => {
    // Minutes after it was refreshed, and whether it is still given out.
    const hour: [number, boolean][] = [
      [0, true],
      [50, true],
      [59, false],
      [60, false],
      [600, false],
    ];
    for (const skew of [0, 5 * HOUR, -5 * HOUR]) {
      for (const [minutes, kept] of hour) {
        it(`is ${kept ? 'not ' : ''}near after ${minutes} of 60 minutes, this clock ${skew / HOUR} h ahead`, async () => {
          clockSkewMs = skew;
          await value();
          now += minutes * MINUTE;
          assert.equal(await value(), kept ? 'token 1' : 'token 2');
        });
      }
    }

    it('is judged anew for each token', async () => {
      for (let count = 1; count <= 4; count += 1) {
        assert.equal(await value(), `token ${count}`);
        now += HOUR;
      }
    });

    it('does not make a short-lived token useless', async () => {
      lifetime = 120;
      await value();
      now += 30_000;
      assert.equal(await value(), 'token 1');
      now += 85_000;
      assert.equal(await value(), 'token 2');
    });

    it('does not keep a token without any time', async () => {
      lifetime = 0;
      assert.equal(await value(), 'token 1');
      assert.equal(await value(), 'token 2');
    });
  });
});
