import { LRUCache } from 'lru-cache';
import { knownValues } from '../../masking/known.ts';

/** How many threads are remembered, and how much of one. */
const [MOST_THREADS, MOST_VALUES] = [500, 40];

/** Whether the same is known twice. */
export const areSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((value) => other.has(value));

const NONE: ReadonlySet<string> = new Set();

/**
 * What was masked in the messages that were read, by their threads: in memory alone, while this process lives, and of
 * one mailbox at a time. So a code stays masked in an answer that repeats it without a word of what it is.
 */
export class KnownSecrets {
  readonly #threads = new LRUCache<string, Set<string>>({ max: MOST_THREADS });
  /** Threads whose messages were read for what is masked in them. */
  readonly #learned = new LRUCache<string, true>({ max: MOST_THREADS });
  #mailbox: string | undefined;

  /** What is masked in a thread. */
  of(mailbox: string, threadId: string): ReadonlySet<string> {
    this.#turnTo(mailbox);
    return this.#threads.get(threadId) ?? NONE;
  }

  /** What is masked in any thread that is remembered. */
  all(mailbox: string): ReadonlySet<string> {
    this.#turnTo(mailbox);
    return new Set([...this.#threads.values()].flatMap((values) => [...values]));
  }

  /** @param secrets what was masked in a message, as it stood there */
  add(mailbox: string, threadId: string, secrets: Iterable<string>): void {
    this.#turnTo(mailbox);
    const values = knownValues(secrets);
    if (values.length === 0 || threadId === '') return;
    const known = this.#threads.get(threadId) ?? new Set<string>();
    for (const value of values) if (known.size < MOST_VALUES) known.add(value);
    this.#threads.set(threadId, known);
  }

  /** Whether a thread is to be read for what is masked in it; only the first who asks reads it. */
  isToLearn(mailbox: string, threadId: string): boolean {
    this.#turnTo(mailbox);
    if (threadId === '' || this.#learned.has(threadId)) return false;
    this.#learned.set(threadId, true);
    return true;
  }

  /** Lets the next one read it, where it could not be read. */
  unlearn(threadId: string): void {
    this.#learned.delete(threadId);
  }

  #turnTo(mailbox: string): void {
    if (mailbox !== this.#mailbox) {
      this.#threads.clear();
      this.#learned.clear();
    }
    this.#mailbox = mailbox;
  }
}
