import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Memento } from 'vscode';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { ExpiryNotice } from '../../../src/editor/accounts/expiry-notice.ts';
import { memoryVault } from '../../support/vault.ts';
import { standInForVscode } from './vscode-stand-in.ts';

const shown: { text: string; buttons: string[] }[] = [];
const executed: [string, object | undefined][] = [];
let press: string | undefined;
standInForVscode({
  window: {
    showWarningMessage: async (text: string, ...buttons: string[]) => {
      shown.push({ text, buttons });
      return press;
    },
  },
  commands: { executeCommand: async (id: string, target?: object) => void executed.push([id, target]) },
  env: { openExternal: async (address: string) => void executed.push([address, undefined]) },
  Uri: { parse: (address: string) => address },
});
const { ExpiryNotice: RealNotice } = await import('../../../src/editor/accounts/expiry-notice.ts');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = Date.UTC(2031, 4, 8, 12);
const ACCOUNT: Account = {
  version: 1,
  email: 'me@example.org',
  clientId: '1-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-canary',
  refreshToken: '1//canary',
  level: 'full',
  signedInAt: END - 7 * DAY,
  endsAt: END,
};

/** The notes of the extension, as VS Code keeps them over a restart. */
function mementoOf(values = new Map<string, unknown>()): Memento {
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, usual?: T) => (values.get(key) as T | undefined) ?? usual,
    update: async (key: string, value: unknown) => void values.set(key, value),
  } as Memento;
}

describe('the notice that a sign-in ends', () => {
  let store: AccountStore;
  let notes: Memento;
  let notice: ExpiryNotice;
  let now: number;
  beforeEach(() => {
    [shown.length, executed.length, press, now] = [0, 0, undefined, END - DAY];
    store = new AccountStore(memoryVault());
    notes = mementoOf();
    notice = new RealNotice(store, notes, { now: () => now });
  });

  /** Once everything that a change has set off is done. */
  const settled = async () => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
  };
  const save = async (change: Partial<Account> = {}) => {
    await store.save({ ...ACCOUNT, ...change });
    await settled();
  };

  const times: [string, number, boolean][] = [
    ['seven days', 7 * DAY, false],
    ['a day and a minute', DAY + 60_000, false],
    ['a day', DAY, true],
    ['an hour', HOUR, true],
    ['a millisecond', 1, true],
    ['nothing', 0, false],
    ['less than nothing', -DAY, false],
  ];
  for (const [kind, left, isDue] of times) {
    it(`${isDue ? 'comes' : 'does not come'} where ${kind} is left`, async () => {
      now = END - left;
      await save();
      await notice.look();
      assert.equal(shown.length, isDue ? 1 : 0);
    });
  }

  it('does not come for a sign-in without an end', async () => {
    const { endsAt: _, ...account } = ACCOUNT;
    await store.save(account);
    await notice.look();
    assert.deepEqual(shown, []);
  });

  it('names the mailbox, the time, the cause and the way out, and no secret', async () => {
    await save();
    const [{ text, buttons } = { text: '', buttons: [] }] = shown;
    const time = new Date(END).toLocaleString([], { dateStyle: 'full', timeStyle: 'short' });
    for (const words of ['me@example.org', time, 'Testing', 'seven days', 'Publish the app']) {
      assert.ok(text.includes(words), text);
    }
    assert.doesNotMatch(text, /canary/);
    assert.deepEqual(buttons, ['Publish the App', 'Sign In Again']);
  });

  it('comes once, however often one looks, also after a restart', async () => {
    await save();
    await Promise.all([notice.look(), notice.look()]);
    now += HOUR;
    await notice.look();
    store.notify();
    await settled();
    const later = new RealNotice(store, notes, { now: () => now });
    await later.look();
    assert.equal(shown.length, 1);
  });

  it('comes anew when a new sign-in ends', async () => {
    await save();
    await save({ signedInAt: END, endsAt: END + 7 * DAY });
    assert.equal(shown.length, 1);
    now = END + 6 * DAY;
    await notice.look();
    assert.equal(shown.length, 2);
  });

  it('comes for each account that is due', async () => {
    await save();
    await save({ email: 'other@example.org', endsAt: END + 7 * DAY });
    await save({ email: 'third@example.org', endsAt: END - HOUR });
    assert.deepEqual(
      shown.map(({ text }) => /of (\S+) ends/.exec(text)?.[1]),
      ['me@example.org', 'third@example.org'],
    );
  });

  it('comes when somebody comes back to the window in time', async () => {
    now = END - DAY - HOUR;
    await save();
    assert.deepEqual(shown, []);
    now = END - DAY;
    await notice.look();
    assert.equal(shown.length, 1);
  });

  const ways: [string, [string, object | undefined]][] = [
    ['Publish the App', ['https://console.cloud.google.com/auth/audience', undefined]],
    ['Sign In Again', ['headlessGmail.signIn', { email: 'me@example.org' }]],
  ];
  for (const [button, expected] of ways) {
    it(`leads on by ${button}`, async () => {
      press = button;
      await save();
      assert.deepEqual(executed, [expected]);
    });
  }

  it('does nothing where it is closed without a button', async () => {
    await save();
    assert.deepEqual([shown.length, executed], [1, []]);
  });

  it('does not mind a secret storage that is locked', async () => {
    store.list = () => Promise.reject(new Error('locked'));
    await notice.look();
    assert.deepEqual(shown, []);
  });
});
