import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { LRUCache } from 'lru-cache';
import { headerOf } from '../../mail/mime/mime-part.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { clip } from '../../shared/code-points.ts';
import { checkHiddenQuery, isSameLabel, labelsIn, plainQuotes, unbalanced } from '../../shared/hidden/hidden-query.ts';
import { Problem } from '../../shared/problems.ts';
import { type BatchRequest, foundOf, MOST_CALLS } from '../connection/batch.ts';
import type { GmailConnection } from '../connection/connection.ts';
import { listMessages } from '../labelling.ts';

/** A message that somebody asks for. */
export interface AskedMessage {
  id: string;
  /** The Message-ID header, '' where there is none. It is fetched where this is absent. */
  messageId?: string | undefined;
}

/** How long it is remembered that a message was visible, in milliseconds. */
const REMEMBERED_FOR_MS = 5 * 60_000;

/** How many messages are remembered as visible. */
const MOST_REMEMBERED = 5000;

/** How long the labels that the search names count as there where a search alone goes by them, in milliseconds. */
const LABELS_FOR_MS = 60_000;

/** Message-IDs that Gmail's search reads as one word; others cannot be asked for. */
const SEARCHABLE_ID = /^[^\s"(){}|<>\\\p{C}]+$/u;

/** What is remembered of one mailbox from call to call. Nothing is shown because of it. */
export class HiddenMemory {
  readonly clock: Clock;
  /** Messages that were visible when they were last asked about. */
  readonly visible: LRUCache<string, true>;
  /** When the labels that the search names were last found, milliseconds since the epoch. */
  labelsFoundAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock = systemClock) {
    this.clock = clock;
    // The clock is asked each time.
    this.visible = new LRUCache({ max: MOST_REMEMBERED, ttl: REMEMBERED_FOR_MS, ttlResolution: 0, perf: clock });
  }
}

/**
 * Keeps the messages of one mailbox that a Gmail search finds, such as `label:private`, out of every answer of one call.
 * A message is visible only where Gmail lists it among those that the search does not find, in this very call, since
 * labels change: whatever cannot be checked is hidden, a message without a Message-ID included. To whoever asks, a
 * hidden message does not exist.
 */
export class HiddenMessages {
  readonly #query: string;
  readonly #memory: HiddenMemory;
  /** The messages that were found visible during the call. */
  readonly #visible = new Set<string>();
  #labels: readonly string[] | undefined;

  /** @param query nothing is hidden where it is absent or blank */
  constructor(query?: string, memory = new HiddenMemory()) {
    this.#query = query?.trim() ?? '';
    this.#memory = memory;
  }

  /** Whether anything is hidden at all. */
  get isActive(): boolean {
    return this.#query !== '';
  }

  /**
   * A search without the hidden messages. What is excluded stands first, so that nothing in the search reaches it. It
   * takes one HTTP request where the setting names labels that were not looked for lately.
   *
   * @throws Problem `hidden_query_wrong` or `hidden_label_unknown`, or `query_unbalanced` for a search that could break
   *   out of its brackets
   */
  async exclude(gmail: GmailConnection, query: string, signal: AbortSignal): Promise<string> {
    if (!this.isActive) return query;
    const exclusion = this.#exclusion();
    const plain = plainQuotes(query).trim();
    const reason = unbalanced(plain);
    if (reason) throw Problem.of('query_unbalanced', { reason });
    if (this.#asksForLabels()) await this.#ask(gmail, [LABELS], signal);
    return plain ? `${exclusion} (${plain})` : exclusion;
  }

  /**
   * The ids of those messages that are not hidden. It takes one HTTP request for each 25 messages, and as many more
   * where their Message-IDs are not known; none where nothing is hidden, or all were asked for during the call.
   *
   * @throws Problem `hidden_query_wrong` or `hidden_label_unknown`
   */
  async visible(
    gmail: GmailConnection,
    messages: readonly AskedMessage[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    if (!this.isActive) return new Set(messages.map(({ id }) => id));
    const exclusion = this.#exclusion();
    const open = messages.filter(({ id }) => !this.#visible.has(id));
    const known = await withMessageIds(gmail, open, signal);
    const requests = known
      .filter(({ messageId }) => SEARCHABLE_ID.test(messageId))
      .map(({ id, messageId }) => listRequest(id, `${exclusion} rfc822msgid:${messageId}`));
    const hasRoom = requests.length > 0 && requests.length < MOST_CALLS;
    const withLabels = requests.length > 0 && this.#asksForLabels(hasRoom);
    const listed = await this.#ask(gmail, withLabels ? [...requests, LABELS] : requests, signal);
    const ids = new Set(listed.flatMap((list) => list.messages ?? []).map(({ id }) => id));
    for (const { id } of open) {
      if (ids.has(id)) this.#visible.add(id);
      if (ids.has(id)) this.#memory.visible.set(id, true);
      else this.#memory.visible.delete(id);
    }
    return new Set(messages.map(({ id }) => id).filter((id) => this.#visible.has(id)));
  }

  /**
   * Those of messages that were found visible a while ago which are so still: whatever was found visible meanwhile does
   * not count. What is hidden is listed, 500 a request, since thousands may be asked about.
   *
   * @throws Problem as `visible` does
   */
  async stillVisible(gmail: GmailConnection, ids: readonly string[], signal: AbortSignal): Promise<string[]> {
    if (!this.isActive) return [...ids];
    this.#visible.clear();
    const q = `(${checkHiddenQuery(this.#query)})`;
    if (this.#asksForLabels(true)) await this.#ask(gmail, [LABELS], signal);
    const all = { q, most: Number.POSITIVE_INFINITY, everywhere: true };
    const hidden = new Set((await listMessages(gmail, all, signal)).found.map(({ id }) => id));
    return ids.filter((id) => !hidden.has(id));
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

  /** Whether the message was visible a short while ago, for one that is gone and cannot be asked about. */
  isKnownVisible(id: string): boolean {
    return !this.isActive || this.#memory.visible.has(id);
  }

  /** Whether the labels that the setting names have to be looked for. */
  #asksForLabels(costsNothing = false): boolean {
    this.#labels ??= labelsIn(this.#query);
    if (this.#labels.length === 0) return false;
    const { clock, labelsFoundAt } = this.#memory;
    return costsNothing || clock.now() - labelsFoundAt > LABELS_FOR_MS;
  }

  /** A search for a label that is not there finds nothing, so nothing would be hidden. */
  async #ask(gmail: GmailConnection, requests: readonly BatchRequest[], signal: AbortSignal): Promise<Answer[]> {
    const answers = foundOf(await gmail.batch<Answer>(requests, signal));
    if (!requests.includes(LABELS)) return answers;
    const names = (answers.at(-1)?.labels ?? []).map(({ name }) => name ?? '');
    const missing = this.#labels?.find((label) => !names.some((name) => isSameLabel(name, label)));
    if (missing !== undefined) throw Problem.of('hidden_label_unknown', { label: clip(missing, LONGEST_NAMED) });
    this.#memory.labelsFoundAt = this.#memory.clock.now();
    return answers;
  }

  #exclusion(): string {
    return `-(${checkHiddenQuery(this.#query)})`;
  }
}

type Answer = gmail_v1.Schema$ListMessagesResponse & gmail_v1.Schema$ListLabelsResponse;

/** How much of a label an error names, in code points. */
const LONGEST_NAMED = 60;

const LABELS: BatchRequest = {
  path: ['labels'],
  query: { fields: 'labels/name' },
  subject: { kind: 'list', id: 'labels' },
};

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
