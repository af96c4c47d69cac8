import { commands, window } from 'vscode';
import type { AccessTokens } from '../../accounts/access-tokens.ts';
import type { Account } from '../../accounts/account.ts';
import { type AccountStore, firstAccount } from '../../accounts/account-store.ts';
import type { AccessLevel } from '../../shared/access.ts';
import { COMMANDS, type CommandTarget } from '../command-ids.ts';
import type { Reporter } from '../report.ts';
import type { AccountHealth } from '../status/account-health.ts';
import { describeTrouble } from '../status/mailboxes.ts';
import { tell, withProgress } from '../tell.ts';
import { type AccountItem, itemOf, pickAccount, unreadableItem } from './pick-account.ts';

/** What can be done with one account, and the command that does it. */
const ACTIONS = {
  'Refresh Access Token': COMMANDS.refreshToken,
  'Use by Default': COMMANDS.chooseDefault,
  'Change Access Level…': COMMANDS.changeAccess,
  'Sign In Again…': COMMANDS.signIn,
  'Sign Out…': COMMANDS.signOut,
} as const;

interface AccountSources {
  store: AccountStore;
  tokens: AccessTokens;
  reporter: Reporter;
  health: Pick<AccountHealth, 'of'>;
  /** The most that any account may allow. */
  maximumLevel(): AccessLevel;
}

/** The commands that show accounts and refresh their tokens. Errors they throw are shown by whoever runs them. */
export class AccountCommands {
  readonly #store: AccountStore;
  readonly #tokens: AccessTokens;
  readonly #reporter: Reporter;
  readonly #health: Pick<AccountHealth, 'of'>;
  readonly #maximumLevel: () => AccessLevel;

  constructor({ store, tokens, reporter, health, maximumLevel }: AccountSources) {
    this.#store = store;
    this.#tokens = tokens;
    this.#reporter = reporter;
    this.#health = health;
    this.#maximumLevel = maximumLevel;
  }

  /** `Gmail: Refresh Access Token`. */
  async refresh({ email }: CommandTarget = {}): Promise<void> {
    const title = 'Refresh the access token of which account?';
    const picked = await pickAccount(this.#store, { title, named: email, maximum: this.#maximumLevel() });
    if (picked?.account) await this.#refreshShown(picked.account);
  }

  /** `Gmail: Refresh All Access Tokens`. One failure does not keep the others from being refreshed. */
  async refreshAll(): Promise<void> {
    const stored = await this.#store.list();
    firstAccount(stored);
    const { accounts } = stored;
    const done = await withProgress('Refreshing all access tokens…', () =>
      Promise.allSettled(accounts.map((account) => this.#tokens.renew(account))),
    );
    const refreshed = accounts.flatMap((account, index) => {
      const result = done[index];
      if (result?.status === 'fulfilled') this.#reporter.recovered(account.email);
      if (result?.status === 'fulfilled') return [`${account.email} until ${timeOf(result.value)}`];
      this.#reporter.tell(result?.reason, { email: account.email });
      return [];
    });
    if (refreshed.length === 0) return;
    tell(`${refreshed.length} of ${accounts.length} access tokens refreshed: ${refreshed.join('; ')}.`);
  }

  /** `Gmail: Show Accounts`: who is signed in, and what can be done with each. */
  async show(): Promise<void> {
    await this.#store.lookAgain();
    const { accounts, unreadable } = await this.#store.list();
    const add = { label: '$(add) Sign In…', account: undefined };
    const rows = accounts.map((account, index) => this.#rowOf(account, index === 0));
    const picked = await window.showQuickPick([...rows, ...unreadable.map(unreadableItem), add], {
      title: accounts.length === 0 ? 'Gmail accounts: nobody is signed in' : 'Gmail accounts',
      placeHolder: 'Choose an account for what can be done with it, or sign in',
    });
    if (!picked) return;
    if (picked.label === add.label) await commands.executeCommand(COMMANDS.signIn);
    else await act(picked.label, picked.account !== undefined);
  }

  /** An account whose sign-in is known to be dead says so before anything else. */
  #rowOf(account: Account, isDefault: boolean): AccountItem & { detail?: string } {
    const trouble = describeTrouble(this.#health.of(account));
    const detail = [trouble && `$(warning) ${trouble}`, isDefault && 'Agent mode uses this account'].filter(Boolean);
    return { ...itemOf(account, this.#maximumLevel()), ...(detail.length > 0 ? { detail: detail.join('. ') } : {}) };
  }

  async #refreshShown(account: Account): Promise<void> {
    const { email } = account;
    try {
      const token = await withProgress(`Refreshing the access token of ${email}…`, () => this.#tokens.renew(account));
      this.#reporter.recovered(email);
      tell(`Access token refreshed, good until ${timeOf(token)}: ${email}.`);
    } catch (error) {
      await this.#reporter.show(error, { email });
    }
  }
}

/** Asks what to do with an account, and does it. One that cannot be read can only be forgotten. */
async function act(email: string, isReadable: boolean): Promise<void> {
  const possible = Object.keys(ACTIONS).filter((action) => isReadable || action === 'Sign Out…');
  const action = await window.showQuickPick(possible, { title: email, placeHolder: 'What to do with this account' });
  const command = Object.entries(ACTIONS).find(([name]) => name === action)?.[1];
  if (command) await commands.executeCommand(command, { email });
}

/** When a token ends, by the clock that the person sees. */
function timeOf({ expiresAt, clockSkewMs }: { expiresAt: number; clockSkewMs: number }): string {
  return new Date(expiresAt + clockSkewMs).toLocaleTimeString();
}
