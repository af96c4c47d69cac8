import type { Account } from '../../accounts/account.ts';
import type { AccountStore } from '../../accounts/account-store.ts';
import { missingAccess } from '../../shared/access.ts';
import type { CommandTarget } from '../command-ids.ts';
import { choosableLevel } from '../settings.ts';
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
    const picked = await pickAccount(this.#store, {
      title: 'Change the access level of which account?',
      named: email,
    });
    const account = picked?.account;
    if (!account) return;
    const level = await askForLevel(`What the agent may do with ${account.email}`, choosableLevel(), account.level);
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
    const picked = await pickAccount(this.#store, {
      title: 'Use which account by default?',
      describe: (_, isDefault) => (isDefault ? 'the default now' : ''),
    });
    return picked?.account;
  }
}
