import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { EmailAddress } from '../compose/email-address.ts';
import type { Letter, LetterFile } from '../compose/letter.ts';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import { fetchMessage, loadPart } from '../gmail/messages/fetch-messages.ts';
import type { FoundAttachment } from '../gmail/messages/find-attachment.ts';
import type { MessageRow } from '../gmail/messages/message-row.ts';
import type { AttachmentInfo } from '../mail/mime/attachments.ts';
import type { MimePart } from '../mail/mime/mime-part.ts';
import { hideKnown } from '../masking/known.ts';
import { maskNames } from '../masking/mask.ts';
import { Problem, type ProblemCode } from '../shared/problems.ts';
import { KnownMail, keyOf, type MailMemory } from './mail-memory.ts';
import type { OriginalMessage, OriginalOptions } from './original-message.ts';
import type { FileText } from './reading/reading-jobs.ts';
import type { ReadingThread } from './reading/reading-thread.ts';
import { messageWithout, originalWithout, rowWithout } from './secrecy/hide-known.ts';
import { areSame } from './secrecy/known-secrets.ts';
import { readableBytes, wordsHoldMasked } from './secrecy/outgoing.ts';
import type { ReadMessage, ShownMessage } from './shown-message.ts';
import { type ReadRow, rowAgain, type ShownRow, showRow } from './shown-row.ts';

export interface MailReaderOptions {
  gmail: GmailConnection;
  /** What is remembered belongs to it. */
  memoryKey: string;
  showsCodes: boolean;
  memory: MailMemory;
  reader: ReadingThread;
  signal: AbortSignal;
}

/** Where a message lies. */
interface Place {
  threadId?: string | null | undefined;
  labelIds?: readonly string[] | null | undefined;
}

/** What stands for a text that is not read. */
export const WITHOUT_TEXT: Partial<Record<ProblemCode, string>> = {
  text_too_large: '(The text of this message is too large to read.)',
  text_unreadable: '(The text of this message cannot be read.)',
};

/**
 * Has mail of one mailbox read by the reading thread, and remembers what was read and what was masked in it: that stays
 * masked in all that is shown of the same thread. Errors are Problems.
 */
export class MailReader {
  /** What was read before. */
  readonly known: KnownMail;
  readonly #options: MailReaderOptions;

  constructor(options: MailReaderOptions) {
    this.known = new KnownMail(options);
    this.#options = options;
  }

  /** So that the reading thread is there when what it shall read has come. */
  prepare(): void {
    this.#options.reader.prepare();
  }

