import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { ImportedClient } from '../../../src/accounts/client-file.ts';
import { ClientStore } from '../../../src/accounts/client-store.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';
import { problemOf } from '../support.ts';

const clientOf = (name: string, change: Partial<ImportedClient> = {}): ImportedClient => ({
  clientId: `1-${name}.apps.googleusercontent.com`,
  clientSecret: `GOCSPX-${name}`,
  sandboxOrigin: undefined,
  ...change,
});

describe('the OAuth clients that a person has brought', () => {
  let vault: MemoryVault;
  let clients: ClientStore;
  beforeEach(() => {
    vault = memoryVault();
    clients = new ClientStore(vault);
  });

  it('are none at first', async () => assert.deepEqual(await clients.list(), []));

  it('outlive the window, those of the sandbox with their origin', async () => {
    const [mine, sandbox] = [clientOf('mine'), clientOf('sandbox', { sandboxOrigin: 'http://127.0.0.1:40123' })];
    await clients.save(mine);
    await clients.save(sandbox);
    assert.deepEqual(await new ClientStore(vault).list(), [mine, sandbox]);
  });

  it('are kept once each, with the newest secret', async () => {
    await clients.save(clientOf('mine'));
    await clients.save(clientOf('mine', { clientSecret: 'GOCSPX-newer' }));
    assert.deepEqual(await clients.list(), [clientOf('mine', { clientSecret: 'GOCSPX-newer' })]);
    assert.equal((await vault.keys()).length, 1);
  });

  it('are no accounts, and accounts are no clients', async () => {
    await clients.save(clientOf('mine'));
    await vault.store('account:me@example.org', JSON.stringify(clientOf('other')));
    assert.deepEqual(await clients.list(), [clientOf('mine')]);
    const { accounts, unreadable } = await new AccountStore(vault).list();
    assert.deepEqual([accounts, unreadable], [[], ['me@example.org']]);
  });

  for (const broken of [
    '',
    'null',
    '[]',
    '{"version":1,"clientId":"1"',
    '{"version":2,"clientId":"1","clientSecret":"x"}',
  ]) {
    it(`pass over what is none: ${broken || 'an empty text'}`, async () => {
      await vault.store('client:broken', broken);
      await clients.save(clientOf('mine'));
      assert.deepEqual(await clients.list(), [clientOf('mine')]);
    });
  }

  it('pass over one that another window removes meanwhile', async () => {
    await clients.save(clientOf('mine'));
    vault.get = async () => undefined;
    assert.deepEqual(await clients.list(), []);
  });

  const failing: [string, 'read' | 'write', (store: ClientStore) => Promise<unknown>][] = [
    ['list', 'read', (store) => store.list()],
    ['save', 'write', (store) => store.save(clientOf('mine'))],
  ];
  for (const [name, action, call] of failing) {
    it(`${name} says that the secret storage fails, without a secret`, async () => {
      const fail = () => Promise.reject(new Error('E_LOCKED GOCSPX-mine'));
      const problem = await problemOf(call(new ClientStore({ keys: fail, get: fail, store: fail, delete: fail })));
      assert.deepEqual(problem.toWire(), { code: 'storage_failed', facts: { action } });
      assert.doesNotMatch(inspect(problem, { showHidden: true, depth: 9 }), /GOCSPX|E_LOCKED/);
    });
  }
});
