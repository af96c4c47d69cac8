import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import {
  createFilter,
  deleteFilter,
  type FilterAction,
  type FilterCriteria,
  listFilters,
  type MailFilter,
} from '../gmail/filters.ts';
import { allRecordsSince, presentHistoryId } from '../gmail/history.ts';
import {
  changeLabels,
  type FoundMessage,
  type LabellingOutcome,
  listMessages,
  messagesOfThreads,
  threadsOf,
} from '../gmail/labelling.ts';
import {
  changeLabel,
  countOfLabel,
  createLabel,
  deleteLabel,
  type KnownLabel,
  knownLabels,
  type LabelLook,
} from '../gmail/labels.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import { messageHeaders } from '../gmail/messages/message-headers.ts';
import { demandsOf } from '../masking/query-demands.ts';
import { codeWordsOf } from '../masking/query-words.ts';
import { Problem } from '../shared/problems.ts';
import { CallMailbox, type MailboxOptions } from './call-mailbox.ts';
import { assertActsOnNothingHidden, assertHidesNothing } from './secrecy/held-labels.ts';
import type { ShownRow } from './shown-row.ts';

export type { FilterAction, FilterCriteria, MailFilter } from '../gmail/filters.ts';
export type { FoundMessage, LabellingOutcome } from '../gmail/labelling.ts';
export type { KnownLabel, LabelColour } from '../gmail/labels.ts';

/** A search that could ask for what is masked reads all that it finds, so few are looked through, a page each. */
const MOST_READ = 200;
const READ_AT_ONCE = 50;

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

/** The one door through which mail is changed; what stays out of reach is not there for it. Errors are Problems. */
export class Organiser {
  /** What the messages were found in: what one view shows must not be changed by another. */
  readonly view: string;
  readonly #options: MailboxOptions;
  readonly #gmail: GmailConnection;
  readonly #hidden: HiddenMessages;
  readonly #signal: AbortSignal;

  constructor(options: MailboxOptions) {
    const { gmail, memory, memoryKey, privacy, signal } = options;
    this.#options = options;
    this.#gmail = gmail;
    this.#hidden = memory.hiddenMessages(memoryKey, privacy.hiddenQuery);
    this.#signal = signal;
    this.view = new CallMailbox(options).view;
  }

