import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { Vault } from '../../../src/accounts/secret-store.ts';
import { problemOf } from '../support.ts';

const ACCOUNT: Account = {
  version: 1,
  email: 'me@example.org',
  clientId: '1-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-client-secret',
  refreshToken: '1//refresh-token',
  level: 'full',
  signedInAt: 1000,
};
const SECRETS = /1\/\/|GOCSPX|E_LOCKED/;

/** A secret storage whose keyring is locked, and which says in its errors what it was given and what it holds. */
const locked = (held: string): Vault => ({
  keys: async () => ['account:me@example.org'],
  get: (key) => Promise.reject(new Error(`E_LOCKED: cannot read ${key}=${held}`)),
  store: (key, value) => Promise.reject(new Error(`E_LOCKED: cannot store ${key}=${value}`)),
  delete: (key) => Promise.reject(new Error(`E_LOCKED: cannot delete ${key}=${held}`)),
});

describe('AccountStore, where the secret storage fails', () => {
  let vault: Vault;
  let store: AccountStore;
  let notified: number;

  beforeEach(() => {
    vault = locked(JSON.stringify(ACCOUNT));
    store = new AccountStore(vault);
    notified = 0;
    store.onDidChange(() => {
      notified += 1;
    });
  });

  const calls: [string, 'read' | 'write', () => Promise<unknown>][] = [
    ['list', 'read', () => store.list()],
    ['find', 'read', () => store.find('me@example.org')],
    ['replaceRefreshToken', 'read', () => store.replaceRefreshToken(ACCOUNT, '1//new')],
    ['save', 'read', () => store.save(ACCOUNT)],
    ['saveTemporarily', 'read', () => store.saveTemporarily(ACCOUNT)],
    ['change', 'read', () => store.change('me@example.org', { level: 'read' })],
    ['remove', 'write', () => store.remove('me@example.org')],
  ];
  const isTold = async (action: string, call: () => Promise<unknown>) => {
    const problem = await problemOf(call);
    assert.deepEqual(problem.toWire(), { code: 'storage_failed', facts: { action } });
    // Neither in the words nor in any field, the stack and a cause included.
    assert.doesNotMatch(inspect(problem, { showHidden: true, depth: 9 }), SECRETS);
    assert.doesNotMatch(JSON.stringify([problem, problem.explain('editor'), problem.stack, problem.cause]), SECRETS);
    assert.equal(notified, 0);
  };

  for (const [name, action, call] of calls) {
    it(`${name} says so, without a secret and without telling of a change`, () => isTold(action, call));

    it(`${name} says so where the storage throws at once`, async () => {
      const broken = () => {
        throw new Error(`E_LOCKED: ${JSON.stringify(ACCOUNT)}`);
      };
      Object.assign(vault, { keys: broken, get: broken, store: broken, delete: broken });
      await isTold(action, call);
    });
  }

  it('list says so where the keys cannot be read', async () => {
    vault.keys = () => Promise.reject(new Error('E_LOCKED: locked'));
    await isTold('read', () => store.list());
  });

  const changes: [string, () => Promise<unknown>][] = [
    ['save', () => store.save(ACCOUNT)],
    ['change', () => store.change('me@example.org', { level: 'read' })],
    ['replaceRefreshToken', () => store.replaceRefreshToken(ACCOUNT, '1//new')],
  ];
  for (const [name, call] of changes) {
    it(`${name} says that it cannot write where reading works`, async () => {
      vault.get = async () => JSON.stringify(ACCOUNT);
      await isTold('write', call);
    });
  }

  it('reports no account as unreadable, and works again once the keyring is open', async () => {
    await isTold('read', () => store.list());
    vault.get = async () => JSON.stringify(ACCOUNT);
    assert.deepEqual(await store.list(), { accounts: [ACCOUNT], unreadable: [] });
  });

  it('finds, changes and removes a temporary account all the same', async () => {
    const read = vault.get;
    vault.get = async () => undefined;
    await store.saveTemporarily(ACCOUNT);
    vault.get = read;
    await store.change('me@example.org', { level: 'read' });
    assert.equal((await store.find('me@example.org'))?.level, 'read');
    await store.remove('me@example.org');
    assert.equal(notified, 3);
  });
});
