import type { GmailConnection } from '../gmail/connection/connection.ts';
import { HiddenMemory, HiddenMessages } from '../gmail/messages/hidden.ts';
import type { Privacy } from '../shared/privacy.ts';
import { MessageCache } from './message-cache.ts';
import type { ReadingThread } from './reading/reading-thread.ts';
import { KnownSecrets } from './secrecy/known-secrets.ts';
import type { ShownMessage } from './shown-message.ts';

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
 * What is remembered from one call to the next: messages that were read, what was masked in them, and which of them may
 * be seen.
 */
export class MailMemory {
  readonly cache = new MessageCache<ShownMessage>({
    sizeOf: ({ folded, unfolded = '', own = '' }) => 2 * (folded.length + unfolded.length + own.length) + 4096,
  });
  readonly known = new KnownSecrets();
  #hidden: { key: string; memory: HiddenMemory } | undefined;

  /** What is hidden from one call. */
  hiddenMessages(account: string, query: string): HiddenMessages {
    const key = `${account}\n${query}`;
    if (this.#hidden?.key !== key) this.#hidden = { key, memory: new HiddenMemory() };
    return new HiddenMessages(query, this.#hidden.memory);
  }
}