  /**
   * All messages that a search finds, newest first. A search that could ask for a code reads what it finds, and one by
   * other words that finds few what of it holds something masked, so that nothing that is changed or counted tells of it.
   *
   * @throws Problem `selection_too_wide`, `query_unbalanced`
   */
  async find(query: string, most: number): Promise<{ found: FoundMessage[]; hasMore: boolean }> {
    const masks = !this.#options.privacy.showsCodes;
    if (masks && codeWordsOf(query).length > 0) return this.#findBesideMasked(query);
    const q = (await this.#hidden.exclude(this.#gmail, query, this.#signal)).trim();
    const listed = await listMessages(this.#gmail, { q, most }, this.#signal);
    const mayTell = masks && demandsOf(query).all.length > 0 && listed.found.length <= MOST_DOUBTED;
    return mayTell ? this.#findBesideMasked(query) : listed;
  }

  /**
   * The newest messages that a search finds. It takes a page where `find` reads all, and leaves out the same.
   *
   * @throws Problem `query_unbalanced`
   */
  async newest(query: string, most: number): Promise<{ rows: ShownRow[]; hasMore: boolean }> {
    const page = await new CallMailbox(this.#options).search({ query, limit: most });
    return { rows: page.rows, hasMore: page.nextPageToken !== undefined };
  }

  /** Those of the messages that may be seen; that there are others is not told. */
  async visible(ids: readonly string[]): Promise<string[]> {
    const distinct = [...new Set(ids)];
    const visible = await this.#hidden.visible(
      this.#gmail,
      distinct.map((id) => ({ id })),
      this.#signal,
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
      ...(await threadsOf(this.#gmail, asked, this.#signal)),
    ];
    const byId = new Map(there.map((message) => [message.id, message]));
    const visible = new Set(await this.visible([...byId.keys()]));
    return distinct.flatMap((id) => (visible.has(id) ? (byId.get(id) ?? []) : []));
  }

  /** Those of messages that could be seen a while ago which may be seen still; asked anew, whatever was found meanwhile. */
  stillVisible(ids: readonly string[]): Promise<string[]> {
    return this.#hidden.stillVisible(this.#gmail, ids, this.#signal);
  }

  /** The ids of all drafts, hidden ones among them. */
  async drafts(): Promise<ReadonlySet<string>> {
    const drafts = { q: '', most: MOST_DRAFTS, labelId: 'DRAFT', everywhere: true };
    const { found } = await listMessages(this.#gmail, drafts, this.#signal);
    return new Set(found.map(({ id }) => id));
  }

  /** The messages of the threads that these belong to. Throws `selection_too_wide`. */
  async wholeThreads(messages: readonly NamedMessage[]): Promise<string[]> {
    const unknown = messages.flatMap(({ id, threadId }) => (threadId === undefined ? [id] : []));
    const looked = await threadsOf(this.#gmail, unknown, this.#signal);
    const threads = new Set([...messages, ...looked].flatMap(({ threadId }) => threadId ?? []));
    if (threads.size > MOST_THREADS) {
      throw Problem.of('selection_too_wide', { limit: String(MOST_THREADS), of: 'threads' });
    }
    const all = await messagesOfThreads(this.#gmail, [...threads], this.#signal);
    return this.visible(all.map(({ id }) => id));
  }

  /** Messages as a list shows them. Those that are not there any more are left out. */
  rows(ids: readonly string[]): Promise<ShownRow[]> {
    return new CallMailbox(this.#options).rowsOf(ids);
  }

  /** All headers of a message, unfolded, in their order. Throws `not_found` for one that may not be seen too. */
  async headers(id: string): Promise<{ name: string; value: string }[]> {
    await this.#hidden.requireVisible(this.#gmail, { id }, this.#signal);
    return messageHeaders(this.#gmail, id, this.#signal);
  }

  /** The origin of the local stand-in that the mailbox lies in; undefined for Google's own. */
  standIn(): Promise<string | undefined> {
    return this.#gmail.standIn();
  }

  /** Gmail's history id now. */
  place(): Promise<string> {
    return presentHistoryId(this.#gmail, this.#signal);
  }

  /** Puts labels on messages and takes others off. What fails half-way is answered, not thrown. */
  change(
    ids: readonly string[],
    labels: { add: readonly string[]; remove: readonly string[] },
  ): Promise<LabellingOutcome> {
    return changeLabels(this.#gmail, { ids, ...labels }, this.#signal);
  }

  /** All that happened since. Throws `history_gone`. */
  history(historyId: string): Promise<readonly gmail_v1.Schema$History[]> {
    return allRecordsSince(this.#gmail, historyId, this.#signal);
  }

  /** Every label by id and name. */
  labels(): Promise<KnownLabel[]> {
    return knownLabels(this.#gmail, this.#signal);
  }

  /** As the function of this name. */
  assertHidesNothing(names: readonly string[], isDeleted = false): void {
    assertHidesNothing(this.#options.privacy.hiddenQuery, names, isDeleted);
  }

  /** Throws `label_name_wrong` where Gmail does not take the name, and `label_hides_mail`. */
  async createLabel(label: Pick<LabelLook, 'color'> & { name: string }): Promise<KnownLabel> {
    this.assertHidesNothing([label.name]);
    return createLabel(this.#gmail, label, this.#signal);
  }

  /** Throws `label_name_wrong` where Gmail does not take the name, and `label_hides_mail`. */
  async changeLabel({ id, name }: KnownLabel, look: LabelLook): Promise<KnownLabel> {
    if (look.name !== undefined) this.assertHidesNothing([name, look.name]);
    return changeLabel(this.#gmail, { id, look }, this.#signal);
  }

  /** Takes the label off all mail. Throws `label_hides_mail`. */
  async deleteLabel({ id, name }: KnownLabel): Promise<void> {
    this.assertHidesNothing([name], true);
    await deleteLabel(this.#gmail, id, this.#signal);
  }

  /** How many messages have a label; undefined where mail is hidden, which Gmail counts too. */
  async countOf({ id }: KnownLabel): Promise<number | undefined> {
    return this.#hidden.isActive ? undefined : countOfLabel(this.#gmail, id, this.#signal);
  }

  /** The filters, in Gmail's order. */
  filters(): Promise<MailFilter[]> {
    return listFilters(this.#gmail, this.#signal);
  }

  /** As the function of this name. */
  assertActsOnNothingHidden(names: readonly string[], ids: readonly string[]): void {
    assertActsOnNothingHidden(this.#options.privacy.hiddenQuery, names, ids);
  }

  /** Creates a filter. Throws `filter_refused`. */
  createFilter(filter: { criteria: FilterCriteria; action: FilterAction }): Promise<MailFilter> {
    return createFilter(this.#gmail, filter, this.#signal);
  }

  /** Throws `filter_unknown`. */
  deleteFilter(id: string): Promise<void> {
    return deleteFilter(this.#gmail, id, this.#signal);
  }

  async #findBesideMasked(query: string): Promise<{ found: FoundMessage[]; hasMore: boolean }> {
    const box = new CallMailbox(this.#options);
    const found: FoundMessage[] = [];
    let pageToken: string | undefined;
    do {
      const page = await box.search({ query, limit: READ_AT_ONCE, pageToken });
      found.push(...page.rows.map(({ id, threadId }) => ({ id, threadId })));
      pageToken = page.nextPageToken;
      if (found.length > MOST_READ) {
        throw Problem.of('selection_too_wide', { limit: String(MOST_READ), of: 'messages of a search for digits' });
      }
    } while (pageToken);
    return { found, hasMore: false };
  }
}
