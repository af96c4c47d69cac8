import { window } from 'vscode';
import type { AccountStore, Vault } from '../../accounts/account-store.ts';
import { type SignedOut, signOut } from '../../accounts/sign-out.ts';
import { Problem } from '../../shared/problems.ts';
import { itemOf, unreadableItem } from '../accounts/pick-account.ts';
import type { CommandTarget } from '../command-ids.ts';
import { tell, withProgress } from '../tell.ts';

const BY_HAND = 'Withdraw the permission yourself at myaccount.google.com/connections.';

/** The commands that end sign-ins. Errors they throw are shown by whoever runs them. */
export class SignOutCommands {
  readonly #store: AccountStore;
  readonly #vault: Vault;
  readonly #forgetMore: () => Promise<void>;

  /** @param forgetMore deletes what the extension keeps outside the secret storage */
  constructor(store: AccountStore, vault: Vault, forgetMore: () => Promise<void>) {
    this.#store = store;
    this.#vault = vault;
    this.#forgetMore = forgetMore;
  }

  /** `Gmail: Sign Out`. An unreadable sign-in can be forgotten as well. */
  async one({ email }: CommandTarget = {}): Promise<void> {
    const chosen = email ?? (await this.#pick());
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
      'Every account is signed out at Google, then everything that the extension has stored on this computer is deleted: refresh tokens, OAuth clients and notes. Your mail is not touched.';
    const answer = await window.showWarningMessage(
      'Sign out everywhere and delete all stored data?',
      { modal: true, detail },
      'Delete Everything',
    );
    if (answer !== 'Delete Everything') return;
    const { accounts, unreadable } = await this.#store.list();
    const emails = [...accounts.map((account) => account.email), ...unreadable];
    const done = await withProgress('Signing out everywhere…', () =>
      Promise.all(emails.map((email) => signOut(this.#store, email))),
    );
    await this.#deleteAll();
    await this.#forgetMore();
    tellOutcome(done, 'Everybody is signed out, and nothing is stored any more.');
  }

  async #pick(): Promise<string | undefined> {
    const { accounts, unreadable } = await this.#store.list();
    if (accounts.length + unreadable.length === 0) throw Problem.of('signed_out', {});
    const items = [...accounts.map(itemOf), ...unreadable.map(unreadableItem)];
    if (items.length === 1) return items[0]?.label;
    return (await window.showQuickPick(items, { title: 'Sign out which account?', ignoreFocusOut: true }))?.label;
  }

  /** Everything under any key: the storage belongs to this extension alone. */
  async #deleteAll(): Promise<void> {
    try {
      for (const key of await this.#vault.keys()) await this.#vault.delete(key);
    } catch {
      throw Problem.of('storage_failed', { action: 'write' });
    }
    this.#store.notify();
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
