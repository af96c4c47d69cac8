import type { GmailConnection } from '../connection/connection.ts';
import type { HiddenMessages } from './hidden.ts';
import { loadRows, type MessageRow, type RowsRequest } from './message-row.ts';

export interface SearchRequest {
  /** In Gmail's own language (https://support.google.com/mail/answer/7190); blank for all mail but spam and trash. */
  query: string;
  /** How many rows at most, from 1 to 500. */
  limit: number;
  /** From an earlier page of the same search. */
  pageToken?: string | undefined;
  hidden: HiddenMessages;
  /** A row as it was loaded before. */
  known?: RowsRequest['known'];
}

export interface SearchPage {
  /** Newest first, as Gmail lists them. There can be fewer than were asked for although more pages follow. */
  rows: MessageRow[];
  /** Leads to the next page; absent on the last one. */
  nextPageToken?: string;
}

/**
 * One page of a search: one request for the list and one for each 25 rows, or for all rows that are known. Where mail is hidden, one more for each 25.
 * Messages that are deleted between the two are left out. How many there are in all is not told: Gmail's
 * resultSizeEstimate is a guess.
 *
 * @throws Problem `hidden_query_wrong` or `query_unbalanced` where mail is hidden, and any of the Gmail API
 */
export async function searchMessages(
  gmail: GmailConnection,
  { query, limit, pageToken, hidden, known }: SearchRequest,
  signal: AbortSignal,
): Promise<SearchPage> {
  const q = (await hidden.exclude(gmail, query, signal)).trim();
  const { messages = [], nextPageToken } = await gmail.run(signal, (api, options) =>
    api.users.messages.list(
      {
        userId: 'me',
        maxResults: limit,
        fields: 'messages/id,nextPageToken',
        ...(q ? { q } : {}),
        ...(pageToken ? { pageToken } : {}),
      },
      options,
    ),
  );
  const ids = messages.flatMap(({ id }) => id ?? []);
  return {
    rows: await loadRows(gmail, { ids, hidden, ...(known ? { known } : {}) }, signal),
    ...(nextPageToken ? { nextPageToken } : {}),
  };
}
