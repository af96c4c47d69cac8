import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { LRUCache } from 'lru-cache';
import { headerOf } from '../../mail/mime/mime-part.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { Problem } from '../../shared/problems.ts';
import { type BatchRequest, foundOf } from '../connection/batch.ts';
import type { GmailConnection } from '../connection/connection.ts';
import { checkHiddenQuery, plainQuotes, unbalanced } from './hidden-query.ts';

/** A message that somebody asks for. */
export interface AskedMessage {
  id: string;
  /** The Message-ID header, '' where there is none. It is fetched where this is absent. */
  messageId?: string | undefined;
}

/** How long a message counts as visible without asking again, in milliseconds: labels change. */
const VISIBLE_FOR_MS = 5 * 60_000;

/** How many messages are remembered as visible. */
const MOST_REMEMBERED = 5000;

/** Message-IDs that Gmail's search reads as one word; others cannot be asked for. */
const SEARCHABLE_ID = /^[^\s"(){}|<>\\\p{C}]+$/u;

/**
 * Keeps the messages of one mailbox that a Gmail search finds, such as `label:private`, out of every answer. A message
 * is visible only where Gmail lists it among those that the search does not find: whatever cannot be checked is
 * hidden, a message without a Message-ID included. To whoever asks, a hidden message does not exist.
 */
export class HiddenMessages {
  readonly #query: string;
  /** The messages that count as visible. */
  readonly #visible: LRUCache<string, true>;

  /** @param query nothing is hidden where it is absent or blank */
  constructor(query?: string, clock: Clock = systemClock) {
    this.#query = query?.trim() ?? '';
    // The clock is asked each time.
    this.#visible = new LRUCache({ max: MOST_REMEMBERED, ttl: VISIBLE_FOR_MS, ttlResolution: 0, perf: clock });
  }

  /** Whether anything is hidden at all. */
  get isActive(): boolean {
    return this.#query !== '';
  }

  /**
   * A search without the hidden messages. What is excluded stands first, so that nothing in the search reaches it.
   *
   * @throws Problem `hidden_query_wrong`, or `query_unbalanced` for a search that could break out of its brackets
   */
  exclude(query: string): string {
    if (!this.isActive) return query;
    const exclusion = this.#exclusion();
    const plain = plainQuotes(query).trim();
    const reason = unbalanced(plain);
    if (reason) throw Problem.of('query_unbalanced', { reason });
    return plain ? `${exclusion} (${plain})` : exclusion;
  }

  /**
   * The ids of those messages that are not hidden. It takes one HTTP request for each 25 messages, and as many more
   * where their Message-IDs are not known; none where nothing is hidden, or all were asked for lately.
   *
   * @throws Problem `hidden_query_wrong`
   */
  async visible(
    gmail: GmailConnection,
    messages: readonly AskedMessage[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    if (!this.isActive) return new Set(messages.map(({ id }) => id));
    const exclusion = this.#exclusion();
    const open = messages.filter(({ id }) => !this.isKnownVisible(id));
    const known = await withMessageIds(gmail, open, signal);
    const requests = known
      .filter(({ messageId }) => SEARCHABLE_ID.test(messageId))
      .map(({ id, messageId }) => listRequest(id, `${exclusion} rfc822msgid:${messageId}`));
    const listed = foundOf(await gmail.batch<gmail_v1.Schema$ListMessagesResponse>(requests, signal));
    const ids = new Set(listed.flatMap((list) => list.messages ?? []).map(({ id }) => id));
    for (const { id } of open) if (ids.has(id)) this.#visible.set(id, true);
    return new Set(messages.map(({ id }) => id).filter((id) => this.isKnownVisible(id)));
  }

  /**
   * Passes where one message is not hidden.
   *
   * @throws Problem `not_found`, as for a message that does not exist
   */
  async requireVisible(gmail: GmailConnection, message: AskedMessage, signal: AbortSignal): Promise<void> {
    const visible = await this.visible(gmail, [message], signal);
    if (!visible.has(message.id)) throw Problem.of('not_found', { kind: 'message', id: message.id });
  }

  /**
   * The ids of the messages of a thread that are not hidden.
   *
   * @throws Problem `not_found`, as for a thread that does not exist, where all of them are
   */
  async visibleInThread(
    gmail: GmailConnection,
    threadId: string,
    messages: readonly AskedMessage[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const visible = await this.visible(gmail, messages, signal);
    if (visible.size === 0) throw Problem.of('not_found', { kind: 'thread', id: threadId });
    return visible;
  }

  /** Whether the message was visible a short while ago. */
  isKnownVisible(id: string): boolean {
    return !this.isActive || this.#visible.has(id);
  }

  /** Asks again about messages whose labels have changed. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#visible.delete(id);
  }

  #exclusion(): string {
    return `-(${checkHiddenQuery(this.#query)})`;
  }
}

/** Asks where a message lies, spam and trash included. Copies with the same Message-ID are few. */
const listRequest = (id: string, q: string): BatchRequest => ({
  path: ['messages'],
  query: { q, includeSpamTrash: 'true', maxResults: '500', fields: 'messages/id' },
  subject: { kind: 'message', id },
});

/**
 * How mail programs write the name. Gmail may go by the case (reports differ), and a message whose id is not found
 * counts as hidden.
 */
const MESSAGE_ID_SPELLINGS = ['Message-ID', 'Message-Id', 'Message-id', 'message-id', 'MESSAGE-ID', 'Message-iD'];

/** Fetches the Message-IDs that are not known. A message that is not there any more is left out. */
async function withMessageIds(
  gmail: GmailConnection,
  messages: readonly AskedMessage[],
  signal: AbortSignal,
): Promise<{ id: string; messageId: string }[]> {
  const requests = messages
    .filter(({ messageId }) => messageId === undefined)
    .map(({ id }) => ({
      path: ['messages', id],
      query: { format: 'metadata', metadataHeaders: MESSAGE_ID_SPELLINGS, fields: 'id,payload/headers' },
      subject: { kind: 'message', id },
    }));
  const fetched = foundOf(await gmail.batch<gmail_v1.Schema$Message>(requests, signal));
  const headers = new Map(fetched.map(({ id, payload }) => [id, headerOf(payload, 'message-id')]));
  return messages.flatMap(({ id, messageId = headers.get(id) }) =>
    messageId === undefined ? [] : [{ id, messageId: messageId.trim().replace(/^<|>$/g, '') }],
  );
}
