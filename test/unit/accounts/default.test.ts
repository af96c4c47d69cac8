import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore, firstAccount } from '../../../src/accounts/account-store.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';
import { problemOf } from '../support.ts';

const accountOf = (email: string, signedInAt: number): Account => ({
  version: 1,
  email,
  clientId: '1-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-client-secret',
  refreshToken: `1//${email}`,
  level: 'full',
  signedInAt,
});

const THREE = { 'a@x': 1000, 'b@x': 2000, 'c@x': 3000 };

describe('the order of the accounts', () => {
  let vault: MemoryVault;
  let store: AccountStore;
  beforeEach(() => {
    vault = memoryVault();
    store = new AccountStore(vault);
  });

  const emails = async () => (await store.list()).accounts.map(({ email }) => email);

  it('begins with the first that signed in, then those signed in longest, wherever they are kept', async () => {
    await store.save(accountOf('b@x', 2000));
    await store.save(accountOf('d@x', 4000));
    await store.saveTemporarily(accountOf('c@x', 3000));
    await store.save(accountOf('a@x', 1000));
    assert.deepEqual(await emails(), ['b@x', 'a@x', 'c@x', 'd@x']);
  });

  it('begins with the one that was chosen last', async () => {
    for (const [email, at] of Object.entries(THREE)) await store.save(accountOf(email, at));
    await store.change('c@x', { defaultSince: 4000 });
    assert.deepEqual(await emails(), ['c@x', 'a@x', 'b@x']);
    await store.change('b@x', { defaultSince: 5000 });
    assert.deepEqual(await emails(), ['b@x', 'c@x', 'a@x']);
    assert.deepEqual(await new AccountStore(vault).list(), await store.list());
  });

  it('is not changed by a new sign-in of the default account, nor of another', async () => {
    await store.save(accountOf('a@x', 1000));
    await store.save(accountOf('b@x', 2000));
    await store.save(accountOf('a@x', 3000));
    assert.deepEqual(await emails(), ['a@x', 'b@x']);
    await store.save(accountOf('b@x', 4000));
    assert.deepEqual(await emails(), ['a@x', 'b@x']);
  });

  it('goes on with the next where the default one is signed out', async () => {
    for (const [email, at] of Object.entries(THREE)) await store.save(accountOf(email, at));
    await store.remove('a@x');
    assert.deepEqual(await emails(), ['b@x', 'c@x']);
    await store.save(accountOf('a@x', 4000));
    assert.deepEqual(await emails(), ['b@x', 'c@x', 'a@x']);
  });

  it('makes a temporary account the default one only where it is alone', async () => {
    await store.saveTemporarily(accountOf('sandbox', 9000));
    assert.equal((await store.find('sandbox'))?.defaultSince, 9000);
    await store.remove('sandbox');
    await store.save(accountOf('a@x', 1000));
    await store.saveTemporarily(accountOf('sandbox', 9000));
    assert.deepEqual(await emails(), ['a@x', 'sandbox']);
  });

  it('gives the first account to tools, or says that nobody is signed in', async () => {
    assert.equal((await problemOf(async () => firstAccount(await store.list()))).code, 'signed_out');
    await store.save(accountOf('a@x', 1000));
    assert.equal(firstAccount(await store.list()).email, 'a@x');
  });
});

describe('a change of an account', () => {
  let store: AccountStore;
  let changes: number;
  beforeEach(async () => {
    store = new AccountStore(memoryVault());
    await store.save(accountOf('Me@example.org', 1000));
    changes = 0;
    store.onDidChange(() => {
      changes += 1;
    });
  });

  it('changes nothing else of it, and is told', async () => {
    const before = await store.find('me@example.org');
    await store.change('ME@example.org', { level: 'read', scopes: ['gmail.readonly'] });
    assert.deepEqual(await store.find('me@example.org'), { ...before, level: 'read', scopes: ['gmail.readonly'] });
    assert.equal(changes, 1);
  });

  it('does not bring back an account that was signed out', async () => {
    await store.remove('me@example.org');
    await store.change('me@example.org', { level: 'read' });
    assert.deepEqual((await store.list()).accounts, []);
  });

  it('loses nothing where two come at once', async () => {
    await Promise.all([
      store.change('me@example.org', { level: 'read' }),
      store.change('me@example.org', { defaultSince: 7000 }),
    ]);
    const { level, defaultSince } = (await store.find('me@example.org')) ?? {};
    assert.deepEqual([level, defaultSince], ['read', 7000]);
  });
});
