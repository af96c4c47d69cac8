import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { AccessTokens } from '../../../src/accounts/access-tokens.ts';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { FULL_SCOPES, type Sandbox } from '../../../src/sandbox/start.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';
import { problemOf, sandboxForAll, silent } from '../support.ts';

describe('AccessTokens', () => {
  let sandbox: Sandbox;
  let vault: MemoryVault;
  let store: AccountStore;
  let redactor: Redactor;
  let tokens: AccessTokens;
  let account: Account;
  let isLocked: boolean;

  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(async () => {
    [vault, redactor, isLocked] = [memoryVault(), new Redactor(), false];
    const { store: keep } = vault;
    vault.store = async (key, value) => {
      if (isLocked) throw new Error('The keyring is locked.');
      await keep(key, value);
    };
    store = new AccountStore(vault);
    tokens = new AccessTokens(store, redactor, silent);
    account = accountOf(sandbox.address);
    await store.save(account);
    account = (await store.find(account.email)) ?? account;
    sandbox.requests.length = 0;
  });
  afterEach(() => sandbox.faults.clear());

  const grant = () => sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
  const accountOf = (email: string, refreshToken = grant(), signedInAt = 1000): Account => ({
    version: 1,
    email,
    clientId: sandbox.client.id,
    clientSecret: sandbox.client.secret,
    refreshToken,
    level: 'full',
    sandboxOrigin: sandbox.origin,
    signedInAt,
  });
  const storedToken = async (email = account.email) => (await store.find(email))?.refreshToken;

  it('asks Google once for 20 callers at a time, and not again while the token lives', async () => {
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.get(account)));
    got.push(await tokens.get(account));
    assert.equal(new Set(got.map(({ value }) => value)).size, 1);
    assert.ok(sandbox.grants.find(got[0]?.value ?? ''), 'the token is one that Gmail accepts');
    assert.deepEqual(sandbox.requests, ['POST /token']);
  });

  it('tells what came of each refresh, and nothing of a token that was there', async () => {
    const told: [string, string][] = [];
    tokens.onDidRefresh(({ email }, outcome) =>
      told.push([email, outcome instanceof Problem ? outcome.code : outcome.value]),
    );
    const { value } = await tokens.get(account);
    await tokens.get(account);
    sandbox.grants.end(account.refreshToken, 'revoked');
    await problemOf(tokens.renew(account));
    assert.deepEqual(told, [
      [account.email, value],
      [account.email, 'grant_dead'],
    ]);
  });

  it('keeps a token for each account', async () => {
    const other = accountOf('other@example.org');
    await store.save(other);
    const [mine, theirs] = await Promise.all([tokens.get(account), tokens.get(other)]);
    assert.notEqual(mine.value, theirs.value);
    assert.equal((await tokens.get(other)).value, theirs.value);
    assert.equal(sandbox.requests.length, 2);
  });

  it('refreshes for a temporary account too', async () => {
    const temporary = accountOf('temporary@example.org');
    await store.saveTemporarily(temporary);
    assert.ok(sandbox.grants.find((await tokens.get(temporary)).value));
  });

  it('replaces a refused token, once for all who hold it, and keeps the new one', async () => {
    const refused = (await tokens.get(account)).value;
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.replace(account, refused)));
    const late = await tokens.replace(account, refused);
    const kept = await tokens.get(account);
    assert.equal(new Set([...got, late, kept].map(({ value }) => value)).size, 1);
    assert.notEqual(kept.value, refused);
    assert.equal(sandbox.requests.length, 2);
  });

  it('renews a token that has time left, and keeps the new one', async () => {
    const first = (await tokens.get(account)).value;
    const renewed = (await tokens.renew(account)).value;
    assert.notEqual(renewed, first);
    assert.equal((await tokens.get(account)).value, renewed);
    assert.equal(sandbox.requests.length, 2);
  });

  it('hides every secret that it meets from the log, whatever its shape', async () => {
    const [access_token, refresh_token] = ['plain-access-token', 'plain-rotated-token'];
    const body = { access_token, expires_in: 3599, refresh_token, token_type: 'Bearer' };
    sandbox.faults.add({ match: /POST \/token/, answer: { status: 200, body } });
    const plain = { ...account, clientSecret: 'plain-client-secret', refreshToken: 'plain-refresh-token' };
    await store.save(plain);
    await tokens.get(plain);
    const line = [access_token, refresh_token, plain.clientSecret, plain.refreshToken].join();
    assert.equal(redactor.redact(line), '[hidden],[hidden],[hidden],[hidden]');
  });

  it('names what Google refuses, and asks again the next time', async () => {
    const body = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };
    sandbox.faults.add({ match: /POST \/token/, times: 1, answer: { status: 400, body } });
    assert.equal((await problemOf(tokens.get(account))).code, 'grant_dead');
    assert.ok((await tokens.get(account)).value);
    assert.equal(await storedToken(), account.refreshToken);
  });

  describe('after a sign-out', () => {
    it('refreshes nothing', async () => {
      await store.remove(account.email);
      for (const work of [tokens.get(account), tokens.replace(account, 'x'), tokens.renew(account)]) {
        assert.equal((await problemOf(work)).code, 'signed_out');
      }
      assert.deepEqual(sandbox.requests, []);
    });

    it('renews and replaces nothing, although a token was obtained before', async () => {
      const { value } = await tokens.get(account);
      await store.remove(account.email);
      assert.equal((await problemOf(tokens.renew(account))).code, 'signed_out');
      assert.equal((await problemOf(tokens.replace(account, value))).code, 'signed_out');
      assert.deepEqual(sandbox.requests, ['POST /token']);
    });
  });

  describe('after a new sign-in of the mailbox', () => {
    it('uses the new refresh token with the next call', async () => {
      const first = await tokens.get(account);
      const again = accountOf(sandbox.address, grant(), 2000);
      await store.save(again);
      sandbox.grants.end(account.refreshToken, 'revoked');
      const second = await tokens.get(again);
      assert.notEqual(second.value, first.value);
      assert.ok(sandbox.grants.find(second.value));
      assert.equal((await tokens.get(again)).value, second.value);
      assert.equal(sandbox.requests.length, 2);
    });

    it('uses the new client', async () => {
      await tokens.get(account);
      const { id, secret } = sandbox.grants.addClient();
      const refreshToken = sandbox.grants.grant(id, FULL_SCOPES);
      // In the same millisecond, as a clock that was set back may have it.
      const again = { ...account, clientId: id, clientSecret: secret, refreshToken };
      await store.save(again);
      assert.equal(sandbox.grants.find((await tokens.get(again)).value)?.clientId, id);
    });
  });

  describe('where Google gives another refresh token', () => {
    const rotate = (refresh_token: string) =>
      sandbox.faults.add({
        match: /POST \/token/,
        times: 1,
        answer: {
          status: 200,
          body: { access_token: 'ya29.rotated', expires_in: 3599, refresh_token, token_type: 'Bearer' },
        },
      });

    it('stores it, and uses it the next time', async () => {
      const next = grant();
      rotate(next);
      assert.equal((await tokens.get(account)).value, 'ya29.rotated');
      assert.deepEqual(await store.find(account.email), { ...account, refreshToken: next });
      sandbox.grants.end(account.refreshToken, 'revoked');
      assert.ok(sandbox.grants.find((await tokens.renew(account)).value));
      assert.equal(redactor.redact(next), '[hidden]');
    });

    it('loses neither token while the storage is locked, and stores the new one when it opens', async () => {
      const next = grant();
      rotate(next);
      isLocked = true;
      assert.equal((await tokens.get(account)).value, 'ya29.rotated');
      assert.equal(await storedToken(), account.refreshToken);
      sandbox.grants.end(account.refreshToken, 'revoked');
      isLocked = false;
      assert.ok(sandbox.grants.find((await tokens.renew(account)).value));
      assert.equal(await storedToken(), next);
    });

    it('stores nothing where it is the same one', async () => {
      let changes = 0;
      store.onDidChange(() => {
        changes += 1;
      });
      rotate(account.refreshToken);
      await tokens.get(account);
      assert.equal(await storedToken(), account.refreshToken);
      assert.equal(changes, 0);
    });

    /** A Google that does something of the test's between the question and its answer. */
    const meanwhile = async (work: () => Promise<void>) => {
      const server = createServer((_, response) => {
        void work().then(() => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const body = { access_token: 'ya29.x', expires_in: 3599, refresh_token: '1//rotated', token_type: 'Bearer' };
          response.end(JSON.stringify(body));
        });
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const slow = { ...account, sandboxOrigin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
      await store.save(slow);
      await tokens.get(slow).catch(() => undefined);
      server.closeAllConnections();
      server.close();
    };

    it('does not bring back an account that was removed meanwhile', async () => {
      await meanwhile(() => store.remove(account.email));
      assert.deepEqual([...vault.values], []);
    });

    it('does not put it over the token of a new sign-in made meanwhile', async () => {
      const again = accountOf(sandbox.address, grant(), 2000);
      await meanwhile(() => store.save(again));
      const { defaultSince } = account;
      assert.deepEqual(await store.find(account.email), { ...again, defaultSince });
    });
  });
});
