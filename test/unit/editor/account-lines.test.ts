import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RefreshListener } from '../../../src/accounts/access-tokens.ts';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountLines } from '../../../src/editor/accounts/account-lines.ts';
import { Problem } from '../../../src/shared/problems.ts';

const ROBIN: Account = {
  version: 1,
  email: 'robin@example.org',
  clientId: 'an id',
  clientSecret: 'a secret',
  refreshToken: 'a token',
  level: 'read',
  signedInAt: Date.UTC(2026, 10, 27),
};
const LENA: Account = { ...ROBIN, email: 'lena@example.org', sandboxOrigin: 'http://127.0.0.1:1' };

describe('the log', () => {
  it('tells of accounts that come, change and go, once each, and of their tokens, with no secret', () => {
    const written: string[] = [];
    const listeners: RefreshListener[] = [];
    const refreshed: RefreshListener = (...args) => {
      for (const listener of listeners) listener(...args);
    };
    const tokens = { onDidRefresh: (listener: RefreshListener) => void listeners.push(listener) };
    const lines = new AccountLines(tokens, { info: (line) => void written.push(line) });
    const takeAll = () => written.splice(0);
    lines.compare([ROBIN]);
    lines.compare([ROBIN]);
    const since = 'signed in since 2026-11-27T00:00:00.000Z';
    assert.deepEqual(takeAll(), [`robin@example.org: ${since}, access Read, default`]);
    lines.compare([{ ...ROBIN, level: 'full' }, LENA]);
    assert.deepEqual(takeAll(), [
      `robin@example.org: ${since}, access Full, default`,
      `lena@example.org: ${since}, access Read, sandbox`,
    ]);
    lines.compare([LENA]);
    assert.deepEqual(takeAll(), [
      `lena@example.org: ${since}, access Read, sandbox, default`,
      'robin@example.org: signed out',
    ]);
    const expiresAt = Date.UTC(2026, 10, 27, 12);
    refreshed(ROBIN, {
      value: 'ya29.secret',
      expiresAt,
      lifetime: 3600,
      clockSkewMs: 0,
      scopes: undefined,
      refreshToken: undefined,
    });
    refreshed(ROBIN, Problem.of('grant_dead', {}, 'invalid_grant'));
    assert.deepEqual(takeAll(), [
      'robin@example.org: access token refreshed, good until 2026-11-27T12:00:00.000Z',
      'robin@example.org: no access token (grant_dead)',
    ]);
  });
});
