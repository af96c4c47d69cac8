import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RefreshListener } from '../../../src/accounts/access-tokens.ts';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountHealth } from '../../../src/editor/status/account-health.ts';
import type { AccessToken } from '../../../src/oauth/token-client.ts';
import { Problem } from '../../../src/shared/problems.ts';

const accountOf = (signedInAt: number): Account => ({
  version: 1,
  email: 'Me@x',
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
  level: 'full',
  signedInAt,
});
const token: AccessToken = {
  value: 'v',
  expiresAt: 1000,
  clockSkewMs: 20,
  lifetime: 1,
  scopes: undefined,
  refreshToken: undefined,
};
const dead = Problem.of('grant_dead', {});

/** A memento as VS Code has it. */
function mementoOf(values: Map<string, unknown>) {
  return {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key) as never,
    update: async (key: string, value: unknown) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}

describe('what is known of a sign-in', () => {
  let kept: Map<string, unknown>;
  let tell: RefreshListener;
  let changes: number;
  const open = () => {
    const onDidRefresh = (listener: RefreshListener) => {
      tell = listener;
    };
    return new AccountHealth({ onDidRefresh }, mementoOf(kept), () => {
      changes += 1;
    });
  };
  beforeEach(() => {
    [kept, changes] = [new Map(), 0];
  });

  it('is nothing before the first refresh, and then until when the token lasts by this clock', () => {
    const health = open();
    assert.deepEqual(health.of(accountOf(1)), { tokenEndsAt: undefined, trouble: undefined });
    tell(accountOf(1), token);
    assert.deepEqual(health.of(accountOf(1)), { tokenEndsAt: 1020, trouble: undefined });
    assert.equal(changes, 1);
  });

  it('is that it is dead, for later windows too, until it works or is another one', () => {
    const health = open();
    tell(accountOf(1), token);
    tell(accountOf(1), dead);
    assert.deepEqual(health.of(accountOf(1)), { tokenEndsAt: undefined, trouble: 'grant_dead' });
    assert.equal(open().of(accountOf(1)).trouble, 'grant_dead');
    assert.equal(health.of(accountOf(2)).trouble, undefined);
    tell(accountOf(1), token);
    assert.equal(open().of(accountOf(1)).trouble, undefined);
    assert.deepEqual([...kept.keys()], []);
  });

  it('is not changed by what passes by itself', () => {
    const health = open();
    tell(accountOf(1), dead);
    tell(accountOf(1), Problem.of('google_failed', { status: '503' }));
    assert.equal(health.of(accountOf(1)).trouble, 'grant_dead');
    assert.equal(changes, 1);
  });

  it('is forgotten with the account, and nothing else is', () => {
    kept.set('end-announced:me@x', 1);
    const health = open();
    tell(accountOf(1), dead);
    health.keepOnly(['me@x']);
    assert.equal(health.of(accountOf(1)).trouble, 'grant_dead');
    health.keepOnly([]);
    assert.deepEqual([...kept.keys()], ['end-announced:me@x']);
  });
});
