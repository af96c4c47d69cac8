import type { Memento } from 'vscode';
import type { AccessTokens } from '../../accounts/access-tokens.ts';
import type { Account } from '../../accounts/account.ts';
import { Problem } from '../../shared/problems.ts';
import { troubleOf } from './trouble.ts';

/** What is known of an account’s sign-in without asking Google. */
export interface Health {
  /** When the access token ends that is in memory, in milliseconds since the epoch by this computer’s clock. */
  tokenEndsAt?: number | undefined;
  /** The code of the problem that keeps the account from working until somebody acts. */
  trouble?: string | undefined;
}

/** What is kept for windows to come: which sign-in does not work, and why. */
interface Mark {
  signedInAt: number;
  code: string;
}

const PREFIX = 'sign-in-trouble:';
const keyOf = (email: string) => PREFIX + email.toLowerCase();

/**
 * Remembers what came of the last refresh of each account. That a sign-in is dead outlives the window, so that the next
 * one need not ask Google to know; a later sign-in of the mailbox is another one, and nothing is known of it yet.
 */
export class AccountHealth {
  readonly #marks: Memento;
  readonly #onChange: () => void;
  readonly #ends = new Map<string, { signedInAt: number; at: number }>();

  /** @param onChange is told when a refresh has changed what is known */
  constructor(tokens: Pick<AccessTokens, 'onDidRefresh'>, marks: Memento, onChange: () => void) {
    this.#marks = marks;
    this.#onChange = onChange;
    tokens.onDidRefresh((account, outcome) => {
      if (outcome instanceof Problem) this.#failed(account, outcome);
      else this.#worked(account, outcome.expiresAt + outcome.clockSkewMs);
    });
  }

  /** What is known of an account as it is signed in now. */
  of({ email, signedInAt }: Pick<Account, 'email' | 'signedInAt'>): Health {
    const mark = this.#marks.get<Mark>(keyOf(email));
    const end = this.#ends.get(email);
    return {
      tokenEndsAt: end?.signedInAt === signedInAt ? end.at : undefined,
      trouble: mark?.signedInAt === signedInAt ? mark.code : undefined,
    };
  }

  /** Forgets accounts that are not signed in any more. */
  keepOnly(emails: readonly string[]): void {
    const kept = new Set(emails.map(keyOf));
    for (const key of this.#marks.keys()) if (key.startsWith(PREFIX) && !kept.has(key)) this.#mark(key, undefined);
  }

  #worked({ email, signedInAt }: Account, at: number): void {
    this.#ends.set(email, { signedInAt, at });
    if (this.#marks.get(keyOf(email)) !== undefined) this.#mark(keyOf(email), undefined);
    this.#onChange();
  }

  #failed({ email, signedInAt }: Account, { code }: Problem): void {
    if (!troubleOf(code)) return;
    // A token that is still in memory dies with its sign-in.
    this.#ends.delete(email);
    this.#mark(keyOf(email), { signedInAt, code });
    this.#onChange();
  }

  /** What cannot be kept is known until the window closes: a memento answers with the new value at once. */
  #mark(key: string, value: Mark | undefined): void {
    Promise.resolve(this.#marks.update(key, value)).catch(() => undefined);
  }
}
