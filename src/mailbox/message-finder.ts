import type { GmailConnection } from '../gmail/connection/connection.ts';
import { type FoundMessage, listMessages, messagesOfThreads, threadsOf } from '../gmail/labelling.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import { messageHeaders } from '../gmail/messages/message-headers.ts';
import { Problem } from '../shared/problems.ts';
import { CallMailbox, type MailboxOptions } from './call-mailbox.ts';
import { type Doubt, doubtOf } from './secrecy/masked-search.ts';
import type { ShownRow } from './shown-row.ts';

/** So few messages a search by words may single out; of more the rows cost too much of Gmail's quota. */
const MOST_DOUBTED = 50;

/** So many named messages are each asked for. */
const MOST_ASKED_FOR = 50;

/** Ids as Gmail has given them so far. Whether another one is of a message Gmail alone says. */
export const GMAILS_ID = /^[\da-f]{1,16}$/;

/** A message whose thread may not be known yet. */
export type NamedMessage = Pick<FoundMessage, 'id'> & Partial<FoundMessage>;

/** More drafts than anybody writes: a list of them is no search of the mailbox. */
const MOST_DRAFTS = 10_000;

/** Threads are looked up one by one. */
const MOST_THREADS = 200;

/** Finds the messages that a change is about, by searches and by ids; what stays out of reach is not there for it. */
export class MessageFinder {
  /** What the messages were found in: what one view shows must not be changed by another. */
  readonly view: string;
  protected readonly options: MailboxOptions;
  protected readonly gmail: GmailConnection;
  protected readonly hidden: HiddenMessages;
  protected readonly signal: AbortSignal;
  readonly #box: CallMailbox;

  constructor(options: MailboxOptions) {
    const { gmail, memory, memoryKey, privacy, signal } = options;
    this.options = options;
    this.gmail = gmail;
    this.hidden = memory.hiddenMessages(memoryKey, privacy.hiddenQuery);
    this.signal = signal;
    this.#box = new CallMailbox(options);
    this.view = this.#box.view;
  }

  /**
   * All messages that a search finds, newest first. Where one could ask for what is masked, what it finds is gone through,
   * so that nothing that is changed or counted tells of it.
   *
   * @throws Problem `selection_too_wide`, `query_unbalanced`
   */
  async find(query: string, most: number): Promise<{ found: FoundMessage[]; hasMore: boolean }> {
    const doubt = doubtOf(query, this.options.privacy.showsCodes);
    const besideMasked = async (some: Doubt) => ({ found: await this.#box.all(query, some), hasMore: false });
    if (doubt?.isAlways) return besideMasked(doubt);
    const q = (await this.hidden.exclude(this.gmail, query, this.signal)).trim();
    const listed = await listMessages(this.gmail, { q, most }, this.signal);
    return doubt && listed.found.length <= MOST_DOUBTED ? besideMasked(doubt) : listed;
  }

  /**
   * The newest messages that a search finds. It takes a page where `find` reads all, and leaves out the same.
   *
   * @throws Problem `query_unbalanced`
   */
  async newest(query: string, most: number): Promise<{ rows: ShownRow[]; hasMore: boolean }> {
    const page = await this.#box.search({ query, limit: most });
    return { rows: page.rows, hasMore: page.nextPageToken !== undefined };
  }

  /** Those of the messages that may be seen; that there are others is not told. */
  async visible(ids: readonly string[]): Promise<string[]> {
    const distinct = [...new Set(ids)];
    const visible = await this.hidden.visible(
      this.gmail,
      distinct.map((id) => ({ id })),
      this.signal,
    );
    return distinct.filter((id) => visible.has(id));
  }

  /**
   * Those of the ids that are of messages which may be seen, each once. Of many ids those that look like Gmail's are
   * taken on trust: each question costs 20 units of its quota, and a change tells afterwards what it found.
   */
  async present(ids: readonly string[]): Promise<NamedMessage[]> {
    const distinct = [...new Set(ids)];
    const trusted = distinct.length > MOST_ASKED_FOR ? distinct.filter((id) => GMAILS_ID.test(id)) : [];
    const known = new Set(trusted);
    const asked = distinct.filter((id) => !known.has(id));
    const there: NamedMessage[] = [
      ...trusted.map((id) => ({ id })),
      ...(await threadsOf(this.gmail, asked, this.signal)),
    ];
    const byId = new Map(there.map((message) => [message.id, message]));
    const visible = new Set(await this.visible([...byId.keys()]));
    return distinct.flatMap((id) => (visible.has(id) ? (byId.get(id) ?? []) : []));
  }

  /** Those of messages that could be seen a while ago which may be seen still; asked anew, whatever was found meanwhile. */
  stillVisible(ids: readonly string[]): Promise<string[]> {
    return this.hidden.stillVisible(this.gmail, ids, this.signal);
  }

  /** The ids of all drafts, hidden ones among them. */
  async drafts(): Promise<ReadonlySet<string>> {
    const drafts = { q: '', most: MOST_DRAFTS, labelId: 'DRAFT', everywhere: true };
    const { found } = await listMessages(this.gmail, drafts, this.signal);
    return new Set(found.map(({ id }) => id));
  }

  /** The messages of the threads that these belong to. Throws `selection_too_wide`. */
  async wholeThreads(messages: readonly NamedMessage[]): Promise<string[]> {
    const unknown = messages.flatMap(({ id, threadId }) => (threadId === undefined ? [id] : []));
    const looked = await threadsOf(this.gmail, unknown, this.signal);
    const threads = new Set([...messages, ...looked].flatMap(({ threadId }) => threadId ?? []));
    if (threads.size > MOST_THREADS) {
      throw Problem.of('selection_too_wide', { limit: String(MOST_THREADS), of: 'threads' });
    }
    const all = await messagesOfThreads(this.gmail, [...threads], this.signal);
    return this.visible(all.map(({ id }) => id));
  }

  /** Messages as a list shows them. Those that are not there any more are left out. */
  rows(ids: readonly string[]): Promise<ShownRow[]> {
    return this.#box.rowsOf(ids);
  }

  /** All headers of a message, unfolded, in their order. Throws `not_found` for one that may not be seen too. */
  async headers(id: string): Promise<{ name: string; value: string }[]> {
    await this.hidden.requireVisible(this.gmail, { id }, this.signal);
    return messageHeaders(this.gmail, id, this.signal);
  }
}
