import { createHash } from 'node:crypto';
import { lowerLevel } from '../shared/access.ts';
import type { Account } from './account.ts';
import type { Mark } from './sign-in-mark.ts';

/** The part of VS Code's Memento that is needed. Every window of a profile reads the same. */
export interface Notes {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Every sign-in up to then was ended. */
const ALL_OUT = 'signed-out-until';

/** No address is kept in plain text for one that was signed out. */
const keyOf = (email: string) =>
  `sign-in:${createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 16)}`;

/**
 * What windows must know of each other's accounts. Where VS Code runs in a browser, each window reads the secret storage
 * once and never again (`LocalStorageSecretStorageProvider`), so that an account which was signed out, or allowed less,
 * in another window would stay there as it was. A mark can only take away: it is no secret, and any program may write it.
 */
export class SignInMarks {
  readonly #notes: Notes;

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  /** An account as all windows left it; undefined where one of them signed it out. */
  async seen(account: Account): Promise<Account | undefined> {
    const { signedInAt, email, level } = account;
    if (signedInAt <= this.#allOut()) return undefined;
    const mark = await this.#markOf(email);
    if (mark?.isOut && signedInAt <= mark.signedInAt) return undefined;
    const isSame = mark?.signedInAt === signedInAt && mark.level !== undefined;
    return isSame ? { ...account, level: lowerLevel(level, mark.level ?? level) } : account;
  }

  /** Whether the mailbox was signed in anew since, in a window whose sign-in this one cannot read. */
  async isReplaced({ email, signedInAt }: Account): Promise<boolean> {
    const mark = await this.#markOf(email);
    return mark !== undefined && !mark.isOut && mark.signedInAt > signedInAt;
  }

  /** An account was stored, or changed. */
  async stored({ email, signedInAt, level }: Account): Promise<void> {
    // The clock may have been set back since.
    if (signedInAt <= this.#allOut()) await this.#note(ALL_OUT, undefined);
    await this.#note(keyOf(email), { signedInAt, level });
  }

  /** An account was removed. */
  async removed({ email, signedInAt }: Account): Promise<void> {
    await this.#note(keyOf(email), { signedInAt, isOut: true });
  }

  /** Every account was removed, and all marks with them. */
  async allRemoved(accounts: readonly Account[]): Promise<void> {
    if (accounts.length === 0) return;
    await this.#note(ALL_OUT, Math.max(...accounts.map(({ signedInAt }) => signedInAt)));
  }

  #allOut(): number {
    const until = this.#notes.get(ALL_OUT);
    return typeof until === 'number' ? until : Number.NEGATIVE_INFINITY;
  }

  async #markOf(email: string): Promise<Mark | undefined> {
    const note = this.#notes.get(keyOf(email));
    if (note === undefined) return undefined;
    const { readMark } = await import('./sign-in-mark.ts');
    return readMark(note);
  }

  /** What cannot be noted leaves other windows as they were. */
  async #note(key: string, value: unknown): Promise<void> {
    await Promise.resolve(this.#notes.update(key, value)).catch(() => undefined);
  }
}

/** Where there is one window alone. */
export const noMarks = (): SignInMarks => new SignInMarks({ get: () => undefined, update: async () => undefined });