  /**
   * Throws `text_too_large` or `text_unreadable`.
   *
   * @param before what was read of it: but for its labels, a message never changes
   */
  async show(message: gmail_v1.Schema$Message, before?: ReadMessage): Promise<ShownMessage> {
    const { reader, memory, memoryKey, showsCodes } = this.#options;
    const read = before
      ? { ...before, shown: { ...before.shown, labelIds: message.labelIds ?? [] } }
      : await reader.run('message', { message, showsCodes }, this.#loading(message));
    const { shown, secrets } = read;
    this.#learn(shown.threadId, secrets);
    const known = { ...read, historyId: message.historyId ?? '' };
    if (before) memory.cache.replace(memoryKey, shown.id, known);
    else memory.cache.set(memoryKey, shown.id, known);
    return shown;
  }

  /** A message without what has been masked in its thread so far. */
  withoutKnown(message: ShownMessage): ShownMessage {
    return messageWithout(message, this.#knownOf(message));
  }

  /** Rows without what is masked in them, or in their threads as far as it is known. */
  rows(rows: readonly MessageRow[]): ShownRow[] {
    const read = rows.map((row) => this.#readRow(row));
    rows.forEach(({ threadId }, at) => {
      this.#learn(threadId, read[at]?.secrets ?? []);
    });
    return rows.flatMap((row, at) => {
      const { shown } = read[at] ?? {};
      const isMasked = (this.known.remembered(row.id)?.masked ?? 0) > 0;
      return shown ? rowWithout({ ...shown, holdsMasked: shown.holdsMasked || isMasked }, this.#knownOf(row)) : [];
    });
  }

  /**
   * The display name of a header as it may be shown.
   *
   * @param mail the thread that it comes from, and what else is known of the mail
   */
  nameOf({ name, address }: EmailAddress, { threadId, context }: { threadId: string; context: string }): string {
    if (this.#options.showsCodes) return name;
    // Beside its address, as a header shows it, because that may say what the sender sends.
    const tail = ` <${address}>`;
    const masked = maskNames(`${name}${tail}`, context);
    const shown = masked.endsWith(tail) ? masked.slice(0, -tail.length) : '';
    return hideKnown(shown, this.#knownOf({ threadId })).text;
  }

  /** A message for the original contract. Throws `text_too_large` or `text_unreadable`. */
  async original(message: gmail_v1.Schema$Message, options: OriginalOptions): Promise<OriginalMessage> {
    const { memory, memoryKey, reader } = this.#options;
    const { id, threadId, labelIds, historyId } = message;
    const known = new Set(this.#knownOf(message));
    const before = this.known.originalBefore(id ?? '', options);
    if (before && areSame(before.known, known)) {
      if (options.masks) this.#learn(threadId ?? '', before.read.secrets);
      const read = { ...before.read, message: { ...before.read.message, labelIds: labelIds ?? [] } };
      memory.originals.replace(memoryKey, keyOf(id ?? '', options), { ...before, read, historyId: historyId ?? '' });
      return read.message;
    }
    const input = { message: await this.#whole(message), ...options, known };
    const read = await reader.run('original', input, this.#loading(message));
    if (options.masks) this.#learn(read.message.threadId, read.secrets);
    if (options.instead === undefined)
      memory.originals.set(memoryKey, keyOf(id ?? '', options), { read, known, historyId: historyId ?? '' });
    return read.message;
  }

  /** The same; a text that cannot be read is named instead. */
  async originalOrName(message: gmail_v1.Schema$Message, options: OriginalOptions): Promise<OriginalMessage> {
    try {
      return await this.original(message, options);
    } catch (error) {
      const instead = error instanceof Problem && WITHOUT_TEXT[error.code];
      if (!instead) throw error;
      return this.original(message, { ...options, instead });
    }
  }

  /** The same without what has been masked in its thread so far. */
  originalWithoutKnown(message: OriginalMessage, { masks }: OriginalOptions): OriginalMessage {
    return masks ? originalWithout(message, this.#knownOf(message)) : message;
  }

  /** The files of a message under the names that are shown of them. */
  async files(message: gmail_v1.Schema$Message): Promise<readonly AttachmentInfo[]> {
    const { reader, showsCodes } = this.#options;
    try {
      const shown = this.known.remembered(message.id ?? '') ?? (await this.show(message));
      return this.withoutKnown(shown).attachments;
    } catch (error) {
      if (!(error instanceof Problem && WITHOUT_TEXT[error.code])) throw error;
      return reader.run('files', { payload: message.payload ?? {}, showsCodes }, this.#loading(message));
    }
  }

  /** The text of a file. Throws `text_unreadable`. */
  async fileText(file: FoundAttachment, bytes: Uint8Array): Promise<FileText> {
    const { reader, signal, showsCodes } = this.#options;
    const { part, type, name } = file;
    const input = { bytes, part, type, name, showsCodes, known: this.#knownOf(file) };
    const { secrets, ...text } = await reader.run('fileText', input, { load: nothing, signal });
    this.#learn(file.threadId, secrets);
    return text;
  }

  /** Whether a file that leaves the mailbox, or its name, holds what results would mask, as far as it can be read. */
  async fileHoldsMasked({ name, type, content }: LetterFile, part: MimePart = {}): Promise<boolean> {
    const { reader, signal } = this.#options;
    const bytes = readableBytes({ name, type, content });
    if (!bytes) return false;
    const input = { bytes, part, type, name, showsCodes: false, known: this.#allKnown() };
    try {
      return (await reader.run('fileText', input, { load: nothing, signal })).masked > 0;
    } catch (error) {
      if (error instanceof Problem && error.code === 'text_unreadable') return false;
      throw error;
    }
  }

  /** Whether anything in a letter holds what results would mask. */
  async holdsMasked(letter: Letter): Promise<boolean> {
    if (wordsHoldMasked(letter, this.#allKnown())) return true;
    for (const file of letter.files) if (await this.fileHoldsMasked(file)) return true;
    return false;
  }

  /**
   * What is known to be masked in a message. What the account itself writes may take over anything that it has, so in
   * its drafts and sent mail that is all that is known.
   */
  #knownOf({ threadId, labelIds }: Place): ReadonlySet<string> {
    const { memory, memoryKey } = this.#options;
    const isOwn = labelIds?.some((label) => label === 'DRAFT' || label === 'SENT');
    return isOwn ? this.#allKnown() : memory.known.of(memoryKey, threadId ?? '');
  }

  #allKnown(): ReadonlySet<string> {
    const { memory, memoryKey } = this.#options;
    return memory.known.all(memoryKey);
  }

  #learn(threadId: string, secrets: Iterable<string>): void {
    const { memory, memoryKey } = this.#options;
    memory.known.add(memoryKey, threadId, secrets);
  }

  /** What a row says is masked, and cleaned, once. */
  #readRow(row: MessageRow): ReadRow {
    const { memory, memoryKey, showsCodes } = this.#options;
    const again = rowAgain(memory.rows.get(memoryKey, row.id), row);
    if (again) {
      memory.rows.replace(memoryKey, row.id, { row, read: again });
      return again;
    }
    const read = showRow(row, showsCodes);
    memory.rows.set(memoryKey, row.id, { row, read });
    return read;
  }

  /** With its parts, where only its labels were asked for and more is known now of what is masked in it. */
  async #whole(message: gmail_v1.Schema$Message): Promise<gmail_v1.Schema$Message> {
    const { gmail, signal } = this.#options;
    return message.payload ? message : fetchMessage(gmail, message.id ?? '', signal);
  }

  /** Where the parts of a message come from that Gmail keeps apart. */
  #loading({ id }: gmail_v1.Schema$Message) {
    const { gmail, signal } = this.#options;
    return { load: (part: MimePart) => loadPart(gmail, id ?? '', part, signal), signal };
  }
}

/** A file holds all that is read of it. */
const nothing = async () => new Uint8Array();
