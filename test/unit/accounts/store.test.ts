import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';

/** The only account becomes the default one, from when it was signed in. */
const theDefault = (account: Account): Account => ({ ...account, defaultSince: account.signedInAt });

const accountOf = (email: string, signedInAt = 1000, refreshToken = `1//${email}`): Account => ({
  version: 1,
  email,
  clientId: '1-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-client-secret',
  refreshToken,
  level: 'full',
  signedInAt,
});

describe('AccountStore', () => {
  let vault: MemoryVault;
  let store: AccountStore;
  let notified: number;

  beforeEach(() => {
    vault = memoryVault();
    store = new AccountStore(vault);
    notified = 0;
    store.onDidChange(() => {
      notified += 1;
    });
  });

  const emails = async () => (await store.list()).accounts.map(({ email }) => email);

  it('has no accounts at first', async () => {
    assert.deepEqual(await store.list(), { accounts: [], unreadable: [] });
    assert.equal(await store.find('me@example.org'), undefined);
  });

  it('keeps an account over a restart, whole, as one value of the storage', async () => {
    const account = { ...accountOf('me@example.org'), scopes: ['gmail.modify'] };
    await store.save(account);
    const later = new AccountStore(vault);
    assert.deepEqual(await later.find('me@example.org'), theDefault(account));
    assert.deepEqual(await later.list(), { accounts: [theDefault(account)], unreadable: [] });
    assert.equal(vault.values.size, 1);
  });

  it('knows a mailbox in any spelling, and keeps one value of it', async () => {
    await store.save(accountOf('Me@Example.org', 1000, '1//old'));
    await store.save(accountOf('me@example.ORG', 2000, '1//new'));
    assert.equal(vault.values.size, 1);
    assert.deepEqual(await emails(), ['me@example.ORG']);
    assert.equal((await store.find('ME@EXAMPLE.ORG'))?.refreshToken, '1//new');
    await store.remove('mE@example.org');
    assert.deepEqual([await emails(), vault.values.size], [[], 0]);
  });

  it('removes one account and leaves the others', async () => {
    await store.save(accountOf('a@example.org'));
    await store.save(accountOf('b@example.org'));
    await store.remove('a@example.org');
    assert.deepEqual(await emails(), ['b@example.org']);
    assert.equal(await store.find('a@example.org'), undefined);
  });

  it('leaves values that are no accounts to their owner', async () => {
    vault.values.set('something else', 'a secret of another part');
    await store.save(accountOf('me@example.org'));
    assert.deepEqual(await store.list(), {
      accounts: [theDefault(accountOf('me@example.org'))],
      unreadable: [],
    });
    await store.remove('something else');
    assert.ok(vault.values.has('something else'));
  });

  describe('with a value that no longer parses', () => {
    const broken = '{"version":1,"email":"broken@example.org","refre';
    beforeEach(async () => {
      await store.save(accountOf('me@example.org'));
      vault.values.set('account:broken@example.org', broken);
      vault.writes.length = 0;
    });

    it('reports it, lists the others, and touches nothing', async () => {
      assert.deepEqual(await store.list(), {
        accounts: [theDefault(accountOf('me@example.org'))],
        unreadable: ['broken@example.org'],
      });
      assert.equal(await store.find('broken@example.org'), undefined);
      await store.replaceRefreshToken(accountOf('broken@example.org'), '1//new');
      assert.equal(vault.values.get('account:broken@example.org'), broken);
      assert.deepEqual(vault.writes, []);
    });

    it('can remove it, and replace it by a new sign-in', async () => {
      await store.save(accountOf('broken@example.org'));
      assert.deepEqual((await store.list()).unreadable, []);
      vault.values.set('account:broken@example.org', broken);
      await store.remove('broken@example.org');
      assert.deepEqual([...vault.values.keys()], ['account:me@example.org']);
    });
  });

  it('does not report an account that another window removes while it lists', async () => {
    await store.save(accountOf('me@example.org'));
    vault.get = async () => undefined;
    assert.deepEqual(await store.list(), { accounts: [], unreadable: [] });
  });

  describe('with a temporary account', () => {
    const temporary = accountOf('sandbox@example.org', 5000, '1//temporary');

    it('never brings it to the secret storage', async () => {
      await store.saveTemporarily(temporary);
      await store.replaceRefreshToken(temporary, '1//new');
      await store.change('sandbox@example.org', { level: 'read' });
      const expected = { ...theDefault(temporary), refreshToken: '1//new', level: 'read' };
      assert.deepEqual(await store.find('Sandbox@example.org'), expected);
      await store.remove('SANDBOX@example.org');
      assert.equal(await store.find('sandbox@example.org'), undefined);
      assert.deepEqual(vault.writes, []);
      assert.deepEqual([...vault.values], []);
    });

    it('forgets it with the window', async () => {
      await store.saveTemporarily(temporary);
      assert.deepEqual(await new AccountStore(vault).list(), { accounts: [], unreadable: [] });
    });
  });

  describe('listeners', () => {
    it('are told of every change, after it', async () => {
      const seen: string[][] = [];
      store.onDidChange(() => seen.push([...vault.values.keys()]));
      await store.save(accountOf('a@example.org'));
      await store.remove('a@example.org');
      assert.deepEqual(seen, [['account:a@example.org'], []]);
      await store.saveTemporarily(accountOf('t@example.org'));
      await store.remove('t@example.org');
      store.notify();
      assert.equal(notified, 5);
    });

    it('are told nothing by reading', async () => {
      await store.list();
      await store.find('me@example.org');
      await store.replaceRefreshToken(accountOf('me@example.org'), '1//new');
      assert.equal(notified, 0);
    });

    it('are told nothing more once they have unsubscribed, and the others still are', async () => {
      let other = 0;
      const unsubscribe = store.onDidChange(() => {
        other += 1;
      });
      store.notify();
      unsubscribe();
      unsubscribe();
      store.notify();
      assert.deepEqual([other, notified], [1, 2]);
    });
  });

  describe('replaceRefreshToken', () => {
    it('replaces the token and nothing else', async () => {
      await store.save({ ...accountOf('me@example.org'), scopes: ['gmail.modify'] });
      await store.replaceRefreshToken({ ...accountOf('me@example.org'), email: 'ME@example.org' }, '1//new');
      assert.deepEqual(await store.find('me@example.org'), {
        ...theDefault(accountOf('me@example.org', 1000, '1//new')),
        scopes: ['gmail.modify'],
      });
    });

    it('does not bring back an account that was removed', async () => {
      await store.save(accountOf('me@example.org'));
      await store.remove('me@example.org');
      await store.replaceRefreshToken(accountOf('me@example.org'), '1//new');
      assert.deepEqual([...vault.values], []);
    });

    it('does not bring back an account that is removed while it reads', async () => {
      await store.save(accountOf('me@example.org'));
      const gate = Promise.withResolvers<void>();
      const read = vault.get.bind(vault);
      // The storage reads at once and answers late, as a keyring does.
      vault.get = async (key) => {
        const value = await read(key);
        await gate.promise;
        return value;
      };
      const replaced = store.replaceRefreshToken(accountOf('me@example.org'), '1//new');
      const removed = store.remove('me@example.org');
      gate.resolve();
      await Promise.all([replaced, removed]);
      assert.deepEqual([...vault.values], []);
    });
  });
});
