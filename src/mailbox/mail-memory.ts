import type { GmailConnection } from '../gmail/connection/connection.ts';
import { HiddenMemory, HiddenMessages } from '../gmail/messages/hidden.ts';
import type { Privacy } from '../shared/privacy.ts';
import { MessageCache } from './message-cache.ts';
import type { ReadOriginal } from './original-message.ts';
import type { ReadingThread } from './reading/reading-thread.ts';
import { KnownSecrets } from './secrecy/known-secrets.ts';
import type { KnownMessage } from './shown-message.ts';
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

/** A message of the original contract, and what was known to be masked in its thread when it was read. */
export interface KnownOriginal {
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
  #changedAt = Number.NEGATIVE_INFINITY;
  #hidden: { key: string; memory: HiddenMemory } | undefined;

  /** A call has changed something of the mailbox. */
  noteChange(): void {
    this.#changedAt = Date.now();
  }

  /** Whether Gmail's history tells by now whatever calls have changed. */
  get isHistoryComplete(): boolean {
    return Date.now() - this.#changedAt > HISTORY_WITHIN_MS;
  }

  /** What is hidden from one call. */
  hiddenMessages(account: string, query: string): HiddenMessages {
    const key = `${account}\n${query}`;
    if (this.#hidden?.key !== key) this.#hidden = { key, memory: new HiddenMemory() };
    return new HiddenMessages(query, this.#hidden.memory);
  }
}
