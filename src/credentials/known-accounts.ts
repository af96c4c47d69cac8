import timers from 'node:timers/promises';
import type { KnownAccount } from './account-access.ts';

/**
 * How long a list of tools waits for the window, in milliseconds: a client shows nothing of the server before it has
 * the list, and what comes later is announced as a change.
 */
const PATIENCE_MS = 5_000;

/** Who is signed in, as far as the window has told. */
export class KnownAccounts {
  readonly #ask: () => Promise<readonly KnownAccount[]>;
  readonly #onAnswer: (accounts: readonly KnownAccount[]) => void;
  #accounts: readonly KnownAccount[] | undefined;
  #lastAsked = 0;
  #lastAnswered = 0;

  /**
   * @param ask asks the window; it may fail
   * @param onAnswer is told each answer, whether or not it is the same as before
   */
  constructor(ask: () => Promise<readonly KnownAccount[]>, onAnswer: (accounts: readonly KnownAccount[]) => void) {
    this.#ask = ask;
    this.#onAnswer = onAnswer;
  }

  /** Asks anew. Never throws: without an answer the last one stands. */
  async refresh(): Promise<void> {
    this.#lastAsked += 1;
    const turn = this.#lastAsked;
    const accounts = await this.#ask().catch(() => undefined);
    // An answer that was overtaken by a later one's is old news.
    if (!accounts || turn < this.#lastAnswered) return;
    this.#lastAnswered = turn;
    this.#accounts = accounts;
    this.#onAnswer(accounts);
  }

  /** What the window says now, else what it said last. Undefined where it has said nothing yet. */
  async current(): Promise<readonly KnownAccount[] | undefined> {
    const enough = new AbortController();
    const waited = timers.setTimeout(PATIENCE_MS, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([this.refresh(), waited]);
    enough.abort();
    return this.#accounts;
  }
}
