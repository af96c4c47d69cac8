import { window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import { type AccountStore, firstAccount } from '../../accounts/account-store.ts';
import type { AccessLevel } from '../../shared/access.ts';
import { describeAllowed } from '../status/mailboxes.ts';

export interface AccountItem {
  label: string;
  description: string;
  account: Account | undefined;
}

/**
 * An account as lists show it.
 *
 * @param access what was chosen for it, and what the settings leave of that
 */
export const itemOf = (
  account: Account,
  access: { level: AccessLevel; allowed: AccessLevel } = { level: account.level, allowed: account.level },
): AccountItem => ({
  label: account.email,
  description: [account.sandboxOrigin ? 'sandbox, not a real mailbox' : '', `access: ${describeAllowed(access)}`]
    .filter(Boolean)
    .join(', '),
  account,
});

/** A sign-in that can no longer be read, as lists show it. */
export const unreadableItem = (email: string): AccountItem => ({
  label: email,
  description: 'signed out: the stored sign-in cannot be read',
  account: undefined,
});

export interface PickOptions {
  title: string;
  /** An account that need not be picked, where it is signed in. */
  named?: string | undefined;
  /** What stands beside an account; its access level where absent. */
  describe?(account: Account, isDefault: boolean): string;
  /** Whether a sign-in that can no longer be read can be picked as well. */
  unreadable?: boolean;
  /** A row before the others for an account that is not known yet; nobody need be signed in then. */
  another?: string;
}

/**
 * The named account, the only row that there is, or the one that the person picks. Undefined when the person leaves.
 *
 * @throws Problem `signed_out` where there is nothing to pick
 */
export async function pickAccount(
  store: AccountStore,
  { title, named, describe, unreadable = false, another }: PickOptions,
): Promise<AccountItem | undefined> {
  const stored = await store.list();
  const known = stored.accounts.map((account, index) => ({
    ...itemOf(account),
    ...(describe ? { description: describe(account, index === 0) } : {}),
  }));
  const wanted = known.find(({ label }) => label === named);
  if (wanted) return wanted;
  const items = [
    ...(another === undefined ? [] : [{ label: another, description: '', account: undefined }]),
    ...known,
    ...(unreadable ? stored.unreadable.map(unreadableItem) : []),
  ];
  // It throws, and names what can no longer be read.
  if (items.length === 0) firstAccount(stored);
  return items.length === 1 ? items[0] : window.showQuickPick(items, { title, ignoreFocusOut: true });
}
