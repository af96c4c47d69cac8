import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { GmailConnection } from '../connection/connection.ts';
import { fetchMessages, type KnownHead } from './fetch-messages.ts';
import type { HiddenMessages } from './hidden.ts';

export interface RecentRequest {
  /** How many at most. */
  limit: number;
  /** How many of the newest are passed over; together with the limit at most 500, as Gmail's list allows. */
  offset: number;
  unreadOnly: boolean;
  hidden: HiddenMessages;
  /** Those that were read before come without their parts. */
  known?: (id: string) => KnownHead | undefined;
}

/**
 * The newest messages of the inbox, newest first, less the hidden ones: one request for the list (more where Gmail gives
 * it in pieces) and one for each 25. A
 * message may be deleted between the two; then it is no longer one of the recent ones.
 */
export async function* recentMessages(
  gmail: GmailConnection,
  { limit, offset, unreadOnly, hidden, known }: RecentRequest,
  signal: AbortSignal,
): AsyncGenerator<gmail_v1.Schema$Message> {
  const q = await hidden.exclude(gmail, '', signal);
  const labelIds = unreadOnly ? ['INBOX', 'UNREAD'] : ['INBOX'];
  const found: string[] = [];
  let pageToken: string | undefined;
  // Gmail may answer a page that is short, or empty, although more follows.
  do {
    const page = await gmail.run(signal, (api, options) =>
      api.users.messages.list(
        {
          userId: 'me',
          maxResults: offset + limit - found.length,
          labelIds,
          ...(q ? { q } : {}),
          ...(pageToken ? { pageToken } : {}),
        },
        options,
      ),
    );
    found.push(...(page.messages ?? []).flatMap(({ id }) => id ?? []));
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken && found.length < offset + limit);
  for await (const { data, problem } of fetchMessages(gmail, found.slice(offset), signal, known)) {
    if (data) yield data;
    else if (problem.code !== 'not_found') throw problem;
  }
}
