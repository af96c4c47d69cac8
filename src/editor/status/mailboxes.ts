import type { Account } from '../../accounts/account.ts';
import { type AccessLevel, LEVEL_NAMES, lowerLevel } from '../../shared/access.ts';
import type { Health } from './account-health.ts';
import { troubleOf } from './trouble.ts';

/** A signed-in mailbox as a person is told of it. */
export interface Mailbox extends Health {
  email: string;
  isSandbox: boolean;
  /** What was chosen for it. */
  level: AccessLevel;
  /** What the settings leave of that. */
  allowed: AccessLevel;
  /** When the sign-in ends, in milliseconds since the epoch, where Google said so. */
  endsAt?: number | undefined;
}

/** All that the status bar, its menu and the palette go by. */
export interface GmailState {
  /** The default one first. */
  mailboxes: readonly Mailbox[];
  /** Mailboxes whose stored sign-in can no longer be read. */
  unreadable: readonly string[];
  canUndo: boolean;
  /** Whether the secret storage holds anything of the extension. */
  hasStoredData: boolean;
  /** Whether the record of activity holds anything. */
  hasActivity: boolean;
  /** Names of settings that cannot be what somebody meant. */
  wrongSettings: readonly string[];
}

/** Before anything is known. */
export const NOTHING: GmailState = {
  mailboxes: [],
  unreadable: [],
  canUndo: false,
  hasStoredData: false,
  hasActivity: false,
  wrongSettings: [],
};

/**
 * @param maximum the most that the settings let any account do
 */
export function mailboxOf(account: Account, maximum: AccessLevel, health: Health): Mailbox {
  const { email, level, endsAt, sandboxOrigin } = account;
  const isSandbox = sandboxOrigin !== undefined;
  return { ...health, email, isSandbox, level, allowed: lowerLevel(level, maximum), endsAt };
}

/**
 * The context keys by which package.json shows commands in the palette, by which steps of its walkthrough are done, and
 * by which the menu shows its rows.
 */
export function contextOf({ mailboxes, unreadable, canUndo, ...stored }: GmailState): Record<string, boolean> {
  return {
    'headlessGmail.hasAccounts': mailboxes.length > 0,
    'headlessGmail.hasSeveralAccounts': mailboxes.length > 1,
    'headlessGmail.hasUnreadableAccounts': unreadable.length > 0,
    'headlessGmail.hasSandbox': mailboxes.some(({ isSandbox }) => isSandbox),
    'headlessGmail.hasGoogleAccount': mailboxes.some(({ isSandbox }) => !isSandbox),
    'headlessGmail.hasStoredData': stored.hasStoredData,
    'headlessGmail.hasActivity': stored.hasActivity,
    'headlessGmail.canUndo': canUndo,
  };
}

/** For example `Full, but the settings allow Read`. */
export function describeAllowed({ level, allowed }: Pick<Mailbox, 'level' | 'allowed'>): string {
  const more = allowed === level ? '' : `, but the settings allow no more than ${LEVEL_NAMES[allowed]}`;
  return `${LEVEL_NAMES[level]}${more}`;
}

/** What is wrong with the sign-in of a mailbox, with what to do; empty where nothing is known to be. */
export function describeTrouble({ trouble }: Health): string {
  const known = troubleOf(trouble);
  if (!known) return '';
  const todo = {
    signIn: 'Sign in again',
    reload: 'Reload this window',
    client: 'Fix the OAuth client',
    administrator: 'Ask your administrator',
  };
  return `${todo[known.remedy]}: ${known.reason}`;
}

/** A moment as the person’s clock shows it; with its date where it is not within a day. */
export function momentOf(at: number, now: number): string {
  const isNear = Math.abs(at - now) < 24 * 60 * 60_000;
  return new Date(at).toLocaleString(
    [],
    isNear ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' },
  );
}
