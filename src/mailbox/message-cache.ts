import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../shared/clock.ts';

export interface CacheOptions<T> {
  /** About how many bytes a value takes in memory, a whole number above 0. */
  sizeOf(value: T): number;
  /** How many bytes all values together may take. */
  mostBytes?: number;
  /** How long a value is kept at most, in milliseconds. */
  longestMs?: number;
  clock?: Clock;
}

const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_MS = 30 * 60_000;

/**
 * What was made of messages, in memory, so that reading on costs no request. A message never changes but for its
 * labels, so these belong elsewhere. It holds values of one account at a time: asked about another, it drops them all.
 * The values used least lately go first.
 */
export class MessageCache<T extends {}> {
  readonly #values: LRUCache<string, T>;
  #account: string | undefined;

  constructor({ sizeOf, mostBytes = MOST_BYTES, longestMs = LONGEST_MS, clock = systemClock }: CacheOptions<T>) {
    this.#values = new LRUCache<string, T>({
      maxSize: mostBytes,
      maxEntrySize: Math.floor(mostBytes / 2),
      sizeCalculation: sizeOf,
      ttl: longestMs,
      // The clock is asked each time.
      ttlResolution: 0,
      perf: clock,
    });
  }

  get(account: string, messageId: string): T | undefined {
    this.#turnTo(account);
    return this.#values.get(messageId);
  }

  /** Keeps a value, unless it would take more than half of the room. */
  set(account: string, messageId: string, value: T): void {
    this.#turnTo(account);
    this.#values.set(messageId, value);
  }

  /** Puts another in the place of a value; it is kept no longer than that would have been. */
  replace(account: string, messageId: string, value: T): void {
    this.#turnTo(account);
    if (this.#values.has(messageId)) this.#values.set(messageId, value, { noUpdateTTL: true });
  }

  /** Drops everything, as when the account has signed out. */
  clear(): void {
    this.#values.clear();
  }

  #turnTo(account: string): void {
    if (account !== this.#account) this.clear();
    this.#account = account;
  }
}
