import { window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import { type AccountStore, firstAccount } from '../../accounts/account-store.ts';
import { type AccessLevel, lowerLevel } from '../../shared/access.ts';
import { describeAllowed } from '../status/mailboxes.ts';

export interface AccountItem {
  label: string;
  description: string;
  account: Account | undefined;
}

/**
 * An account as lists show it.
 *
 * @param maximum the most that the settings let any account do
 */
export const itemOf = (account: Account, maximum: AccessLevel): AccountItem => ({
  label: account.email,
  description: [
    account.sandboxOrigin ? 'sandbox, not a real mailbox' : '',
    `access: ${describeAllowed({ level: account.level, allowed: lowerLevel(account.level, maximum) })}`,
  ]
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
  /** The most that the settings let any account do. */
  maximum: AccessLevel;
  /** An account that need not be picked, where it is signed in. */
  named?: string | undefined;
  /** What stands beside an account; its access level where absent. */
  describe?(account: Account, isDefault: boolean): string;
  /** Whether a sign-in that can no longer be read can be picked as well. */
  unreadable?: boolean;
}

/**
 * The named account, the only row that there is, or the one that the person picks. Undefined when the person leaves.
 *
 * @throws Problem `signed_out` where there is nothing to pick
 */
export async function pickAccount(
  store: AccountStore,
  { title, maximum, named, describe, unreadable = false }: PickOptions,
): Promise<AccountItem | undefined> {
  await store.lookAgain();
  const stored = await store.list();
  const known = stored.accounts.map((account, index) => ({
    ...itemOf(account, maximum),
    ...(describe ? { description: describe(account, index === 0) } : {}),
  }));
  const wanted = known.find(({ label }) => label === named);
  if (wanted) return wanted;
  const items = [...known, ...(unreadable ? stored.unreadable.map(unreadableItem) : [])];
  // It throws, and names what can no longer be read.
  if (items.length === 0) firstAccount(stored);
  return items.length === 1 ? items[0] : window.showQuickPick(items, { title, ignoreFocusOut: true });
}
