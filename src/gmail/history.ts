import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { Problem } from '../shared/problems.ts';
import type { GmailConnection } from './connection/connection.ts';
import { foldHistory, type LabelChange, type MessageRef } from './history-fold.ts';
import type { HiddenMessages } from './messages/hidden.ts';
import { loadRows, type MessageRow } from './messages/message-row.ts';

export interface ChangesRequest {
  /** Where an earlier answer ended; without it only the present place is answered. */
  historyId?: string | undefined;
  /** After how many records of the history to stop, where more follow. */
  limit?: number;
  hidden: HiddenMessages;
}

export interface Changes {
  /**
   * `beginning`: there was nothing to start from. `resync`: Gmail no longer knows what happened since (it forgets after
   * about a week), so whatever was known of the mailbox has to be read anew. Both hold no changes.
   */
  kind: 'beginning' | 'changes' | 'resync';
  /** To go on from. */
  historyId: string;
  /** Whether more changes wait there already. */
  hasMore: boolean;
  /** Messages that came and are still there. */
  added: MessageRow[];
  /** Messages deleted for good; one that only went to the trash got the label TRASH. */
  deleted: MessageRef[];
  /** What became of the labels of other messages, taken together. */
  relabelled: LabelChange[];
}

/** Records a call at most: reading as many new messages takes a third of the quota of a minute. */
const USUAL_LIMIT = 100;

/**
 * What happened in the mailbox since an earlier call: one request for the history (more where Gmail gives it in
 * pieces), and one for each 25 new messages.
 */
export async function changesSince(
  gmail: GmailConnection,
  { historyId, limit = USUAL_LIMIT, hidden }: ChangesRequest,
  signal: AbortSignal,
): Promise<Changes> {
  if (!historyId) return nothing('beginning', await presentHistoryId(gmail, signal));
  const known = await recordsSince(gmail, historyId, limit, signal);
  if (!known) return nothing('resync', await presentHistoryId(gmail, signal));
  const { added, deleted, relabelled } = foldHistory(known.records);
  // Labels may be what hides a message.
  hidden.forget(relabelled.map(({ id }) => id));
  const visible = await hidden.visible(
    gmail,
    relabelled.map(({ id }) => ({ id })),
    signal,
  );
  return {
    kind: 'changes',
    historyId: known.historyId,
    hasMore: known.hasMore,
    added: await loadRows(gmail, added, hidden, signal),
    // What is gone cannot be asked about any more.
    deleted: deleted.filter(({ id }) => hidden.isKnownVisible(id)),
    relabelled: relabelled.filter(({ id }) => visible.has(id)),
  };
}

const nothing = (kind: 'beginning' | 'resync', historyId: string): Changes => ({
  kind,
  historyId,
  hasMore: false,
  added: [],
  deleted: [],
  relabelled: [],
});

async function presentHistoryId(gmail: GmailConnection, signal: AbortSignal): Promise<string> {
  const profile = await gmail.run(signal, (api, options) =>
    api.users.getProfile({ userId: 'me', fields: 'historyId' }, options),
  );
  return profile.historyId ?? '';
}

interface Records {
  records: gmail_v1.Schema$History[];
  historyId: string;
  hasMore: boolean;
}

/**
 * The records after an id, up to the limit; undefined where Gmail does not know that id any more
 * (https://developers.google.com/workspace/gmail/api/guides/sync).
 */
async function recordsSince(
  gmail: GmailConnection,
  startHistoryId: string,
  limit: number,
  signal: AbortSignal,
): Promise<Records | undefined> {
  const records: gmail_v1.Schema$History[] = [];
  let pageToken: string | undefined;
  do {
    const page = await historyPage(gmail, { startHistoryId, maxResults: limit - records.length, pageToken }, signal);
    if (!page) return undefined;
    records.push(...(page.history ?? []));
    pageToken = page.nextPageToken ?? undefined;
    // A record's id is where the history goes on, so a page token, which may grow stale, need not be kept.
    if (!pageToken) return { records, historyId: page.historyId ?? startHistoryId, hasMore: false };
  } while (records.length < limit);
  return { records, historyId: records.at(-1)?.id ?? startHistoryId, hasMore: true };
}

async function historyPage(
  gmail: GmailConnection,
  {
    startHistoryId,
    maxResults,
    pageToken,
  }: { startHistoryId: string; maxResults: number; pageToken: string | undefined },
  signal: AbortSignal,
): Promise<gmail_v1.Schema$ListHistoryResponse | undefined> {
  try {
    return await gmail.run(
      signal,
      (api, options) =>
        api.users.history.list(
          { userId: 'me', startHistoryId, maxResults, ...(pageToken ? { pageToken } : {}) },
          options,
        ),
      { kind: 'history', id: startHistoryId },
    );
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  }
}
