import { Problem } from '../../shared/problems.ts';
import type { GmailConnection } from '../connection/connection.ts';
import { presentHistoryId } from '../history-place.ts';

/** More records than fit into one answer tell little: then everything counts as changed. */
const MOST_RECORDS = 500;

/** Which messages are as they were known, and the place in Gmail's history as of which that is so. */
export interface Unchanged {
  ids: ReadonlySet<string>;
  historyId: string;
}

/**
 * Asks Gmail's history which messages are still as they were known: one request of 2 units for all of them, and one more
 * where Gmail has forgotten what happened since
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list).
 *
 * @param known the place in the history as of which each is known, by id; at least one
 */
export async function unchangedOf(
  gmail: GmailConnection,
  known: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Unchanged> {
  const start = [...known.values()].reduce((first, place) => (isLater(first, place) ? place : first));
  try {
    const fields = 'history(id,messages/id),historyId,nextPageToken';
    const { history, historyId, nextPageToken } = await gmail.run(
      signal,
      (api, options) =>
        api.users.history.list({ userId: 'me', startHistoryId: start, maxResults: MOST_RECORDS, fields }, options),
      { kind: 'history', id: start },
    );
    // An answer that does not tell its place is none of Gmail's: nothing is concluded from it.
    const ids = new Set(nextPageToken || !historyId ? [] : known.keys());
    for (const { id: place = '', messages } of history ?? []) {
      for (const { id } of messages ?? []) if (id && isLater(place, known.get(id) ?? '')) ids.delete(id);
    }
    return { ids, historyId: historyId ?? start };
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'not_found')) throw error;
    return { ids: new Set(), historyId: await presentHistoryId(gmail, signal) };
  }
}

/** Places are whole numbers that grow, of more digits than a number holds. */
export function isLater(place: string | null, other: string): boolean {
  const [a, b] = [place ?? '', other];
  return a.length === b.length ? a > b : a.length > b.length;
}
