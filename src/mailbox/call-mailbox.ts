import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { BatchOutcome } from '../gmail/connection/batch.ts';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import { type Changes, changesOf, historySince } from '../gmail/history.ts';
import { type CountedLabel, listLabels } from '../gmail/labels.ts';
import { type AnsweredMessage, answeredMessage } from '../gmail/messages/answered-message.ts';
import { type Correspondent, findCorrespondents } from '../gmail/messages/correspondents.ts';
import {
  fetchMessage,
  fetchMessages,
  listThread,
  loadPart,
  loadWholeMessage,
  outcomeOf,
  type ThreadEntry,
} from '../gmail/messages/fetch-messages.ts';
import { type FoundAttachment, findAttachment, type ListFiles } from '../gmail/messages/find-attachment.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import type { MessageRow } from '../gmail/messages/message-row.ts';
import { type RecentRequest, recentMessages } from '../gmail/messages/recent-messages.ts';
import { type SearchRequest, searchMessages } from '../gmail/messages/search.ts';
import type { MimePart } from '../mail/mime/mime-part.ts';
import { maskNames } from '../masking/mask.ts';
import { codeWordsOf } from '../masking/query-words.ts';
import type { Privacy } from '../shared/privacy.ts';
import { Problem, type ProblemCode } from '../shared/problems.ts';
import type { MailMemory } from './mail-memory.ts';
import { type RowPage, searchBesideMasked } from './masked-search.ts';
import type { OriginalMessage, OriginalOptions } from './original-message.ts';
import type { FileText, FileToRead } from './reading-jobs.ts';
import type { ReadingThread } from './reading-thread.ts';
import type { ShownMessage } from './shown-message.ts';
import { type ShownRow, showRow } from './shown-row.ts';

export type { CountedLabel } from '../gmail/labels.ts';
export { type Correspondent, MOST_LOOKED_AT } from '../gmail/messages/correspondents.ts';
export type { ThreadEntry } from '../gmail/messages/fetch-messages.ts';

/** A message as it can be shown, or why it cannot. */
export type MessageOutcome = BatchOutcome<ShownMessage>;

/** Whose mailbox a call is about. */
export interface MailboxIdentity {
  /** What cursors belong to; it stays the same from call to call. */
  owner: string;
  /** What is remembered belongs to it: no two mailboxes have the same. */
  memoryKey: string;
}

export interface MailboxOptions extends MailboxIdentity {
  gmail: GmailConnection;
  privacy: Privacy;
  memory: MailMemory;
  reader: ReadingThread;
  signal: AbortSignal;
}

export type ShownChanges = Changes<ShownRow>;

/** A whole message, as it can be saved. */
export interface MessageFile {
  /** With what is masked hidden. */
  subject: string;
  /** How many of its codes and links are masked elsewhere; undefined where its text is not read. */
  masked: number | undefined;
  load(): Promise<Buffer>;
}

/** Changes that were read, all of them or the beginning. */
export interface KnownChanges {
  /** How many records of Gmail's history they come from. */
  records: number;
  /** What the first records come to; the place to go on from is exactly behind the last of them. */
  upTo(records: number): ShownChanges;
}

/**
 * The mailbox of one call, less what stays out of reach: the one door to mail. Errors are Problems.
 */
export class CallMailbox {
  readonly privacy: Privacy;
  /** What cursors belong to. */
  readonly owner: string;
  readonly #gmail: GmailConnection;
  readonly #hidden: HiddenMessages;
  readonly #memory: MailMemory;
  readonly #memoryKey: string;
  readonly #reader: ReadingThread;
  readonly #signal: AbortSignal;

  constructor({ gmail, privacy, owner, memoryKey, memory, reader, signal }: MailboxOptions) {
    this.#gmail = gmail;
    this.privacy = privacy;
    this.owner = owner;
    this.#memory = memory;
    // What is masked is part of what is remembered.
    this.#memoryKey = `${memoryKey} ${privacy.showsCodes}`;
    this.#reader = reader;
    this.#signal = signal;
    this.#hidden = memory.hiddenMessages(memoryKey, privacy.hiddenQuery);
  }

