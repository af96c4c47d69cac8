import { LRUCache } from 'lru-cache';
import type { CallMailbox } from '../../mailbox/call-mailbox.ts';
import type { ShownRow } from '../../mailbox/shown-row.ts';
import { choice, fileWords, idIn, wordsOf } from '../../result/choice.ts';
import { sizeOf } from '../../result/formats.ts';
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
 * Finds the messages, threads and files that a person may mean by a few words, and offers each in words with its id at
 * their end. Gmail's search knows whole words only, so that of the newest messages those count as well in which each
 * word occurs as it is typed.
 */
export class Completer {
  readonly #open: (signal: AbortSignal) => Promise<CallMailbox>;
  readonly #clock: Clock;
  /** What searches found, by the view of the mailbox that they looked through and the query. */
  readonly #kept: LRUCache<string, readonly ShownRow[]>;

  /** @param open opens the mailbox of the default account */
  constructor(open: (signal: AbortSignal) => Promise<CallMailbox>, clock: Clock = systemClock) {
    this.#open = open;
    this.#clock = clock;
    // The clock is asked each time: it has no timers to wait for.
    this.#kept = new LRUCache({ max: MOST_KEPT, ttl: KEPT_FOR_MS, ttlResolution: 0, perf: clock });
  }

  /**
   * At most 20 values, those of the newest messages first. Never throws: where nothing can be asked, nothing is
   * offered. Ids and parts mean the same in whatever prompt or resource they stand.
   */
  async complete(typed: Typed, signal: AbortSignal): Promise<string[]> {
    const values = await this.#valuesFor(typed, signal).catch(() => []);
    return values.slice(0, MOST_VALUES);
  }

  /** The newest messages, at most 20; none where nothing can be asked. */
  async newest(signal: AbortSignal): Promise<readonly ShownRow[]> {
    return this.#rowsFor('', signal).catch(() => []);
  }

  async #valuesFor({ argument, value, given }: Typed, signal: AbortSignal): Promise<string[]> {
    // What was picked before stands.
    if (idIn(value) !== value) return [value];
    const text = chunkOf(value, 0, LONGEST_VALUE).text.trim();
    switch (argument) {
      case 'message_id':
        return this.#messagesFor(text, idIn(given.thread_id ?? ''), signal);
      case 'thread_id':
        return this.#offer(await this.#rowsFor(text, signal), ({ threadId }) => threadId, text);
      case 'part_id':
        return given.message_id ? this.#partsOf(idIn(given.message_id), text, signal) : [];
      default:
        return [];
    }
  }

  /**
   * Where a thread was chosen before, a message is of that thread, and none is offered unasked: the workbench preselects
   * the first value, and Enter, which is meant to pass over the question, would put a message in the thread's place.
   */
  async #messagesFor(text: string, threadId: string, signal: AbortSignal): Promise<string[]> {
    if (threadId && !text) return [];
    const rows = await this.#rowsFor(text, signal);
    const own = threadId ? rows.filter((row) => row.threadId === threadId) : rows;
    return this.#offer(own, ({ id }) => id, text);
  }

  /** Each id once, with the words of the newest row that has it. */
  #offer(rows: readonly ShownRow[], idOf: (row: ShownRow) => string, typed: string): string[] {
    const now = this.#clock.now();
    const newest = new Map<string, ShownRow>();
    for (const row of rows) if (!newest.has(idOf(row))) newest.set(idOf(row), row);
    return [...newest].map(([id, row]) => choice(wordsOf(row, now), 'id', id, typed));
  }

  async #rowsFor(text: string, signal: AbortSignal): Promise<ShownRow[]> {
    const box = await this.#open(signal);
    const newest = this.#kept.get(keyOf(box, '')) ?? [];
    const query = queryFor(text);
    const found = text !== '' && query === '' ? [] : await this.#search(box, query);
    const typed = text.toLowerCase().split(/\s+/);
    const now = this.#clock.now();
    const holdsAll = (row: ShownRow) => typed.every((word) => textOf(row, now).includes(word));
    const rows = new Map([...newest.filter(holdsAll), ...found].map((row) => [row.id, row]));
    return [...rows.values()].sort((a, b) => b.date - a.date);
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
      .filter(({ partId, name }) => partId.startsWith(text) || name.toLowerCase().includes(text.toLowerCase()))
      .map(({ partId, name, size }) => choice(fileWords(name, sizeOf(size)), 'part', partId, text));
  }
}

const keyOf = ({ view }: CallMailbox, query: string) => JSON.stringify([view, query]);

const textOf = (row: ShownRow, now: number) =>
  `${row.id} ${row.threadId} ${row.from} ${row.subject} ${wordsOf(row, now)}`.toLowerCase();

/** Every word in the subject or the sender. Signs are left out, so that no operator and no bracket is typed. */
function queryFor(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}@._-]*/gu) ?? [];
  return words
    .slice(0, MOST_WORDS)
    .map((word) => `{subject:${word} from:${word}}`)
    .join(' ');
}
