import { ProgressLocation, window } from 'vscode';
import type { AccessTokens } from '../accounts/access-tokens.ts';
import type { Account } from '../accounts/account.ts';
import { type AccountStore, firstAccount, type StoredAccounts } from '../accounts/account-store.ts';
import { Problem } from '../shared/problems.ts';
import type { Reporter } from './report.ts';

/** The commands that work on accounts that are there already. Errors they throw are shown by whoever runs them. */
export class AccountCommands {
  readonly #store: AccountStore;
  readonly #tokens: AccessTokens;
  readonly #reporter: Reporter;

  constructor(store: AccountStore, tokens: AccessTokens, reporter: Reporter) {
    this.#store = store;
    this.#tokens = tokens;
    this.#reporter = reporter;
  }

  /** `Gmail: Refresh Access Token`. */
  async refresh(): Promise<void> {
    const account = await pickAccount(await this.#store.list(), 'Refresh the access token of which account?');
    if (account) await this.#refreshShown(account);
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
      this.#reporter.show(result?.reason, account.email).then(undefined, () => undefined);
      return [];
    });
    if (refreshed.length === 0) return;
    tell(`${refreshed.length} of ${accounts.length} access tokens refreshed: ${refreshed.join('; ')}.`);
  }

  /** `Gmail: Remove Account…`. An unreadable sign-in can be removed as well. */
  async remove(): Promise<void> {
    const { accounts, unreadable } = await this.#store.list();
    if (accounts.length + unreadable.length === 0) throw Problem.of('signed_out', {});
    const picked = await window.showQuickPick([...accounts.map(itemOf), ...unreadable.map(unreadableItem)], {
      title: 'Remove which account?',
      ignoreFocusOut: true,
    });
    if (picked) await this.#confirmRemoval(picked.label);
  }

  /** `Gmail: Show Accounts`: who is signed in, and what can be done with each. */
  async show(addAccount: () => Promise<void>): Promise<void> {
    const { accounts, unreadable } = await this.#store.list();
    const add = { label: '$(add) Add Account…', account: undefined };
    const rows = accounts.map((account, index) => ({
      ...itemOf(account),
      ...(index === 0 ? { detail: 'Agent mode uses this account' } : {}),
    }));
    const picked = await window.showQuickPick([...rows, ...unreadable.map(unreadableItem), add], {
      title: accounts.length === 0 ? 'Gmail accounts: nobody is signed in' : 'Gmail accounts',
    });
    if (!picked) return;
    if (picked.label === add.label) return addAccount();
    const actions = picked.account ? ['Refresh Access Token', 'Remove…'] : ['Remove…'];
    const action = await window.showQuickPick(actions, { title: picked.label });
    if (action === 'Remove…') await this.#confirmRemoval(picked.label);
    else if (action && picked.account) await this.#refreshShown(picked.account);
  }

  async #refreshShown(account: Account): Promise<void> {
    try {
      const token = await withProgress(`Refreshing the access token of ${account.email}…`, () =>
        this.#tokens.renew(account),
      );
      this.#reporter.recovered(account.email);
      tell(`Access token refreshed, good until ${timeOf(token)}: ${account.email}.`);
    } catch (error) {
      await this.#reporter.show(error, account.email);
    }
  }

  async #confirmRemoval(email: string): Promise<void> {
    const detail =
      'The refresh token and the client secret are deleted from this computer. Google keeps the permission until you ' +
      'withdraw it at myaccount.google.com/connections.';
    const answer = await window.showWarningMessage(`Remove ${email}?`, { modal: true, detail }, 'Remove');
    if (answer !== 'Remove') return;
    await this.#store.remove(email);
    tell(`${email} was removed.`);
  }
}

interface AccountItem {
  label: string;
  description: string;
  account: Account | undefined;
}

const itemOf = (account: Account): AccountItem => ({
  label: account.email,
  description: account.sandboxOrigin ? 'sandbox, not a real mailbox' : '',
  account,
});

const unreadableItem = (email: string): AccountItem => ({
  label: email,
  description: 'signed out: the stored sign-in cannot be read',
  account: undefined,
});

/** The only account, or the one that the person picks. Throws `signed_out` where there is none. */
async function pickAccount(stored: StoredAccounts, title: string): Promise<Account | undefined> {
  const { accounts } = stored;
  const first = firstAccount(stored);
  if (accounts.length === 1) return first;
  return (await window.showQuickPick(accounts.map(itemOf), { title, ignoreFocusOut: true }))?.account;
}

function withProgress<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title }, work);
}

/** Shows a notification without waiting for it to be closed. */
function tell(message: string): void {
  window.showInformationMessage(message).then(undefined, () => undefined);
}

/** When a token ends, by the clock that the person sees. */
function timeOf({ expiresAt, clockSkewMs }: { expiresAt: number; clockSkewMs: number }): string {
  return new Date(expiresAt + clockSkewMs).toLocaleTimeString();
}
