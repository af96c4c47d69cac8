import { HiddenMemory, HiddenMessages } from '../gmail/messages/hidden.ts';
import { MessageCache } from './message-cache.ts';
import { KnownSecrets } from './secrecy/known-secrets.ts';
import type { ShownMessage } from './shown-message.ts';

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
