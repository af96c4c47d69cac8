import type { Letter } from '../compose/letter.ts';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import { changesOf, historySince } from '../gmail/history.ts';
import { type CountedLabel, listLabels } from '../gmail/labels.ts';
import type { AnsweredMessage } from '../gmail/messages/answered-message.ts';
import {
  type Correspondent,
  type CorrespondentsRequest,
  findCorrespondents,
} from '../gmail/messages/correspondents.ts';
import { loadWholeMessage, type ThreadEntry } from '../gmail/messages/fetch-messages.ts';
import { type FoundAttachment, findAttachment } from '../gmail/messages/find-attachment.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import { type RecentRequest, recentMessages } from '../gmail/messages/recent-messages.ts';
import { type SearchRequest, searchMessages } from '../gmail/messages/search.ts';
import { mayHoldCode } from '../masking/known.ts';
import type { Privacy } from '../shared/privacy.ts';
import type { MailboxOptions } from './mail-memory.ts';
import { WITHOUT_TEXT } from './mail-reader.ts';
import type { OriginalMessage, OriginalOptions } from './original-message.ts';
import type { FileText } from './reading/reading-jobs.ts';
import {
  allBesideMasked,
  type Doubt,
  type DoubtedSearch,
  doubtOf,
  type RowPage,
  searchBesideMasked,
} from './secrecy/masked-search.ts';
import { type MessageOutcome, notFound, ShownMail } from './shown-mail.ts';
import type { ShownMessage } from './shown-message.ts';
import type { KnownChanges, ShownRow } from './shown-row.ts';

export type { CountedLabel } from '../gmail/labels.ts';
export { type Correspondent, MOST_LOOKED_AT } from '../gmail/messages/correspondents.ts';
export type { ThreadEntry } from '../gmail/messages/fetch-messages.ts';
export type { MailboxIdentity, MailboxOptions } from './mail-memory.ts';
export type { MessageOutcome } from './shown-mail.ts';

/** A whole message, as it can be saved. */
export interface MessageFile {
  /** With what is masked hidden. */
  subject: string;
  /** How many of its codes and links are masked elsewhere; undefined where its text is not read. */
  masked: number | undefined;
  load(): Promise<Buffer>;
}

/** The mailbox of one call, less what stays out of reach: the one door to mail. Errors are Problems. */
export class CallMailbox {
  readonly privacy: Privacy;
  /** What cursors belong to. */
  readonly owner: string;
  readonly #gmail: GmailConnection;
  readonly #hidden: HiddenMessages;
  readonly #memoryKey: string;
  readonly #mail: ShownMail;
  readonly #signal: AbortSignal;

