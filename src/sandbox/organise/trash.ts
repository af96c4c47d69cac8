import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { type LabelChange, PLACES } from './label-change.ts';

/**
 * Changes labels, and puts messages into the trash and takes them out. Whether INBOX stays on a message in the trash is
 * reported both ways, so it stays on some, whether they went by `trash` or by the label: who wants to know where a
 * message lies asks for TRASH first. It is so with SPAM as well: the sandbox's own choice.
 */
export class Trash {
  readonly #store: MailStore;
  /** The labels that went by themselves, by the ids of their messages. */
  readonly #taken = new Map<string, readonly string[]>();

  constructor(store: MailStore) {
    this.#store = store;
  }

  change(message: StoredMessage, { add, remove }: LabelChange): void {
    const { id, labelIds } = message;
    const place = add.find((label) => label !== 'INBOX' && PLACES.includes(label) && !labelIds.has(label));
    const taken = place === undefined ? [] : takenBy(message, place).filter((label) => !remove.includes(label));
    if (place === 'TRASH') this.#taken.set(id, taken);
    else if (remove.includes('TRASH')) this.#taken.delete(id);
    this.#store.modify(id, add, [...remove, ...taken]);
  }

  putIn(message: StoredMessage): void {
    this.change(message, { add: ['TRASH'], remove: [] });
  }

  /** The labels from before come back. */
  takeOut({ id, labelIds }: StoredMessage): void {
    if (!labelIds.has('TRASH')) return;
    this.#store.modify(id, this.#taken.get(id) ?? [], ['TRASH']);
    this.#taken.delete(id);
  }
}

/** The labels that go by themselves where a message is put into that place. */
function takenBy({ id, labelIds }: StoredMessage, place: string): string[] {
  return PLACES.filter((label) => label !== place && labelIds.has(label) && !(label === 'INBOX' && keepsInbox(id)));
}

/** Whether the message stays in the inbox where it is put into the trash. */
export const keepsInbox = (id: string): boolean => Number.parseInt(id.slice(-1), 16) % 2 === 0;
