import { type Clock, systemClock } from '../../shared/clock.ts';

interface Entry<T> {
  value: T;
  bytes: number;
  /** Milliseconds since the epoch. */
  until: number;
}

export interface CacheOptions<T> {
  /** About how many bytes a value takes in memory. */
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
export class MessageCache<T> {
  readonly #options: Required<CacheOptions<T>>;
  /** The values used least lately first. */
  readonly #entries = new Map<string, Entry<T>>();
  #account: string | undefined;
  #bytes = 0;

  constructor(options: CacheOptions<T>) {
    this.#options = { mostBytes: MOST_BYTES, longestMs: LONGEST_MS, clock: systemClock, ...options };
  }

  get(account: string, messageId: string): T | undefined {
    this.#turnTo(account);
    const entry = this.#entries.get(messageId);
    if (!entry) return undefined;
    this.#entries.delete(messageId);
    if (entry.until <= this.#options.clock.now()) {
      this.#bytes -= entry.bytes;
      return undefined;
    }
    this.#entries.set(messageId, entry);
    return entry.value;
  }

  /** Keeps a value, unless it would take more than half of the room. */
  set(account: string, messageId: string, value: T): void {
    this.#turnTo(account);
    this.#drop(messageId);
    const { sizeOf, mostBytes, longestMs, clock } = this.#options;
    const bytes = sizeOf(value);
    if (bytes > mostBytes / 2) return;
    this.#entries.set(messageId, { value, bytes, until: clock.now() + longestMs });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= mostBytes) break;
      this.#drop(oldest);
    }
  }

  /** Drops everything, as when the account has signed out. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #turnTo(account: string): void {
    if (account !== this.#account) this.clear();
    this.#account = account;
  }

  #drop(messageId: string): void {
    this.#bytes -= this.#entries.get(messageId)?.bytes ?? 0;
    this.#entries.delete(messageId);
  }
}
