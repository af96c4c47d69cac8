import type { Account } from '../../accounts/account.ts';
import type { AccountStore } from '../../accounts/account-store.ts';
import { type AccessLevel, holdsFilters, missingAccess, withoutFilters } from '../../shared/access.ts';
import type { CommandTarget } from '../command-ids.ts';
import { choosableLevel } from '../settings.ts';
import { askForAccess, describeLevel, hasFilters } from '../sign-in/level-prompt.ts';
import type { SignInCommand } from '../sign-in/sign-in-command.ts';
import { BACK } from '../sign-in/steps.ts';
import { tell } from '../tell.ts';
import { pickAccount } from './pick-account.ts';

/** The commands that change what the agent may do, and with which account. */
export class AccessCommands {
  readonly #store: AccountStore;
  readonly #signIn: SignInCommand;
  readonly #maximumLevel: () => AccessLevel;

  /** @param maximumLevel the most that any account may allow */
  constructor(store: AccountStore, signIn: SignInCommand, maximumLevel: () => AccessLevel) {
    this.#store = store;
    this.#signIn = signIn;
    this.#maximumLevel = maximumLevel;
  }

  /** `Gmail: Change Access Level…`. Less takes effect at once; more may need Google's page first. */
  async changeLevel({ email }: CommandTarget = {}): Promise<void> {
    const picked = await pickAccount(this.#store, {
      title: 'Change the access level of which account?',
      named: email,
      maximum: this.#maximumLevel(),
    });
    const account = picked?.account;
    if (!account) return;
    const hadFilters = holdsFilters(account.scopes);
    const now = { level: account.level, filters: hadFilters };
    const chosen = await askForAccess(`What the agent may do with ${account.email}`, choosableLevel(), { now });
    if (!chosen || chosen === BACK) return;
    const { level, filters } = chosen;
    const isMissing = missingAccess(level, account.scopes, filters).length > 0;
    if (level === account.level && filters === hadFilters && !isMissing) return;
    if (isMissing) {
      await this.#signIn.widen(account, chosen);
      return;
    }
    // What is not wanted any more is not offered any more; Google’s own permission ends with a sign-out alone.
    const scopes = hadFilters && !filters ? { scopes: withoutFilters(account.scopes ?? []) } : {};
    await this.#store.change(account.email, { level, ...scopes });
    tell(
      `The agent may now ${describeLevel(level, hasFilters({ ...account, ...scopes, level }))} with ${account.email}.`,
    );
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
      maximum: this.#maximumLevel(),
      describe: (_, isDefault) => (isDefault ? 'the default now' : ''),
    });
    return picked?.account;
  }
}
