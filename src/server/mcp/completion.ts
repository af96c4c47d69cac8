import type { MessageRow } from '../../gmail/messages/message-row.ts';
import { searchMessages } from '../../gmail/messages/search.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import type { CallMailbox } from '../mailbox/call-mailbox.ts';

/** What a person is typing into an argument of a prompt or a resource. */
export interface Typed {
  argument: string;
  value: string;
  /** The arguments that were filled in before. */
  given: Readonly<Record<string, string>>;
}

/** Offered at once; as many rows take one batch. */
const MOST_VALUES = 20;
/** Nobody types more to find a message, in characters and in words. */
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
  readonly #clock: Clock;
  readonly #kept = new Map<string, { rows: readonly MessageRow[]; until: number }>();

  /** @param open opens the mailbox of the default account */
  constructor(open: (signal: AbortSignal) => Promise<CallMailbox>, clock: Clock = systemClock) {
    this.#open = open;
    this.#clock = clock;
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
    const text = value.slice(0, LONGEST_VALUE).trim().toLowerCase();
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

  async #rowsFor(text: string, signal: AbortSignal): Promise<MessageRow[]> {
    const box = await this.#open(signal);
    const newest = this.#keptRows(box, '') ?? [];
    const query = queryFor(text);
    const found = text !== '' && query === '' ? [] : await this.#search(box, query, signal);
    return [...newest.filter((row) => textOf(row).includes(text)), ...found].sort((a, b) => b.date - a.date);
  }

  async #search(box: CallMailbox, query: string, signal: AbortSignal): Promise<readonly MessageRow[]> {
    const kept = this.#keptRows(box, query);
    if (kept) return kept;
    const { rows } = await searchMessages(box.gmail, { query, limit: MOST_VALUES, hidden: box.hidden }, signal);
    this.#kept.set(keyOf(box, query), { rows, until: this.#clock.now() + KEPT_FOR_MS });
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
    return rows;
  }

  #keptRows(box: CallMailbox, query: string): readonly MessageRow[] | undefined {
    const kept = this.#kept.get(keyOf(box, query));
    if (kept && kept.until > this.#clock.now()) return kept.rows;
    this.#kept.delete(keyOf(box, query));
    return undefined;
  }

  async #partsOf(messageId: string, text: string, signal: AbortSignal): Promise<string[]> {
    const box = await this.#open(signal);
    const { attachments } = await box.message(messageId, { fresh: false });
    return attachments
      .filter(({ partId, name }) => partId.startsWith(text) || name.toLowerCase().includes(text))
      .map(({ partId }) => partId);
  }
}

/** What was found belongs to one mailbox, less what was hidden then. */
const keyOf = ({ owner, privacy }: CallMailbox, query: string) => JSON.stringify([owner, privacy.hiddenQuery, query]);

const textOf = ({ id, threadId, from, subject }: MessageRow) => `${id} ${threadId} ${from} ${subject}`.toLowerCase();

/** Every word in the subject or the sender. Signs are left out, so that no operator and no bracket is typed. */
function queryFor(text: string): string {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}@._-]*/gu) ?? [];
  return words
    .slice(0, MOST_WORDS)
    .map((word) => `{subject:${word} from:${word}}`)
    .join(' ');
}
