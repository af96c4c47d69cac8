import { window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import { type AccountStore, firstAccount } from '../../accounts/account-store.ts';
import { LEVEL_NAMES } from '../../shared/access.ts';

export interface AccountItem {
  label: string;
  description: string;
  account: Account | undefined;
}

/** An account as lists show it. */
export const itemOf = (account: Account): AccountItem => ({
  label: account.email,
  description: [account.sandboxOrigin ? 'sandbox, not a real mailbox' : '', `access: ${LEVEL_NAMES[account.level]}`]
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

/**
 * The named account, the only one, or the one that the person picks. Undefined when the person leaves.
 *
 * @throws Problem `signed_out` where there is none
 */
export async function pickAccount(store: AccountStore, title: string, email?: string): Promise<Account | undefined> {
  const stored = await store.list();
  const first = firstAccount(stored);
  const named = email && stored.accounts.find((account) => account.email === email);
  if (named) return named;
  if (stored.accounts.length === 1) return first;
  return (await window.showQuickPick(stored.accounts.map(itemOf), { title, ignoreFocusOut: true }))?.account;
}
