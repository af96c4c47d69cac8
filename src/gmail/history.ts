import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { Problem } from '../shared/problems.ts';
import type { GmailConnection } from './connection/connection.ts';
import { foldHistory, type LabelChange, type MessageRef } from './history-fold.ts';
import { presentHistoryId } from './history-place.ts';
import type { HiddenMessages } from './messages/hidden.ts';
import { loadRows, type MessageRow } from './messages/message-row.ts';

export interface HistoryRequest {
  /** Where an earlier answer ended; without it only the present place is answered. */
  historyId?: string | undefined;
  /** After how many records of the history to stop, where more follow. */
  limit?: number;
  hidden: HiddenMessages;
}

/** What is known of a stretch of the history. Hidden messages occur in it nowhere. */
export interface History<Row> {
  /**
   * `beginning`: there was nothing to start from. `resync`: Gmail no longer knows what happened since (it forgets after
   * about a week), so whatever was known of the mailbox has to be read anew. Both hold no records.
   */
  kind: 'beginning' | 'changes' | 'resync';
  /** Where the history goes on behind the last record. */
  historyId: string;
  /** Whether more records wait there already. */
  hasMore: boolean;
  /** In the order in which Gmail lists them. */
  records: readonly gmail_v1.Schema$History[];
  /** Those new messages that are still there, by id. */
  rows: ReadonlyMap<string, Row>;
}

export interface Changes<Row> {
  kind: History<Row>['kind'];
  /** To go on from. */
  historyId: string;
  /** Whether more changes wait there already. */
  hasMore: boolean;
  /** Messages that came and are still there, the newest first. */
  added: Row[];
  /** Messages deleted for good; one that only went to the trash got the label TRASH. */
  deleted: MessageRef[];
  /** What became of the labels of other messages, taken together. */
  relabelled: LabelChange[];
}

/** Gmail gives at most so many records in one answer. */
const MOST_RECORDS = 500;

/** Records a call at most: reading as many new messages takes a third of the quota of a minute. */
const USUAL_LIMIT = 100;

/**
 * What happened in the mailbox since an earlier call: one request for the history (more where Gmail gives it in
 * pieces), and one for each 25 new messages.
 */
export async function historySince(
  gmail: GmailConnection,
  { historyId, limit = USUAL_LIMIT, hidden }: HistoryRequest,
  signal: AbortSignal,
): Promise<History<MessageRow>> {
  if (!historyId) return nothing('beginning', await presentHistoryId(gmail, signal));
  const known = await recordsSince(gmail, historyId, limit, signal);
  if (!known) return nothing('resync', await presentHistoryId(gmail, signal));
  const { records } = known;
  const { added } = foldHistory(records);
  // What is gone cannot be asked about any more, so what was known of it counts.
  const gone = new Set(idsOf(records, 'messagesDeleted').filter((id) => hidden.isKnownVisible(id)));
  const apart = new Set([...added, ...gone]);
  const relabelled = new Set(
    [...idsOf(records, 'labelsAdded'), ...idsOf(records, 'labelsRemoved')].filter((id) => !apart.has(id)),
  );
  const asked = [...relabelled].map((id) => ({ id }));
  const visible = await hidden.visible(gmail, asked, signal);
  const rows = new Map((await loadRows(gmail, { ids: added, hidden }, signal)).map((row) => [row.id, row]));
  return {
    ...known,
    kind: 'changes',
    records: records.map((record) =>
      toldOf(record, {
        added: (id) => rows.has(id) || gone.has(id),
        deleted: (id) => gone.has(id),
        relabelled: (id) => rows.has(id) || visible.has(id),
      }),
    ),
    rows,
  };
}

type Event = 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved';

const idsOf = (records: readonly gmail_v1.Schema$History[], event: Event): string[] =>
  records.flatMap((record) => (record[event] ?? []).flatMap(({ message }) => message?.id ?? []));

/** Of which messages each kind of event may be told. */
type Told = Record<'added' | 'deleted' | 'relabelled', (id: string) => boolean>;

/** A record less what must not be told. */
function toldOf(record: gmail_v1.Schema$History, told: Told): gmail_v1.Schema$History {
  const only = <E extends gmail_v1.Schema$HistoryMessageAdded>(events: E[] | undefined, kind: keyof Told): E[] =>
    (events ?? []).filter(({ message }) => told[kind](message?.id ?? ''));
  return {
    ...(record.id ? { id: record.id } : {}),
    messagesAdded: only(record.messagesAdded, 'added'),
    messagesDeleted: only(record.messagesDeleted, 'deleted'),
    labelsAdded: only(record.labelsAdded, 'relabelled'),
    labelsRemoved: only(record.labelsRemoved, 'relabelled'),
  };
}

/**
 * What a history comes to, or the beginning of it.
 *
 * @param count how many of its records, the earliest first; the place to go on from is exactly behind the last of them
 */
export function changesOf<Row>(history: History<Row>, count = history.records.length): Changes<Row> {
  const { kind, historyId, hasMore, records, rows } = history;
  const told = records.slice(0, count);
  const isCut = told.length < records.length;
  const { added, ...others } = foldHistory(told);
  return {
    kind,
    historyId: isCut ? (told.at(-1)?.id ?? '') : historyId,
    hasMore: isCut || hasMore,
    added: added.flatMap((id) => rows.get(id) ?? []),
    ...others,
  };
}

const nothing = (kind: 'beginning' | 'resync', historyId: string): History<MessageRow> => ({
  kind,
  historyId,
  hasMore: false,
  records: [],
  rows: new Map(),
});

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

/** More records than a few of the largest changes make; so many are looked through, 500 a request. */
const MOST_LOOKED_THROUGH = 30_000;

/**
 * Every record after an id.
 *
 * @throws Problem `history_gone` where Gmail does not know that id any more, or there are too many records
 */
export async function allRecordsSince(
  gmail: GmailConnection,
  historyId: string,
  signal: AbortSignal,
): Promise<readonly gmail_v1.Schema$History[]> {
  const known = await recordsSince(gmail, historyId, MOST_LOOKED_THROUGH, signal);
  if (!known || known.hasMore) throw Problem.of('history_gone', {});
  return known.records;
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
          {
            userId: 'me',
            startHistoryId,
            maxResults: Math.min(maxResults, MOST_RECORDS),
            ...(pageToken ? { pageToken } : {}),
          },
          options,
        ),
      { kind: 'history', id: startHistoryId },
    );
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  }
}
