import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { invalidArgument, notFound } from '../google-error.ts';
import type { Change, HistoryRecord } from '../store/history.ts';
import type { MailStore } from '../store/mail-store.ts';
import { pageOf } from './paging.ts';

/** The words of `historyTypes`, which are not quite those of the answer. */
const TYPES: Record<string, Change['kind']> = {
  messageAdded: 'messagesAdded',
  messageDeleted: 'messagesDeleted',
  labelAdded: 'labelsAdded',
  labelRemoved: 'labelsRemoved',
};

/**
 * history.list (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list).
 *
 * @throws GoogleError 404 for a label or a start that the mailbox does not know, or no longer
 */
export function listHistory(store: MailStore, query: URLSearchParams): gmail_v1.Schema$ListHistoryResponse {
  const kinds = wantedKinds(query.getAll('historyTypes'));
  const labelId = query.get('labelId');
  if (labelId && !store.labels().some(({ id }) => id === labelId)) throw notFound();
  const records = store.history.after(startOf(query.get('startHistoryId')));
  if (!records) throw notFound();
  const found = records
    .filter((record) => !labelId || concerns(record, labelId))
    .map((record) => ({ ...record, changes: record.changes.filter(({ kind }) => kinds.has(kind)) }))
    .filter(({ changes }) => changes.length > 0);
  const { page, next } = pageOf(found, query, store.quirks);
  return { ...(page.length > 0 ? { history: page.map(view) } : {}), ...next, historyId: store.historyId };
}

function wantedKinds(types: readonly string[]): Set<Change['kind'] | undefined> {
  const unknown = types.find((type) => !Object.hasOwn(TYPES, type));
  if (unknown !== undefined) {
    throw invalidArgument(
      `Invalid value at 'history_types' (type.googleapis.com/google.apps.gmail.HistoryType), "${unknown}"`,
    );
  }
  return new Set((types.length > 0 ? types : Object.keys(TYPES)).map((type) => TYPES[type]));
}

function startOf(value: string | null): number {
  if (!value) throw invalidArgument('Missing/invalid parameter: startHistoryId');
  return Number(value);
}

/** Whether a change is one of a message with the label, or took the label from it. */
function concerns({ message, changes }: HistoryRecord, labelId: string): boolean {
  return message.labelIds.includes(labelId) || changes.some(({ labelIds }) => labelIds.includes(labelId));
}

function view({ id, message, changes }: HistoryRecord): gmail_v1.Schema$History {
  const shown = changes.map(({ kind, labelIds }) => [
    kind,
    [{ message, ...(kind === 'labelsAdded' || kind === 'labelsRemoved' ? { labelIds } : {}) }],
  ]);
  return {
    id: String(id),
    messages: [{ id: message.id, threadId: message.threadId }],
    ...Object.fromEntries(shown),
  };
}
