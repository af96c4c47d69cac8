import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Clock } from '../../shared/clock.ts';
import { compileSearch, isHidden } from '../search/search.ts';
import { requireLabels } from '../store/labels.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { pageOf } from './paging.ts';

/** resultSizeEstimate does not count beyond this. */
export const SATURATED_ESTIMATE = 201;

/** messages.list (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list). */
export function listMessages(
  store: MailStore,
  clock: Clock,
  query: URLSearchParams,
): gmail_v1.Schema$ListMessagesResponse {
  const found = search(store, clock, query);
  const { page, next } = pageOf(found, query, store.quirks);
  return {
    ...(page.length > 0 ? { messages: page.map(({ id, threadId }) => ({ id, threadId })) } : {}),
    ...next,
    resultSizeEstimate: Math.min(found.length, SATURATED_ESTIMATE),
  };
}

/**
 * threads.list (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/list): every thread
 * of which a single message answers all that is asked, the one with the newest message of all first.
 */
export function listThreads(
  store: MailStore,
  clock: Clock,
  query: URLSearchParams,
): gmail_v1.Schema$ListThreadsResponse {
  const wanted = new Set(search(store, clock, query).map(({ threadId }) => threadId));
  const newestFirst = new Set(store.messages().map(({ threadId }) => threadId));
  const found = [...newestFirst].filter((threadId) => wanted.has(threadId));
  const { page, next } = pageOf(found, query, store.quirks);
  return {
    ...(page.length > 0 ? { threads: page.map((id) => summary(id, store.thread(id))) } : {}),
    ...next,
    resultSizeEstimate: Math.min(found.length, SATURATED_ESTIMATE),
  };
}

function summary(id: string, messages: readonly StoredMessage[]): gmail_v1.Schema$Thread {
  return { id, snippet: messages.at(-1)?.snippet ?? '', historyId: newestHistoryId(messages) };
}

/** The history id of a thread: that of its last change. */
export function newestHistoryId(messages: readonly StoredMessage[]): string {
  return String(Math.max(...messages.map(({ historyId }) => Number(historyId))));
}

/** What a list finds. A search does not know of new mail at once. */
export function search(store: MailStore, clock: Clock, query: URLSearchParams): StoredMessage[] {
  const { matches, reachesHidden } = compileSearch(query.get('q') ?? '', store, clock);
  const labelIds = query.getAll('labelIds');
  requireLabels(store.labels(), labelIds);
  const everywhere =
    query.get('includeSpamTrash') === 'true' || reachesHidden || labelIds.some((id) => id === 'SPAM' || id === 'TRASH');
  const isIndexed = ({ storedAt }: StoredMessage) => storedAt + store.quirks.indexDelayMs <= clock.now();
  return store
    .messages()
    .filter((message) => !query.get('q') || isIndexed(message))
    .filter((message) => everywhere || !isHidden(message))
    .filter((message) => labelIds.every((id) => message.labelIds.has(id)) && matches(message));
}
