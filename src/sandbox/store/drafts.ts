import { randomInt } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { deliver, prepare } from './deliver.ts';
import type { MailStore, StoredMessage } from './mail-store.ts';

export interface Draft {
  /** Stays as long as the draft does; its message gets a new one with every change. */
  id: string;
  message: StoredMessage;
}

/** The drafts of a mailbox (https://developers.google.com/workspace/gmail/api/guides/drafts). */
export class Drafts {
  readonly #store: MailStore;
  /** By the ids of their messages. */
  readonly #ids = new Map<string, string>();

  constructor(store: MailStore) {
    this.#store = store;
  }

  /** Newest first. */
  all(): Draft[] {
    return this.#store
      .messages()
      .filter(({ labelIds }) => labelIds.has('DRAFT'))
      .map((message) => ({ id: this.#idOf(message), message }));
  }

  find(id: string): Draft | undefined {
    return this.all().find((draft) => draft.id === id);
  }

  async create(raw: Buffer, clock: Clock, threadId?: string): Promise<Draft> {
    const { stamped } = await prepare(this.#store, raw, clock);
    const at = { labelIds: ['DRAFT'], internalDate: clock.now(), ...(threadId === undefined ? {} : { threadId }) };
    const message = await this.#store.add(stamped, at);
    return { id: this.#idOf(message), message };
  }

  /** Puts another message in the place of a draft's. Without a thread it leaves the one it was in. */
  async replace(draft: Draft, raw: Buffer, clock: Clock, threadId?: string): Promise<Draft> {
    const { message } = await this.create(raw, clock, threadId);
    this.#ids.set(message.id, draft.id);
    this.remove(draft);
    return { id: draft.id, message };
  }

  /** Sends a draft, which is gone then: what was sent is a message of its own. */
  async send(draft: Draft, clock: Clock): Promise<StoredMessage> {
    const { raw, threadId } = draft.message;
    const sent = await deliver(this.#store, raw, clock, threadId);
    this.remove(draft);
    return sent;
  }

  remove({ message }: Draft): void {
    this.#ids.delete(message.id);
    this.#store.remove(message.id);
  }

  #idOf({ id }: StoredMessage): string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    const made = `r${randomInt(2) ? '-' : ''}${randomInt(1e9, 1e10)}${randomInt(1e8, 1e9)}`;
    this.#ids.set(id, made);
    return made;
  }
}
