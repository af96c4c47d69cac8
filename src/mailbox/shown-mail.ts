import type { BatchOutcome } from '../gmail/connection/batch.ts';
import {
  fetchMessage,
  fetchMessages,
  listThread,
  outcomeOf,
  type ThreadEntry,
} from '../gmail/messages/fetch-messages.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import { loadRows, type MessageRow } from '../gmail/messages/message-row.ts';
import { Problem } from '../shared/problems.ts';
import { MailReader, type MailReaderOptions } from './mail-reader.ts';
import type { OriginalMessage, OriginalOptions } from './original-message.ts';
import { learnThreads, repeatsCode, rowRepeatsCode } from './secrecy/unlearned.ts';
import type { KnownMessage, ShownMessage } from './shown-message.ts';
import type { ShownRow } from './shown-row.ts';

/** A message as it can be shown, or why it cannot. */
export type MessageOutcome = BatchOutcome<ShownMessage>;

export interface ShownMailOptions extends MailReaderOptions {
  hidden: HiddenMessages;
}

/** Messages, rows and threads of one mailbox as they can be shown: masked, and without those that are hidden. */
export class ShownMail {
  /** Reads what is fetched. */
  readonly reader: MailReader;
  readonly #options: ShownMailOptions;

  constructor(options: ShownMailOptions) {
    this.#options = options;
    this.reader = new MailReader(options);
  }

  /**
   * Messages by id, in the order that was asked for: those that were read before from memory, the others by one HTTP
   * request for each 25.
   *
   * @param fresh whether Gmail is asked what of them has changed, because labels do
   */
  async messages(ids: readonly string[], { fresh }: { fresh: boolean }): Promise<MessageOutcome[]> {
    const { gmail, signal } = this.#options;
    const before = new Map<string, KnownMessage>();
    for (const id of ids) {
      const read = this.reader.known.readBefore(id);
      if (read) before.set(id, read);
    }
    const known = new Map<string, MessageOutcome>();
    if (!fresh) for (const [id, { shown }] of before) known.set(id, { data: shown });
    const remembered = known.size;
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.some((id) => !before.has(id))) this.reader.prepare();
    for await (const { data, problem } of fetchMessages(gmail, missing, signal, (id) => this.reader.known.head(id))) {
      const id = missing[known.size - remembered] ?? '';
      known.set(id, problem ? { problem } : await outcomeOf(() => this.reader.show(data, before.get(id))));
    }
    const read = [...known.values()].flatMap(({ data }) => data ?? []);
    await this.learn(read.filter(repeatsCode));
    const outcomes = ids.map((id): MessageOutcome => {
      const { data, problem = notFound(id) } = known.get(id) ?? {};
      return data ? { data: this.reader.withoutKnown(data) } : { problem };
    });
    return this.#withoutHidden(outcomes, ids);
  }

  /** The messages of a thread that may be seen, oldest first, without their text. */
  async thread(threadId: string): Promise<ThreadEntry[]> {
    const { gmail, hidden, signal } = this.#options;
    const entries = await listThread(gmail, threadId, signal);
    const visible = await hidden.visibleInThread(gmail, threadId, entries, signal);
    return entries.filter(({ id }) => visible.has(id));
  }

  /** Messages as a list shows them. Those that may not be seen, or are not there any more, are left out. */
  async rowsOf(ids: readonly string[]): Promise<ShownRow[]> {
    const { gmail, hidden, signal } = this.#options;
    return this.shownRows(
      await loadRows(gmail, { ids, hidden, known: (id) => this.reader.known.rowBefore(id) }, signal),
    );
  }

  /** Rows that were loaded, with what is masked hidden. */
  async shownRows(rows: readonly MessageRow[]): Promise<ShownRow[]> {
    await this.learn(rows.filter(rowRepeatsCode));
    return this.reader.rows(rows);
  }

  /** A message for the original contract. Throws `not_found`, `text_too_large` or `text_unreadable`. */
  async original(id: string, options: OriginalOptions): Promise<OriginalMessage> {
    const { gmail, signal } = this.#options;
    await this.requireVisible(id);
    const head = this.reader.known.originalHead(id, options);
    if (!head) this.reader.prepare();
    const message = await fetchMessage(gmail, id, signal, () => head);
    return this.reader.originalWithoutKnown(await this.reader.original(message, options), options);
  }

  /** Before anything is said of a message. Throws `not_found` where it must not be seen, as where there is none. */
  requireVisible(id: string): Promise<void> {
    return this.#options.hidden.requireVisible(this.#options.gmail, { id }, this.#options.signal);
  }

  /** So that what is masked in these threads is known. */
  async learn(threads: readonly { threadId: string }[]): Promise<void> {
    const { memory, memoryKey, showsCodes } = this.#options;
    if (showsCodes) return;
    await learnThreads(threads, {
      known: memory.known,
      mailbox: memoryKey,
      list: (threadId) => this.thread(threadId),
      read: (ids) => this.messages(ids, { fresh: false }),
    });
  }

  async #withoutHidden(outcomes: readonly MessageOutcome[], ids: readonly string[]): Promise<MessageOutcome[]> {
    // That a message cannot be read says that it is there, so it is asked about too.
    const isThere = ({ problem }: MessageOutcome) => problem?.code !== 'not_found';
    const asked = ids.flatMap((id, index) => {
      const outcome = outcomes[index];
      return outcome && isThere(outcome) ? [{ id, messageId: outcome.data?.messageId }] : [];
    });
    const visible = await this.#options.hidden.visible(this.#options.gmail, asked, this.#options.signal);
    return outcomes.map((outcome, index) => {
      const id = ids[index] ?? '';
      return isThere(outcome) && !visible.has(id) ? { problem: notFound(id) } : outcome;
    });
  }
}

export const notFound = (id: string) => Problem.of('not_found', { kind: 'message', id });
