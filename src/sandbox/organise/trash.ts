import type { MailStore, StoredMessage } from '../store/mail-store.ts';

/**
 * Puts messages into the trash and takes them out. Whether INBOX stays on a message in the trash is reported both ways,
 * so it stays on some: who wants to know where a message lies asks for TRASH first.
 */
export class Trash {
  readonly #store: MailStore;
  /** The labels that went, by the ids of their messages. */
  readonly #taken = new Map<string, readonly string[]>();

  constructor(store: MailStore) {
    this.#store = store;
  }

  putIn({ id, labelIds }: StoredMessage): void {
    if (labelIds.has('TRASH')) return;
    const keepsInbox = Number.parseInt(id.slice(-1), 16) % 2 === 0;
    const taken = [...labelIds].filter((label) => label === 'SPAM' || (label === 'INBOX' && !keepsInbox));
    this.#taken.set(id, taken);
    this.#store.modify(id, ['TRASH'], taken);
  }

  /** The labels from before come back. */
  takeOut({ id }: StoredMessage): void {
    this.#store.modify(id, this.#taken.get(id) ?? [], ['TRASH']);
    this.#taken.delete(id);
  }
}
