import { LRUCache } from 'lru-cache';
import type { CallMailbox } from '../../mailbox/call-mailbox.ts';
import type { ShownRow } from '../../mailbox/shown-row.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { chunkOf } from '../../shared/code-points.ts';

/** What a person is typing into an argument of a prompt or a resource. */
export interface Typed {
  argument: string;
  value: string;
  /** The arguments that were filled in before. */
  given: Readonly<Record<string, string>>;
}

/** Offered at once; as many rows take one batch. */
const MOST_VALUES = 20;
/** Nobody types more to find a message, in code points and in words. */
const LONGEST_VALUE = 200;
const MOST_WORDS = 8;

/** How long what was found counts as current, in milliseconds: every key that is pressed asks again. */
const KEPT_FOR_MS = 60_000;
const MOST_KEPT = 16;

/**
 * Finds the ids that a person may mean by a few words of a subject or a sender. Gmail's search knows whole words only,
 * so that of the newest messages those count as well in which what is typed occurs as it is.
 */
export class Completer {
  readonly #open: (signal: AbortSignal) => Promise<CallMailbox>;
  /** What searches found, by the view of the mailbox that they looked through and the query. */
  readonly #kept: LRUCache<string, readonly ShownRow[]>;

  /** @param open opens the mailbox of the default account */
  constructor(open: (signal: AbortSignal) => Promise<CallMailbox>, clock: Clock = systemClock) {
    this.#open = open;
    // The clock is asked each time: it has no timers to wait for.
    this.#kept = new LRUCache({ max: MOST_KEPT, ttl: KEPT_FOR_MS, ttlResolution: 0, perf: clock });
  }

  /**
   * At most 20 values, those of the newest messages first. Never throws: where nothing can be asked, nothing is
   * offered. Ids and parts mean the same in whatever prompt or resource they stand.
   */
  async complete(typed: Typed, signal: AbortSignal): Promise<string[]> {
    const values = await this.#valuesFor(typed, signal).catch(() => []);
    return [...new Set(values)].slice(0, MOST_VALUES);
  }

  async #valuesFor({ argument, value, given }: Typed, signal: AbortSignal): Promise<string[]> {
    const text = chunkOf(value, 0, LONGEST_VALUE).text.trim().toLowerCase();
    switch (argument) {
      case 'message_id':
        return (await this.#rowsFor(text, signal)).map(({ id }) => id);
      case 'thread_id':
        return (await this.#rowsFor(text, signal)).map(({ threadId }) => threadId);
      case 'part_id':
        return given.message_id ? this.#partsOf(given.message_id, text, signal) : [];
      default:
        return [];
    }
  }

  async #rowsFor(text: string, signal: AbortSignal): Promise<ShownRow[]> {
    const box = await this.#open(signal);
    const newest = this.#kept.get(keyOf(box, '')) ?? [];
    const query = queryFor(text);
    const found = text !== '' && query === '' ? [] : await this.#search(box, query);
    return [...newest.filter((row) => textOf(row).includes(text)), ...found].sort((a, b) => b.date - a.date);
  }

  async #search(box: CallMailbox, query: string): Promise<readonly ShownRow[]> {
    const kept = this.#kept.get(keyOf(box, query));
    if (kept) return kept;
    const { rows } = await box.search({ query, limit: MOST_VALUES });
    this.#kept.set(keyOf(box, query), rows);
    return rows;
  }

  async #partsOf(messageId: string, text: string, signal: AbortSignal): Promise<string[]> {
    const box = await this.#open(signal);
    const { attachments } = await box.message(messageId, { fresh: false });
    return attachments
      .filter(({ partId, name }) => partId.startsWith(text) || name.toLowerCase().includes(text))
      .map(({ partId }) => partId);
  }
}

const keyOf = ({ view }: CallMailbox, query: string) => JSON.stringify([view, query]);

const textOf = ({ id, threadId, from, subject }: ShownRow) => `${id} ${threadId} ${from} ${subject}`.toLowerCase();

/** Every word in the subject or the sender. Signs are left out, so that no operator and no bracket is typed. */
function queryFor(text: string): string {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}@._-]*/gu) ?? [];
  return words
    .slice(0, MOST_WORDS)
    .map((word) => `{subject:${word} from:${word}}`)
    .join(' ');
}
