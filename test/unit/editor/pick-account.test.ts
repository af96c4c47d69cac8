import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { storedAccount } from '../../support/account.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';
import { problemOf } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

type Row = { label: string; description: string };
/** The rows of each question, and which of them the person picks. */
const asked: Row[][] = [];
let pick: string | undefined;
standInForVscode({
  window: {
    showQuickPick: async (rows: Row[]) => {
      asked.push(rows);
      return rows.find(({ label }) => label === pick);
    },
  },
});
const { pickAccount } = await import('../../../src/editor/accounts/pick-account.ts');

const accountOf = (email: string, signedInAt: number) => storedAccount({ email, signedInAt, level: 'read' });
const title = 'Which account?';
const maximum = 'full';

describe('the account that a command is about', () => {
  let vault: MemoryVault;
  let store: AccountStore;
  beforeEach(() => {
    [vault, pick, asked.length] = [memoryVault(), undefined, 0];
    store = new AccountStore(vault);
  });
  const signIn = async (...emails: string[]) => {
    for (const [index, email] of emails.entries()) await store.save(accountOf(email, index + 1));
  };
  const rows = () => asked.map((each) => each.map(({ label, description }) => [label, description]));

  it('is the only one, or the named one, without a question', async () => {
    await signIn('a@x');
    assert.equal((await pickAccount(store, { title, maximum }))?.account?.email, 'a@x');
    await signIn('b@x');
    assert.equal((await pickAccount(store, { title, maximum, named: 'b@x' }))?.account?.email, 'b@x');
    assert.deepEqual(asked, []);
  });

  it('is the one that the person picks, and none where they leave', async () => {
    await signIn('a@x', 'b@x');
    pick = 'b@x';
    assert.equal((await pickAccount(store, { title, maximum, named: 'gone@x' }))?.account?.email, 'b@x');
    pick = undefined;
    const describe = (_: ReturnType<typeof accountOf>, isDefault: boolean) => (isDefault ? 'the default now' : '');
    assert.equal(await pickAccount(store, { title, maximum, describe }), undefined);
    assert.deepEqual(rows(), [
      [
        ['a@x', 'access: Read'],
        ['b@x', 'access: Read'],
      ],
      [
        ['a@x', 'the default now'],
        ['b@x', ''],
      ],
    ]);
  });

  it('is shown with what the settings leave of its level', async () => {
    await signIn('a@x');
    await store.save({ ...accountOf('b@x', 2), level: 'full' });
    await pickAccount(store, { title, maximum: 'draft' });
    assert.deepEqual(rows(), [
      [
        ['a@x', 'access: Read'],
        ['b@x', 'access: Full, but the settings allow no more than Draft'],
      ],
    ]);
  });

  it('may be one that cannot be read only where that is asked for; else nobody is signed in', async () => {
    await vault.store('account:old@x', '{}');
    assert.match((await problemOf(pickAccount(store, { title, maximum }))).explain('person').what, /old@x/);
    assert.equal((await pickAccount(store, { title, maximum, unreadable: true }))?.label, 'old@x');
    assert.deepEqual(asked, []);
  });
});