  constructor({ gmail, privacy, owner, memoryKey, memory, reader, signal }: MailboxOptions) {
    this.#gmail = gmail;
    this.privacy = privacy;
    this.owner = owner;
    // What is masked is part of what is remembered.
    this.#memoryKey = `${memoryKey} ${privacy.showsCodes}`;
    this.#signal = signal;
    const { showsCodes, hiddenQuery } = privacy;
    this.#hidden = memory.hiddenMessages(memoryKey, hiddenQuery);
    const read = { gmail, memoryKey: this.#memoryKey, showsCodes, memory, reader, signal };
    this.#mail = new ShownMail({ ...read, hidden: this.#hidden });
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
    const doubt = doubtOf(query, this.privacy.showsCodes);
    return doubt ? searchBesideMasked({ ...this.#doubted(query, doubt), limit, pageToken }) : this.#rows(request);
  }

  /** All that a search finds which could ask for what is masked. Throws as `search` does, and `selection_too_wide`. */
  all(query: string, doubt: Doubt): Promise<ShownRow[]> {
    return allBesideMasked(this.#doubted(query, doubt));
  }

  /**
   * What has happened since an earlier call, in up to so many records of Gmail's history.
   *
   * @param historyId where that call ended; without it only the present place is answered
   */
  async changes(historyId: string | undefined, limit: number): Promise<KnownChanges> {
    const request = { historyId, limit, hidden: this.#hidden };
    const history = await historySince(this.#gmail, request, this.#signal);
    const shown = await this.#mail.shownRows([...history.rows.values()]);
    const rows = new Map(shown.map((row) => [row.id, row]));
    return { records: history.records.length, upTo: (count) => changesOf({ ...history, rows }, count) };
  }

  /** The labels with their counts, as a person knows them. */
  labels(): Promise<CountedLabel[]> {
    return listLabels(this.#gmail, this.#signal);
  }

  /** The addresses that a name stands for in the user's mail, with how often and when last. */
  correspondents(name: string): Promise<Correspondent[]> {
    const showName: CorrespondentsRequest['showName'] = (entry, mail) => this.#mail.reader.nameOf(entry, mail);
    // What a name holds may be called a code by the text below it alone.
    const beforeNames: CorrespondentsRequest['beforeNames'] = async (heads) => {
      const doubted = heads.filter(({ from, recipients }) => [from, ...recipients].some(mayHoldCode));
      await this.#read(doubted.map(({ id }) => id));
    };
    return findCorrespondents(this.#gmail, { name, hidden: this.#hidden, showName, beforeNames }, this.#signal);
  }

  /**
   * The newest messages of the inbox for the original contract. One whose text cannot be read comes without it, so that
   * it does not keep the others from being read.
   */
  async recent(request: Omit<RecentRequest, 'hidden'>, options: OriginalOptions): Promise<OriginalMessage[]> {
    const { reader } = this.#mail;
    const messages: OriginalMessage[] = [];
    const known = (id: string) => reader.known.originalHead(id, options);
    reader.prepare();
    const found = recentMessages(this.#gmail, { ...request, hidden: this.#hidden, known }, this.#signal);
    for await (const message of found) messages.push(await reader.originalOrName(message, options));
    // An answer is newer than what it answers, and so was read before it was known what is masked there.
    return messages.map((message) => reader.originalWithoutKnown(message, options));
  }

  /**
   * What an answer to its sender, or to all, takes from the headers of a message. Where the subject may hold a code, the
   * message is read, so that it is known in the answer what is masked of it. Throws `not_found`.
   */
  async answered(id: string, { all }: { all: boolean }): Promise<AnsweredMessage> {
    await this.#mail.requireVisible(id);
    const { answeredMessage } = await import('../gmail/messages/answered-message.ts');
    const answered = await answeredMessage(this.#gmail, { id, all }, this.#signal);
    if (mayHoldCode(answered.subject)) await this.#read([id]);
    return answered;
  }

  /**
   * Finds out what is masked in the thread of a draft, where any of these words may be taken over from it, so that it is
   * known in the draft.
   */
  async learnFor(draft: { threadId: string }, words: readonly string[]): Promise<void> {
    if (words.some(mayHoldCode)) await this.#mail.learn([draft]);
  }

  /** Whether a letter, or a file in it, holds what results would mask. */
  holdsMasked(letter: Letter): Promise<boolean> {
    return this.#mail.reader.holdsMasked(letter);
  }

  /** Messages by id, in the order that was asked for. Fresh are those that Gmail is asked for anew: labels change. */
  messages(ids: readonly string[], options: { fresh: boolean }): Promise<MessageOutcome[]> {
    return this.#mail.messages(ids, options);
  }

  /** One message. Throws its Problem. */
  async message(id: string, options: { fresh: boolean }): Promise<ShownMessage> {
    const [outcome] = await this.messages([id], options);
    if (!outcome || outcome.problem) throw outcome?.problem ?? notFound(id);
    return outcome.data;
  }

  /** A message for the original contract. Throws `not_found`, `text_too_large` or `text_unreadable`. */
  original(id: string, options: OriginalOptions): Promise<OriginalMessage> {
    return this.#mail.original(id, options);
  }

  /** A file of a message that may be seen, with its name as it is shown. Throws `not_found` for the message, `part_unknown` for the part. */
  async file(messageId: string, partId: string): Promise<FoundAttachment> {
    await this.#mail.requireVisible(messageId);
    return findAttachment(
      this.#gmail,
      { messageId, partId, filesOf: (_payload, _load, message) => this.#mail.reader.files(message) },
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
    return this.#mail.reader.fileText(file, bytes);
  }

  /** Whether results mask anything in a file, as far as it can be read. */
  async masksInFile(file: FoundAttachment, content: Buffer): Promise<boolean> {
    return !this.privacy.showsCodes && this.#mail.reader.fileHoldsMasked({ ...file, content }, file.part);
  }

  /** The messages of a thread that may be seen, oldest first, without their text. */
  thread(threadId: string): Promise<ThreadEntry[]> {
    return this.#mail.thread(threadId);
  }

  /** Messages as a list shows them. Those that may not be seen, or are not there any more, are left out. */
  rowsOf(ids: readonly string[]): Promise<ShownRow[]> {
    return this.#mail.rowsOf(ids);
  }

  #doubted(query: string, doubt: Doubt): DoubtedSearch {
    return {
      ...doubt,
      page: (limit, pageToken) => this.#rows({ query, limit, pageToken }),
      read: (ids) => this.#read(ids),
    };
  }

  /** Messages whose labels do not matter. */
  #read(ids: readonly string[]): Promise<MessageOutcome[]> {
    return this.messages(ids, { fresh: false });
  }

  async #rows(request: Omit<SearchRequest, 'hidden'>): Promise<RowPage> {
    const known = (id: string) => this.#mail.reader.known.rowBefore(id);
    const page = await searchMessages(this.#gmail, { ...request, hidden: this.#hidden, known }, this.#signal);
    return { ...page, rows: await this.#mail.shownRows(page.rows) };
  }
}
