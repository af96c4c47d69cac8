import { window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import type { AccountStore } from '../../accounts/account-store.ts';
import { missingAccess } from '../../shared/access.ts';
import type { CommandTarget } from '../command-ids.ts';
import { maximumLevel } from '../settings.ts';
import { askForLevel, describeLevel } from '../sign-in/level-prompt.ts';
import type { SignInCommand } from '../sign-in/sign-in-command.ts';
import { tell } from '../tell.ts';
import { pickAccount } from './pick-account.ts';

/** The commands that change what the agent may do, and with which account. */
export class AccessCommands {
  readonly #store: AccountStore;
  readonly #signIn: SignInCommand;

  constructor(store: AccountStore, signIn: SignInCommand) {
    this.#store = store;
    this.#signIn = signIn;
  }

  /** `Gmail: Change Access Level…`. Less takes effect at once; more may need Google's page first. */
  async changeLevel({ email }: CommandTarget = {}): Promise<void> {
    const account = await pickAccount(this.#store, 'Change the access level of which account?', email);
    if (!account) return;
    const level = await askForLevel(`What the agent may do with ${account.email}`, maximumLevel(), account.level);
    if (!level || (level === account.level && missingAccess(level, account.scopes).length === 0)) return;
    if (missingAccess(level, account.scopes).length > 0) {
      await this.#signIn.widen(account, level);
      return;
    }
    await this.#store.change(account.email, { level });
    tell(`The agent may now ${describeLevel(level)} with ${account.email}.`);
  }

  /** `Gmail: Choose Default Account…`. */
  async chooseDefault({ email }: CommandTarget = {}): Promise<void> {
    const account = email ? await this.#store.find(email) : await this.#pickDefault();
    if (!account) return;
    await this.#store.change(account.email, { defaultSince: Date.now() });
    tell(`The agent uses ${account.email} where you name no other account.`);
  }

  async #pickDefault(): Promise<Account | undefined> {
    const { accounts } = await this.#store.list();
    if (accounts.length < 2) return pickAccount(this.#store, 'Use which account by default?');
    const items = accounts.map((account, index) => ({
      label: account.email,
      description: index === 0 ? 'the default now' : '',
      account,
    }));
    return (await window.showQuickPick(items, { title: 'Use which account by default?', ignoreFocusOut: true }))
      ?.account;
  }
}
