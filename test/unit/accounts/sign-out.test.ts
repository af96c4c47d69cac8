import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { signOut } from '../../../src/accounts/sign-out.ts';
import { FULL_SCOPES, type Sandbox } from '../../../src/sandbox/start.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';
import { accountOf } from '../../support/window.ts';
import { problemOf, sandboxForAll } from '../support.ts';

describe('a sign-out', () => {
  let sandbox: Sandbox;
  let vault: MemoryVault;
  let store: AccountStore;
  let refreshToken: string;
  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(async () => {
    vault = memoryVault();
    store = new AccountStore(vault);
    refreshToken = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
    await store.save({ ...accountOf(sandbox), refreshToken });
    sandbox.requests.length = 0;
  });
  afterEach(() => sandbox.faults.clear());

  const isForgotten = async () => {
    assert.deepEqual(await store.list(), { accounts: [], unreadable: [] });
    assert.deepEqual(await vault.keys(), []);
  };
  const lives = () => {
    try {
      return sandbox.grants.refresh(sandbox.client, refreshToken).value !== '';
    } catch {
      return false;
    }
  };

  it('withdraws the permission at Google, with every token of it, and forgets the account', async () => {
    const { value } = sandbox.grants.refresh(sandbox.client, refreshToken);
    assert.deepEqual(await signOut(store, sandbox.address), { email: sandbox.address, notRevoked: undefined });
    await isForgotten();
    assert.deepEqual([lives(), sandbox.grants.find(value)], [false, undefined]);
  });

  it('leaves other sign-ins alone', async () => {
    await store.save({ ...accountOf(sandbox), email: 'mira.vale@sandbox.example' });
    await signOut(store, sandbox.address);
    assert.deepEqual(
      (await store.list()).accounts.map(({ email }) => email),
      ['mira.vale@sandbox.example'],
    );
    assert.ok(sandbox.grants.refresh(sandbox.client, sandbox.refreshToken).value);
  });

  it('tells Google the token where no proxy logs it: not in the address', async () => {
    await signOut(store, sandbox.address);
    assert.deepEqual(sandbox.requests, ['POST /revoke']);
  });

  it('finds the account in any spelling', async () => {
    await signOut(store, sandbox.address.toUpperCase());
    await isForgotten();
    assert.equal(lives(), false);
  });

  it('counts as done where Google has forgotten the token already', async () => {
    sandbox.grants.end(refreshToken, 'revoked');
    assert.equal((await signOut(store, sandbox.address)).notRevoked, undefined);
    await isForgotten();
  });

  const faults: [string, Parameters<Sandbox['faults']['add']>[0], string][] = [
    ['nobody answers', { match: /revoke/, cut: true }, 'offline'],
    ['Google fails', { match: /revoke/, answer: { status: 503 } }, 'google_failed'],
    [
      'Google refuses otherwise',
      { match: /revoke/, answer: { status: 400, body: { error: 'invalid_request' } } },
      'token_request_refused',
    ],
  ];
  for (const [kind, fault, code] of faults) {
    it(`forgets the account although ${kind}, and says that`, async () => {
      sandbox.faults.add(fault);
      const { email, notRevoked } = await signOut(store, sandbox.address);
      assert.deepEqual([email, notRevoked?.code], [sandbox.address, code]);
      await isForgotten();
      assert.equal(lives(), true);
    });
  }

  it('forgets what can no longer be read, and asks nobody', async () => {
    await vault.store('account:broken@example.org', '{"version":1');
    assert.equal((await signOut(store, 'broken@example.org')).notRevoked, undefined);
    assert.deepEqual((await store.list()).unreadable, []);
    assert.deepEqual(sandbox.requests, []);
  });

  it('forgets a temporary account', async () => {
    await store.saveTemporarily({ ...accountOf(sandbox), email: 'temporary@sandbox.example' });
    await signOut(store, 'temporary@sandbox.example');
    assert.deepEqual(
      (await store.list()).accounts.map(({ email }) => email),
      [sandbox.address],
    );
  });

  it('says that the account is still stored where the secret storage fails', async () => {
    mock.method(vault, 'delete', () => Promise.reject(new Error('locked')));
    assert.equal((await problemOf(signOut(store, sandbox.address))).code, 'storage_failed');
    assert.equal((await store.list()).accounts.length, 1);
  });
});
