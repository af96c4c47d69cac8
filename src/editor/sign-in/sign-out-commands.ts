import { window } from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';
import type { SecretStore } from '../../accounts/secret-store.ts';
import { type SignedOut, signOut } from '../../accounts/sign-out.ts';
import type { AccessLevel } from '../../shared/access.ts';
import type { Problem } from '../../shared/problems.ts';
import { pickAccount } from '../accounts/pick-account.ts';
import type { CommandTarget } from '../command-ids.ts';
import { tell, withProgress } from '../tell.ts';

const BY_HAND = 'Withdraw the permission yourself at myaccount.google.com/connections.';

/** The commands that end sign-ins. Errors they throw are shown by whoever runs them. */
export class SignOutCommands {
  readonly #store: AccountStore;
  readonly #secrets: SecretStore;
  readonly #forgetMore: () => Promise<void>;
  readonly #maximumLevel: () => AccessLevel;

  /**
   * @param secrets all that is in the secret storage, which belongs to this extension alone
   * @param forgetMore deletes what the extension keeps outside it
   * @param maximumLevel the most that any account may allow
   */
  constructor(
    store: AccountStore,
    secrets: SecretStore,
    forgetMore: () => Promise<void>,
    maximumLevel: () => AccessLevel,
  ) {
    this.#store = store;
    this.#secrets = secrets;
    this.#forgetMore = forgetMore;
    this.#maximumLevel = maximumLevel;
  }

  /** `Gmail: Sign Out`. An unreadable sign-in can be forgotten as well. */
  async one({ email }: CommandTarget = {}): Promise<void> {
    const options = { title: 'Sign out which account?', unreadable: true, maximum: this.#maximumLevel() };
    const chosen = email ?? (await pickAccount(this.#store, options))?.label;
    if (chosen === undefined) return;
    const detail =
      'Google is told to withdraw the permission of this OAuth client, then the refresh token is deleted from this computer. Your mail is not touched.';
    const answer = await window.showWarningMessage(`Sign ${chosen} out?`, { modal: true, detail }, 'Sign Out');
    if (answer !== 'Sign Out') return;
    const done = await withProgress(`Signing ${chosen} out…`, () => signOut(this.#store, chosen));
    tellOutcome([done], `${chosen} is signed out.`);
  }

  /** `Gmail: Sign Out Everywhere and Delete Stored Data`: SecretStorage outlives an uninstall, so this is its end. */
  async everywhere(): Promise<void> {
    const detail =
      'Every account is signed out at Google, then everything that the extension has stored on this computer is deleted: refresh tokens, OAuth clients, notes and the record of activity. Your mail is not touched.';
    const answer = await window.showWarningMessage(
      'Sign out everywhere and delete all stored data?',
      { modal: true, detail },
      'Keep Everything',
      'Delete Everything',
    );
    if (answer !== 'Delete Everything') return;
    const { accounts, unreadable } = await this.#store.list();
    const emails = [...accounts.map((account) => account.email), ...unreadable];
    const done = await withProgress('Signing out everywhere…', () =>
      Promise.all(emails.map((email) => signOut(this.#store, email))),
    );
    await this.#secrets.clear();
    await this.#forgetMore();
    await this.#store.allRemoved(accounts.filter(({ sandboxOrigin }) => sandboxOrigin === undefined));
    tellOutcome(done, 'Everybody is signed out, and nothing is stored any more.');
  }
}

function tellOutcome(done: readonly SignedOut[], success: string): void {
  const left = done.filter(({ notRevoked }) => notRevoked !== undefined);
  if (left.length === 0) {
    tell(success);
    return;
  }
  const reasons = left.map(({ email, notRevoked }) => {
    const { what, why } = (notRevoked as Problem).explain('person');
    return `${email}: ${what} ${why}`;
  });
  window
    .showWarningMessage(`${success} Google could not be told, though. ${reasons.join(' ')} ${BY_HAND}`)
    .then(undefined, () => undefined);
}
