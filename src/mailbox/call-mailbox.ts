import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Letter } from '../compose/letter.ts';
import type { BatchOutcome } from '../gmail/connection/batch.ts';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import { type Changes, changesOf, historySince } from '../gmail/history.ts';
import { type CountedLabel, listLabels } from '../gmail/labels.ts';
import { type AnsweredMessage, answeredMessage } from '../gmail/messages/answered-message.ts';
import {
  type Correspondent,
  type CorrespondentsRequest,
  findCorrespondents,
} from '../gmail/messages/correspondents.ts';
import {
  fetchMessage,
  fetchMessages,
  listThread,
  loadWholeMessage,
  outcomeOf,
  type ThreadEntry,
} from '../gmail/messages/fetch-messages.ts';
import { type FoundAttachment, findAttachment } from '../gmail/messages/find-attachment.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import { loadRows, type MessageRow } from '../gmail/messages/message-row.ts';
import { type RecentRequest, recentMessages } from '../gmail/messages/recent-messages.ts';
import { type SearchRequest, searchMessages } from '../gmail/messages/search.ts';
import { mayHoldCode } from '../masking/known.ts';
import { demandsOf } from '../masking/query-demands.ts';
import { codeWordsOf } from '../masking/query-words.ts';
import type { Privacy } from '../shared/privacy.ts';
import { Problem } from '../shared/problems.ts';
import type { MailMemory } from './mail-memory.ts';
import { MailReader, WITHOUT_TEXT } from './mail-reader.ts';
import type { OriginalMessage, OriginalOptions } from './original-message.ts';
import type { FileText } from './reading/reading-jobs.ts';
import type { ReadingThread } from './reading/reading-thread.ts';
import { type RowPage, searchBesideMasked } from './secrecy/masked-search.ts';
import { learnThreads, repeatsCode, rowRepeatsCode } from './secrecy/unlearned.ts';
import type { ShownMessage } from './shown-message.ts';
import type { ShownRow } from './shown-row.ts';

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
  readonly #reader: MailReader;
  readonly #signal: AbortSignal;

  constructor({ gmail, privacy, owner, memoryKey, memory, reader, signal }: MailboxOptions) {
    this.#gmail = gmail;
    this.privacy = privacy;
    this.owner = owner;
    this.#memory = memory;
    // What is masked is part of what is remembered.
    this.#memoryKey = `${memoryKey} ${privacy.showsCodes}`;
    const { showsCodes } = privacy;
    this.#reader = new MailReader({ gmail, memoryKey: this.#memoryKey, showsCodes, memory, reader, signal });
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
   * A page of a search. One that asks for what could be a code reads what it finds, and others with words what of it
   * holds something masked, so that it tells nothing of that. Throws `query_unbalanced` and `hidden_query_wrong`.
   */
  search(request: Omit<SearchRequest, 'hidden'>): Promise<RowPage> {
    const { query, limit, pageToken } = request;
    const [codeWords, demands] = [codeWordsOf(query), demandsOf(query)];
    if (this.privacy.showsCodes || (codeWords.length === 0 && demands.all.length === 0)) return this.#rows(request);
    return searchBesideMasked({
      ...{ codeWords, demands, limit, pageToken },
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
    const shown = await this.#showRows([...history.rows.values()]);
    const rows = new Map(shown.map((row) => [row.id, row]));
    return { records: history.records.length, upTo: (count) => changesOf({ ...history, rows }, count) };
  }

  /** The labels with their counts, as a person knows them. */
  labels(): Promise<CountedLabel[]> {
    return listLabels(this.#gmail, this.#signal);
  }

  /** The addresses that a name stands for in the user's mail, with how often and when last. */
  correspondents(name: string): Promise<Correspondent[]> {
    const showName: CorrespondentsRequest['showName'] = (entry, mail) => this.#reader.nameOf(entry, mail);
    // What a name holds may be called a code by the text below it alone.
    const beforeNames: CorrespondentsRequest['beforeNames'] = async (heads) => {
      const doubted = heads.filter(({ from, recipients }) => [from, ...recipients].some(mayHoldCode));
      await this.messages(
        doubted.map(({ id }) => id),
        { fresh: false },
      );
    };
    return findCorrespondents(this.#gmail, { name, hidden: this.#hidden, showName, beforeNames }, this.#signal);
  }

  /**
   * The newest messages of the inbox for the original contract. One whose text cannot be read comes without it, so that
   * it does not keep the others from being read.
   */
  async recent(request: Omit<RecentRequest, 'hidden'>, options: OriginalOptions): Promise<OriginalMessage[]> {
    const messages: OriginalMessage[] = [];
    const found = recentMessages(this.#gmail, { ...request, hidden: this.#hidden }, this.#signal);
    for await (const message of found) messages.push(await this.#readOrName(message, options));
    // An answer is newer than what it answers, and so was read before it was known what is masked there.
    return messages.map((message) => this.#reader.originalWithoutKnown(message, options));
  }

  /**
   * What an answer to its sender, or to all, takes from the headers of a message. Where the subject may hold a code, the message is read, so that
   * it is known in the answer what is masked of it. Throws `not_found`.
   */
  async answered(id: string, { all }: { all: boolean }): Promise<AnsweredMessage> {
    await this.#requireVisible(id);
    const answered = await answeredMessage(this.#gmail, { id, all }, this.#signal);
    if (mayHoldCode(answered.subject)) await this.messages([id], { fresh: false });
    return answered;
  }

  /**
   * Finds out what is masked in the thread of a draft, where any of these words may be taken over from it, so that it is
   * known in the draft.
   */
  async learnFor(draft: { threadId: string }, words: readonly string[]): Promise<void> {
    if (words.some(mayHoldCode)) await this.#learn([draft]);
  }

  /** Whether a letter, or a file in it, holds what results would mask. */
  holdsMasked(letter: Letter): Promise<boolean> {
    return this.#reader.holdsMasked(letter);
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
      const data = this.#reader.remembered(id);
      if (data) known.set(id, { data });
    }
    const remembered = known.size;
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length > 0) this.#reader.prepare();
    for await (const { data, problem } of fetchMessages(this.#gmail, missing, this.#signal)) {
      const id = missing[known.size - remembered] ?? '';
      known.set(id, problem ? { problem } : await outcomeOf(() => this.#reader.show(data)));
    }
    const read = [...known.values()].flatMap(({ data }) => data ?? []);
    await this.#learn(read.filter(repeatsCode));
    const outcomes = ids.map((id): MessageOutcome => {
      const { data, problem = notFound(id) } = known.get(id) ?? {};
      return data ? { data: this.#reader.withoutKnown(data) } : { problem };
    });
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
    const message = await fetchMessage(this.#gmail, id, this.#signal);
    return this.#reader.originalWithoutKnown(await this.#reader.original(message, options), options);
  }

  /** A file of a message that may be seen, with its name as it is shown. Throws `not_found` for the message, `part_unknown` for the part. */
  async file(messageId: string, partId: string): Promise<FoundAttachment> {
    await this.#requireVisible(messageId);
    return findAttachment(
      this.#gmail,
      { messageId, partId, filesOf: (_payload, _load, message) => this.#reader.files(message) },
      this.#signal,
    );
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
  fileText(file: FoundAttachment, bytes: Uint8Array): Promise<FileText> {
    return this.#reader.fileText(file, bytes);
  }

  /** Whether results mask anything in a file, as far as it can be read. */
  async masksInFile(file: FoundAttachment, content: Buffer): Promise<boolean> {
    return !this.privacy.showsCodes && this.#reader.fileHoldsMasked({ ...file, content }, file.part);
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

  async #rows(request: Omit<SearchRequest, 'hidden'>): Promise<RowPage> {
    const page = await searchMessages(this.#gmail, { ...request, hidden: this.#hidden }, this.#signal);
    return { ...page, rows: await this.#showRows(page.rows) };
  }

  /** Messages as a list shows them. Those that may not be seen, or are not there any more, are left out. */
  async rowsOf(ids: readonly string[]): Promise<ShownRow[]> {
    return this.#showRows(await loadRows(this.#gmail, { ids, hidden: this.#hidden }, this.#signal));
  }

  async #showRows(rows: readonly MessageRow[]): Promise<ShownRow[]> {
    await this.#learn(rows.filter(rowRepeatsCode));
    return this.#reader.rows(rows);
  }

  /** So that what is masked in these threads is known. */
  async #learn(threads: readonly { threadId: string }[]): Promise<void> {
    if (this.privacy.showsCodes) return;
    await learnThreads(threads, {
      known: this.#memory.known,
      mailbox: this.#memoryKey,
      list: (threadId) => this.thread(threadId),
      read: (ids) => this.messages(ids, { fresh: false }),
    });
  }

  async #readOrName(message: gmail_v1.Schema$Message, options: OriginalOptions): Promise<OriginalMessage> {
    try {
      return await this.#reader.original(message, options);
    } catch (error) {
      const instead = error instanceof Problem && WITHOUT_TEXT[error.code];
      if (!instead) throw error;
      return this.#reader.original(message, { ...options, instead });
    }
  }
}

const notFound = (id: string) => Problem.of('not_found', { kind: 'message', id });
