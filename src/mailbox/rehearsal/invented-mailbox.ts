import { GmailConnection } from '../../gmail/connection/connection.ts';
import { HiddenMessages } from '../../gmail/messages/hidden.ts';
import { searchMessages } from '../../gmail/messages/search.ts';
import { createLogger } from '../../shared/log.ts';
import { Redactor } from '../../shared/redact.ts';
import { CallMailbox } from '../call-mailbox.ts';
import { MailMemory } from '../mail-memory.ts';
import { ReadingThread } from '../reading/reading-thread.ts';
import { inventedGmail } from './invented-gmail.ts';

/** A mailbox of invented mail, of which rows alone can be had. No request of it leaves the process. */
export class InventedMailbox {
  readonly #gmail: GmailConnection;
  readonly #signal = new AbortController().signal;

  /** @param send what answers its requests */
  constructor(send: typeof fetch = inventedGmail) {
    const log = createLogger(() => undefined, new Redactor(), 'warn');
    const tokens = { get: async () => ({ value: 'invented' }) };
    this.#gmail = new GmailConnection({ tokens, log, send });
  }

  /** Makes the requests of a search, and shows nothing of it. */
  async request(): Promise<void> {
    await searchMessages(this.#gmail, { query: '', limit: 1, hidden: new HiddenMessages() }, this.#signal);
  }

  /** Nothing is remembered of it from one time to the next. */
  open(): CallMailbox {
    const privacy = { hiddenQuery: '', showsCodes: false };
    // No whole message is read, so the thread for that is never started.
    const reader = new ReadingThread({ file: '' });
    const held = { gmail: this.#gmail, privacy, memory: new MailMemory(), reader, signal: this.#signal };
    return new CallMailbox({ owner: '', memoryKey: '', ...held });
  }
}