  /**
   * Names what this mailbox shows: whose it is, and what of it is hidden and masked. What was found through one view
   * must not be offered in another.
   */
  get view(): string {
    return JSON.stringify([this.#memoryKey, this.privacy.hiddenQuery]);
  }

  /**
   * A page of a search. One that asks for what could be a code reads what it finds, so that it tells nothing of what is
   * masked. Throws `query_unbalanced` and `hidden_query_wrong`.
   */
  search(request: Omit<SearchRequest, 'hidden'>): Promise<RowPage> {
    const { query, limit, pageToken } = request;
    const codeWords = this.privacy.showsCodes ? [] : codeWordsOf(query);
    if (codeWords.length === 0) return this.#rows(request);
    return searchBesideMasked({
      ...{ codeWords, limit, pageToken },
      page: (count, token) => this.#rows({ query, limit: count, pageToken: token }),
      read: (ids) => this.messages(ids, { fresh: false }),
    });
  }

  /**
   * What has happened since an earlier call, in up to so many records of Gmail's history.
   *
   * @param historyId where that call ended; without it only the present place is answered
   */
  async changes(historyId: string | undefined, limit: number): Promise<KnownChanges> {
    const request = { historyId, limit, hidden: this.#hidden };
    const history = await historySince(this.#gmail, request, this.#signal);
    const rows = new Map([...history.rows].map(([id, row]) => [id, this.#showRow(row)]));
    return { records: history.records.length, upTo: (count) => changesOf({ ...history, rows }, count) };
  }

  /** The labels with their counts, as a person knows them. */
  labels(): Promise<CountedLabel[]> {
    return listLabels(this.#gmail, this.#signal);
  }

  /** The addresses that a name stands for in the user's mail, with how often and when last. */
  correspondents(name: string): Promise<Correspondent[]> {
    const showName = this.privacy.showsCodes ? (words: string) => words : maskNames;
    return findCorrespondents(this.#gmail, { name, hidden: this.#hidden, showName }, this.#signal);
  }

  /**
   * The newest messages of the inbox for the original contract. One whose text cannot be read comes without it, so that
   * it does not keep the others from being read.
   */
  async recent(request: Omit<RecentRequest, 'hidden'>, options: OriginalOptions): Promise<OriginalMessage[]> {
    const messages: OriginalMessage[] = [];
    const found = recentMessages(this.#gmail, { ...request, hidden: this.#hidden }, this.#signal);
    for await (const message of found) messages.push(await this.#readOrName(message, options));
    return messages;
  }

  /** What an answer to its sender, or to all, takes from the headers of a message. Throws `not_found`. */
  async answered(id: string, { all }: { all: boolean }): Promise<AnsweredMessage> {
    await this.#requireVisible(id);
    return answeredMessage(this.#gmail, { id, all }, this.#signal);
  }

  /**
   * Messages by id, in the order that was asked for: those that were read before from memory, the others by one HTTP
   * request for each 25.
   *
   * @param fresh whether to ask Gmail for all of them, because labels change
   */
  async messages(ids: readonly string[], { fresh }: { fresh: boolean }): Promise<MessageOutcome[]> {
    const known = new Map<string, MessageOutcome>();
    for (const id of fresh ? [] : ids) {
      const data = this.#memory.cache.get(this.#memoryKey, id);
      if (data) known.set(id, { data });
    }
    const remembered = known.size;
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length > 0) this.#reader.prepare();
    for await (const { data, problem } of fetchMessages(this.#gmail, missing, this.#signal)) {
      const id = missing[known.size - remembered] ?? '';
      known.set(id, problem ? { problem } : await outcomeOf(() => this.#show(data)));
    }
    const outcomes = ids.map((id) => known.get(id) ?? { problem: notFound(id) });
    return this.#withoutHidden(outcomes, ids);
  }

  /** One message. Throws its Problem. */
  async message(id: string, options: { fresh: boolean }): Promise<ShownMessage> {
    const [outcome] = await this.messages([id], options);
    if (!outcome || outcome.problem) throw outcome?.problem ?? notFound(id);
    return outcome.data;
  }

  /** A message for the original contract. Throws `not_found`, `text_too_large` or `text_unreadable`. */
  async original(id: string, options: OriginalOptions): Promise<OriginalMessage> {
    await this.#requireVisible(id);
    this.#reader.prepare();
    return this.#readOriginal(await fetchMessage(this.#gmail, id, this.#signal), options);
  }

  /** A file of a message that may be seen. Throws `not_found` for the message, `part_unknown` for the part. */
  async file(messageId: string, partId: string): Promise<FoundAttachment> {
    await this.#requireVisible(messageId);
    const signal = this.#signal;
    const filesOf: ListFiles = (payload, load) => this.#reader.run('files', { payload }, { load, signal });
    return findAttachment(this.#gmail, { messageId, partId, filesOf }, signal);
  }

  /** A message that may be seen, as a file that holds all of it. Throws `not_found`. */
  async wholeMessage(id: string): Promise<MessageFile> {
    const [{ data, problem } = { problem: notFound(id) }] = await this.messages([id], { fresh: true });
    // What cannot be read here can be saved.
    if (problem && !WITHOUT_TEXT[problem.code]) throw problem;
    return {
      subject: data?.subject ?? '',
      masked: data?.masked,
      load: () => loadWholeMessage(this.#gmail, id, this.#signal),
    };
  }

  /** The text of a file. Throws `text_unreadable`. */
  fileText(file: Omit<FileToRead, 'showsCodes'>): Promise<FileText> {
    const { showsCodes } = this.privacy;
    return this.#reader.run('fileText', { ...file, showsCodes }, { load: nothing, signal: this.#signal });
  }

  /** The messages of a thread that may be seen, oldest first, without their text. */
  async thread(threadId: string): Promise<ThreadEntry[]> {
    const entries = await listThread(this.#gmail, threadId, this.#signal);
    const visible = await this.#hidden.visibleInThread(this.#gmail, threadId, entries, this.#signal);
    return entries.filter(({ id }) => visible.has(id));
  }

  /** Before anything is said of a message. Throws `not_found` where it must not be seen, as where there is none. */
  #requireVisible(id: string): Promise<void> {
    return this.#hidden.requireVisible(this.#gmail, { id }, this.#signal);
  }

  async #withoutHidden(outcomes: readonly MessageOutcome[], ids: readonly string[]): Promise<MessageOutcome[]> {
    // That a message cannot be read says that it is there, so it is asked about too.
    const isThere = ({ problem }: MessageOutcome) => problem?.code !== 'not_found';
    const asked = ids.flatMap((id, index) => {
      const outcome = outcomes[index];
      return outcome && isThere(outcome) ? [{ id, messageId: outcome.data?.messageId }] : [];
    });
    const visible = await this.#hidden.visible(this.#gmail, asked, this.#signal);
    return outcomes.map((outcome, index) => {
      const id = ids[index] ?? '';
      return isThere(outcome) && !visible.has(id) ? { problem: notFound(id) } : outcome;
    });
  }

  async #show(message: gmail_v1.Schema$Message): Promise<ShownMessage> {
    const { showsCodes } = this.privacy;
    const shown = await this.#reader.run('message', { message, showsCodes }, this.#loading(message));
    this.#memory.cache.set(this.#memoryKey, shown.id, shown);
    return shown;
  }

  async #rows(request: Omit<SearchRequest, 'hidden'>): Promise<RowPage> {
    const page = await searchMessages(this.#gmail, { ...request, hidden: this.#hidden }, this.#signal);
    return { ...page, rows: page.rows.map(this.#showRow) };
  }

  readonly #showRow = (row: MessageRow): ShownRow => showRow(row, this.privacy.showsCodes);

  async #readOrName(message: gmail_v1.Schema$Message, options: OriginalOptions): Promise<OriginalMessage> {
    try {
      return await this.#readOriginal(message, options);
    } catch (error) {
      const instead = error instanceof Problem && WITHOUT_TEXT[error.code];
      if (!instead) throw error;
      return this.#readOriginal(message, { ...options, instead });
    }
  }

  #readOriginal(message: gmail_v1.Schema$Message, options: OriginalOptions): Promise<OriginalMessage> {
    return this.#reader.run('original', { message, ...options }, this.#loading(message));
  }

  /** Where the parts of a message come from that Gmail keeps apart. */
  #loading({ id }: gmail_v1.Schema$Message) {
    const signal = this.#signal;
    return { load: (part: MimePart) => loadPart(this.#gmail, id ?? '', part, signal), signal };
  }
}

/** What stands for a text that is not read. */
const WITHOUT_TEXT: Partial<Record<ProblemCode, string>> = {
  text_too_large: '(The text of this message is too large to read.)',
  text_unreadable: '(The text of this message cannot be read.)',
};

/** A file holds all that is read of it. */
const nothing = async () => new Uint8Array();

const notFound = (id: string) => Problem.of('not_found', { kind: 'message', id });
