import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { BatchOutcome } from '../../gmail/connection/batch.ts';
import type { GmailConnection } from '../../gmail/connection/connection.ts';
import {
  fetchMessage,
  fetchMessages,
  listThread,
  loadPart,
  outcomeOf,
  type ThreadEntry,
} from '../../gmail/messages/fetch-messages.ts';
import { type FoundAttachment, findAttachment } from '../../gmail/messages/find-attachment.ts';
import { HiddenMessages } from '../../gmail/messages/hidden.ts';
import type { MimePart } from '../../mail/mime/mime-part.ts';
import type { Privacy } from '../../shared/privacy.ts';
import { Problem } from '../../shared/problems.ts';
import { MessageCache } from './message-cache.ts';
import type { OriginalMessage, OriginalOptions } from './original-message.ts';
import type { FileText, FileToRead } from './reading-jobs.ts';
import type { MailReader } from './reading-thread.ts';
import type { ShownMessage } from './shown-message.ts';

/** What is remembered from one call to the next: messages that were read, and which of them may be seen. */
export class MailMemory {
  readonly cache = new MessageCache<ShownMessage>({
    sizeOf: ({ folded, unfolded = '', own = '' }) => 2 * (folded.length + unfolded.length + own.length) + 4096,
  });
  #hidden: { key: string; messages: HiddenMessages } | undefined;

  hiddenMessages(account: string, query: string): HiddenMessages {
    const key = `${account}\n${query}`;
    if (this.#hidden?.key !== key) this.#hidden = { key, messages: new HiddenMessages(query) };
    return this.#hidden.messages;
  }
}

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
  reader: MailReader;
  signal: AbortSignal;
}

/** The mailbox of one call, less what stays out of reach. Errors are Problems. */
export class CallMailbox {
  readonly gmail: GmailConnection;
  readonly hidden: HiddenMessages;
  readonly privacy: Privacy;
  readonly owner: string;
  readonly #memory: MailMemory;
  readonly #memoryKey: string;
  readonly #reader: MailReader;
  readonly #signal: AbortSignal;

  constructor({ gmail, privacy, owner, memoryKey, memory, reader, signal }: MailboxOptions) {
    this.gmail = gmail;
    this.privacy = privacy;
    this.owner = owner;
    this.#memory = memory;
    // What is masked is part of what is remembered.
    this.#memoryKey = `${memoryKey} ${privacy.showsCodes}`;
    this.#reader = reader;
    this.#signal = signal;
    this.hidden = memory.hiddenMessages(memoryKey, privacy.hiddenQuery);
  }

  /**
   * Messages by id, in the order that was asked for: those that were read before from memory, the others by one HTTP
   * request for each 25.
   *
   * @param fresh whether to ask Gmail for all of them, because labels change
   */
  async messages(ids: readonly string[], { fresh }: { fresh: boolean }): Promise<BatchOutcome<ShownMessage>[]> {
    const known = new Map<string, BatchOutcome<ShownMessage>>();
    for (const id of fresh ? [] : ids) {
      const data = this.#memory.cache.get(this.#memoryKey, id);
      if (data) known.set(id, { data });
    }
    const remembered = known.size;
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length > 0) this.#reader.prepare();
    for await (const { data, problem } of fetchMessages(this.gmail, missing, this.#signal)) {
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

  /** A message for the tools of the original contract. Throws `not_found`, `text_too_large` or `text_unreadable`. */
  async original(id: string, options: OriginalOptions): Promise<OriginalMessage> {
    this.#reader.prepare();
    return this.readOriginal(await fetchMessage(this.gmail, id, this.#signal), options);
  }

  /** The same of a message that is there already. */
  readOriginal(message: gmail_v1.Schema$Message, options: OriginalOptions): Promise<OriginalMessage> {
    return this.#reader.run('original', { message, ...options }, this.#loading(message));
  }

  /** A file of a message that may be seen. Throws `not_found` for the message, `part_unknown` for the part. */
  async file(messageId: string, partId: string): Promise<FoundAttachment> {
    // Before anything is said of the message.
    await this.requireVisible(messageId);
    const signal = this.#signal;
    return findAttachment(this.gmail, messageId, partId, {
      signal,
      filesOf: (payload, load) => this.#reader.run('files', { payload }, { load, signal }),
    });
  }

  /** The text of a file. Throws `text_unreadable`. */
  fileText(file: Omit<FileToRead, 'showsCodes'>): Promise<FileText> {
    const { showsCodes } = this.privacy;
    return this.#reader.run('fileText', { ...file, showsCodes }, { load: nothing, signal: this.#signal });
  }

  /** The messages of a thread that may be seen, oldest first, without their text. */
  async thread(threadId: string): Promise<ThreadEntry[]> {
    const entries = await listThread(this.gmail, threadId, this.#signal);
    const visible = await this.hidden.visibleInThread(this.gmail, threadId, entries, this.#signal);
    return entries.filter(({ id }) => visible.has(id));
  }

  /** Throws `not_found` where a message must not be seen, exactly as where there is none. */
  async requireVisible(id: string, messageId?: string): Promise<void> {
    await this.hidden.requireVisible(this.gmail, { id, messageId }, this.#signal);
  }

  async #withoutHidden(
    outcomes: readonly BatchOutcome<ShownMessage>[],
    ids: readonly string[],
  ): Promise<BatchOutcome<ShownMessage>[]> {
    // That a message cannot be read says that it is there, so it is asked about too.
    const isThere = ({ problem }: BatchOutcome<ShownMessage>) => problem?.code !== 'not_found';
    const asked = ids.flatMap((id, index) => {
      const outcome = outcomes[index];
      return outcome && isThere(outcome) ? [{ id, messageId: outcome.data?.messageId }] : [];
    });
    const visible = await this.hidden.visible(this.gmail, asked, this.#signal);
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

  /** Where the parts of a message come from that Gmail keeps apart. */
  #loading({ id }: gmail_v1.Schema$Message) {
    const signal = this.#signal;
    return { load: (part: MimePart) => loadPart(this.gmail, id ?? '', part, signal), signal };
  }
}

/** A file holds all that is read of it. */
const nothing = async () => new Uint8Array();

const notFound = (id: string) => Problem.of('not_found', { kind: 'message', id });
