import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { Problem } from '../shared/problems.ts';
import { type BatchRequest, foundOf } from './connection/batch.ts';
import type { GmailConnection } from './connection/connection.ts';

/** A message, and the thread that it belongs to. */
export interface FoundMessage {
  id: string;
  threadId: string;
}

/** Gmail takes at most so many ids in one request, and lists as many at most. */
const MOST_IDS = 1000;
const MOST_LISTED = 500;

/** What became of a change of labels. */
export interface LabellingOutcome {
  /** Messages of requests that Gmail has accepted; ids that it does not know pass without a word. */
  done: string[];
  /** Messages of the request that failed and of those that were not made any more. */
  left: string[];
  /** Why there are any left. */
  problem?: Problem;
  /** The same where it is no problem to tell of: the call was cancelled. */
  stopped?: unknown;
}

/**
 * Puts labels on messages and takes others off, 1,000 messages a request
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/batchModify). The same request
 * twice has the effect of one, so that whoever repeats it does no harm.
 */
export async function changeLabels(
  gmail: GmailConnection,
  { ids, add, remove }: { ids: readonly string[]; add: readonly string[]; remove: readonly string[] },
  signal: AbortSignal,
): Promise<LabellingOutcome> {
  const done: string[] = [];
  for (let start = 0; start < ids.length; start += MOST_IDS) {
    const some = ids.slice(start, start + MOST_IDS);
    const requestBody = { ids: [...some], addLabelIds: [...add], removeLabelIds: [...remove] };
    try {
      await gmail.run(signal, (api, options) => api.users.messages.batchModify({ userId: 'me', requestBody }, options));
    } catch (error) {
      return { done, left: ids.slice(start), ...(error instanceof Problem ? { problem: error } : { stopped: error }) };
    }
    done.push(...some);
  }
  return { done, left: [] };
}

/**
 * The messages that a search finds, newest first, without anything of what they hold: one request for each 500.
 *
 * @param q the search, with what is hidden excluded from it
 * @param most after how many to stop, where more follow
 * @param labelId which label they have, besides
 * @param everywhere whether spam and trash count, which a search that does not name them leaves out
 */
export async function listMessages(
  gmail: GmailConnection,
  { q, most, labelId, everywhere = false }: { q: string; most: number; labelId?: string; everywhere?: boolean },
  signal: AbortSignal,
): Promise<{ found: FoundMessage[]; hasMore: boolean }> {
  const found: FoundMessage[] = [];
  let pageToken: string | undefined;
  do {
    const request = {
      userId: 'me',
      maxResults: Math.min(MOST_LISTED, most - found.length),
      fields: 'messages(id,threadId),nextPageToken',
      ...(q ? { q } : {}),
      ...(labelId ? { labelIds: [labelId] } : {}),
      ...(everywhere ? { includeSpamTrash: true } : {}),
      ...(pageToken ? { pageToken } : {}),
    };
    const page = await gmail.run(signal, (api, options) => api.users.messages.list(request, options));
    found.push(...(page.messages ?? []).map(toFound));
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken && found.length < most);
  return { found, hasMore: pageToken !== undefined };
}

/** The threads of messages; a message that is not there any more is left out. */
export async function threadsOf(
  gmail: GmailConnection,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<FoundMessage[]> {
  const requests = ids.map(
    (id): BatchRequest => ({
      path: ['messages', id],
      query: { format: 'minimal', fields: 'id,threadId' },
      subject: { kind: 'message', id },
    }),
  );
  return foundOf(await gmail.batch<gmail_v1.Schema$Message>(requests, signal)).map(toFound);
}

/** Every message of threads, drafts aside, which take no labels. */
export async function messagesOfThreads(
  gmail: GmailConnection,
  threadIds: readonly string[],
  signal: AbortSignal,
): Promise<FoundMessage[]> {
  const requests = threadIds.map(
    (id): BatchRequest => ({
      path: ['threads', id],
      query: { format: 'minimal', fields: 'messages(id,threadId,labelIds)' },
      subject: { kind: 'thread', id },
    }),
  );
  const threads = foundOf(await gmail.batch<gmail_v1.Schema$Thread>(requests, signal));
  return threads
    .flatMap(({ messages = [] }) => messages)
    .filter(({ labelIds }) => !labelIds?.includes('DRAFT'))
    .map(toFound);
}

const toFound = ({ id, threadId }: gmail_v1.Schema$Message): FoundMessage => ({
  id: id ?? '',
  threadId: threadId ?? '',
});
