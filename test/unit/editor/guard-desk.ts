import { beforeEach } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { GuardedSettings, type GuardOptions } from '../../../src/editor/limits/guarded-settings.ts';
import { storedAccount } from '../../support/account.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';

type Settings = ReturnType<GuardOptions['settings']>;

export const ACCOUNT = storedAccount();
export const STRICT: Settings = {
  hiddenQuery: 'label:private',
  showsCodes: false,
  maximumAccess: 'draft',
  recordsActivity: true,
};
export const LOOSE: Settings = { hiddenQuery: '', showsCodes: true, maximumAccess: 'full', recordsActivity: false };

/** The accounts and the settings of a window for each test of a suite, and guards of them. */
export class GuardDesk {
  vault!: MemoryVault;
  store!: AccountStore;
  settings!: Settings;
  isFocused = true;
  /** The questions so far, and how the next ones are answered; a question without an answer stands open. */
  asked: string[][] = [];
  answers: (boolean | Promise<boolean>)[] = [];
  changes = 0;

  constructor() {
    beforeEach(() => {
      this.vault = memoryVault();
      this.store = new AccountStore(this.vault);
      this.settings = { ...STRICT };
      [this.asked, this.answers, this.isFocused, this.changes] = [[], [], true, 0];
    });
  }

  newGuard = (place = 'here') =>
    new GuardedSettings({
      store: this.store,
      vault: this.vault,
      place,
      settings: () => this.settings,
      ask: (lines) => {
        this.asked.push([...lines]);
        return Promise.resolve(this.answers.shift() ?? new Promise<boolean>(() => undefined));
      },
      isFocused: () => this.isFocused,
      onChange: () => {
        this.changes += 1;
      },
    });

  /** A guard of somebody who is signed in with the strict settings. */
  signedIn = async (place?: string) => {
    await this.store.save(ACCOUNT);
    const guard = this.newGuard(place);
    await guard.follow();
    return guard;
  };

  change = async (guard: GuardedSettings, to: Partial<Settings>) => {
    this.settings = { ...this.settings, ...to };
    await guard.follow();
    await turn();
  };
}

export const holding = (guard: GuardedSettings) => ({
  ...guard.privacy(),
  maximumAccess: guard.maximumLevel(),
  recordsActivity: guard.recordsActivity(),
});

export const turn = () => new Promise((resolve) => setImmediate(resolve));
