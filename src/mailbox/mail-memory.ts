import type { GmailConnection } from '../gmail/connection/connection.ts';
import type { KnownHead } from '../gmail/messages/fetch-messages.ts';
import { HiddenMemory, HiddenMessages } from '../gmail/messages/hidden.ts';
import type { MessageRow } from '../gmail/messages/message-row.ts';
import type { Privacy } from '../shared/privacy.ts';
import { MessageCache } from './message-cache.ts';
import type { OriginalOptions, ReadOriginal } from './original-message.ts';
import type { ReadingThread } from './reading/reading-thread.ts';
import { KnownSecrets } from './secrecy/known-secrets.ts';
import type { KnownMessage, ShownMessage } from './shown-message.ts';
import type { KnownRow } from './shown-row.ts';

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

/**
 * A message of the original contract, what was known to be masked in its thread when it was read, and the place in Gmail's
 * history as of which its labels are known.
 */
export interface KnownOriginal {
  historyId: string;
  read: ReadOriginal;
  known: ReadonlySet<string>;
}

/** After a change its record may take a moment to be there, in milliseconds; meanwhile nothing is concluded from it. */
const HISTORY_WITHIN_MS = 10_000;

/** What a message takes at least with its headers, and what is kept of others than whole ones, in bytes. */
const SMALLEST = 4096;
const MOST_BESIDE = 2 * 1024 * 1024;

/**
 * What is remembered from one call to the next: messages that were read, what was masked in them, and which of them may
 * be seen.
 */
export class MailMemory {
  readonly cache = new MessageCache<KnownMessage>({
    sizeOf: ({ shown: { folded, unfolded = '', own = '' } }) =>
      2 * (folded.length + unfolded.length + own.length) + SMALLEST,
  });
  /** Messages of the original contract, by what was asked of them. */
  readonly originals = new MessageCache<KnownOriginal>({
    mostBytes: MOST_BESIDE,
    sizeOf: ({ read, known }) => 2 * read.message.body.text.length + 64 * known.size + SMALLEST,
  });
  /** Rows of lists; their headers are cut, and snippets are short. */
  readonly rows = new MessageCache<KnownRow>({ mostBytes: MOST_BESIDE, sizeOf: () => SMALLEST });
  readonly known = new KnownSecrets();
  #changing = 0;
  #changedAt = Number.NEGATIVE_INFINITY;
  #hidden: { key: string; memory: HiddenMemory } | undefined;

  /** A call begins that may change something of the mailbox; what is returned ends it. */
  beginChange(): () => void {
    this.#changing += 1;
    return () => {
      this.#changing -= 1;
      this.#changedAt = Date.now();
    };
  }

  /** Whether Gmail's history tells by now whatever calls have changed. */
  get isHistoryComplete(): boolean {
    return this.#changing === 0 && Date.now() - this.#changedAt > HISTORY_WITHIN_MS;
  }

  /** What is hidden from one call. */
  hiddenMessages(account: string, query: string): HiddenMessages {
    const key = `${account}\n${query}`;
    if (this.#hidden?.key !== key) this.#hidden = { key, memory: new HiddenMemory() };
    return new HiddenMessages(query, this.#hidden.memory);
  }
}

/** What is remembered of one mailbox's mail, and what Gmail need not be asked for again of it. */
export class KnownMail {
  readonly #of: { memory: MailMemory; memoryKey: string };

  constructor(of: { memory: MailMemory; memoryKey: string }) {
    this.#of = of;
  }

  /** A message that was read before, and not too long ago. */
  remembered(id: string): ShownMessage | undefined {
    return this.readBefore(id)?.shown;
  }

  /** The same with what was masked in it. */
  readBefore(id: string): KnownMessage | undefined {
    const { memory, memoryKey } = this.#of;
    return memory.cache.get(memoryKey, id);
  }

  /** What was read before of a message for the original contract, by the same options. */
  originalBefore(id: string, options: OriginalOptions): KnownOriginal | undefined {
    const { memory, memoryKey } = this.#of;
    return options.instead === undefined ? memory.originals.get(memoryKey, keyOf(id, options)) : undefined;
  }

  /** What Gmail need not be asked for again of a message that was read before. */
  head(id: string): KnownHead | undefined {
    const { shown, historyId = '' } = this.readBefore(id) ?? {};
    return shown && this.#headOf({ id, threadId: shown.threadId, labelIds: [...shown.labelIds], historyId });
  }

  /** The same of one that was read for the original contract, by the same options. */
  originalHead(id: string, options: OriginalOptions): KnownHead | undefined {
    const { read, historyId = '' } = this.originalBefore(id, options) ?? {};
    if (!read) return undefined;
    const { threadId, labelIds } = read.message;
    return this.#headOf({ id, threadId, labelIds, historyId });
  }

  /** A row as Gmail gave it before, where its history tells what has changed since. */
  rowBefore(id: string): MessageRow | undefined {
    const { memory, memoryKey } = this.#of;
    const { row } = memory.rows.get(memoryKey, id) ?? {};
    return memory.isHistoryComplete && row?.historyId ? row : undefined;
  }

  /** Right after a change the history may not tell of it yet. */
  #headOf(head: KnownHead): KnownHead {
    return this.#of.memory.isHistoryComplete ? head : { ...head, historyId: '' };
  }
}

/** Names what was asked of a message for the original contract. */
export const keyOf = (id: string, { masks, offset }: OriginalOptions): string => `${id} ${masks} ${offset}`;
