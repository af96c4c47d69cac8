import type { AccessLevel } from '../shared/access.ts';

/** What one account allows. */
interface AccountAccess {
  level: AccessLevel;
  /** What Google granted; undefined where that is not known. */
  scopes?: readonly string[] | undefined;
}

/** A signed-in account that calls can name. */
export interface KnownAccount extends AccountAccess {
  email: string;
  isDefault: boolean;
  /** Whether it lives in a local stand-in and is no real mailbox. */
  isSandbox?: boolean | undefined;
}

/** What is known of the accounts together. */
export interface KnownAccess {
  /** What each account allows; empty where nobody is signed in. */
  accounts: readonly AccountAccess[];
  /** The account of calls that name none, where there are several; undefined where calls have no choice. */
  defaultAccount: string | undefined;
}

/** What is known of signed-in accounts. */
export function knownAccessOf(accounts: readonly KnownAccount[]): KnownAccess {
  const defaultAccount = accounts.length > 1 ? accounts.find(({ isDefault }) => isDefault)?.email : undefined;
  return { accounts, defaultAccount };
}
