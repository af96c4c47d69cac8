import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { headerOf, type MimePart } from '../../mail/mime/mime-part.ts';
import { chunkOf } from '../../shared/code-points.ts';
import { type BatchRequest, foundOf, MOST_CALLS } from '../connection/batch.ts';
import type { GmailConnection } from '../connection/connection.ts';
import type { HiddenMessages } from './hidden.ts';
import { unchangedOf } from './unchanged.ts';

/** A message as a list shows it. */
export interface MessageRow {
  id: string;
  threadId: string;
  /** When Gmail received it, milliseconds since the epoch. */
  date: number;
  /** Headers as Gmail gives them, long ones cut; '' where there is none. */
  from: string;
  to: string;
  subject: string;
  /** Gmail's beginning of the text, without HTML entities. */
  snippet: string;
  unread: boolean;
  starred: boolean;
  important: boolean;
  /** Whether it carries a file that is no picture of its text. */
  hasAttachment: boolean;
  /** Whether its headers are those of a newsletter or a mailing list (RFC 2369, RFC 2919). */
  isNewsletter: boolean;
  labelIds: string[];
  /** The place in Gmail's history as of which all this is known. */
  historyId: string;
}

/** How deep the parts of a message are looked at. Real messages hardly go beyond four. */
const DEEPEST_PART = 8;

/** Fields of a part that tell whether it is a file. Bodies are left out. */
function partFields(depth: number): string {
  const inner = depth > 1 ? `,parts(${partFields(depth - 1)})` : '';
  return `filename,mimeType,headers${inner}`;
}

/**
 * What a row needs, and no bodies. The format metadata knows no parts, so the attachment flag takes the format full.
 * Fields cannot choose headers by name: all of them come along.
 */
const ROW_QUERY = {
  format: 'full',
  fields: `id,threadId,labelIds,historyId,snippet,internalDate,payload(${partFields(DEEPEST_PART)})`,
};

export interface RowsRequest {
  ids: readonly string[];
  hidden: HiddenMessages;
  /** A row as it was loaded before. */
  known?: (id: string) => MessageRow | undefined;
}

/**
 * The rows of messages, in their order, by one batch for each 25. Those that are hidden or not there any more are left
 * out. Of those that are known Gmail's history is asked, at the same time, which have changed: these are loaded as well.
 */
export async function loadRows(
  gmail: GmailConnection,
  request: RowsRequest,
  signal: AbortSignal,
): Promise<MessageRow[]> {
  const { ids, hidden, known } = request;
  // What is hidden has to be asked about message by message.
  const before = hidden.isActive || !known ? [] : ids.flatMap((id) => known(id) ?? []);
  if (before.length === 0) return loadAnew(gmail, request, signal);
  const byId = new Map(before.map((row) => [row.id, row]));
  const [unchanged, others] = await Promise.all([
    unchangedOf(gmail, new Map(before.map(({ id, historyId }) => [id, historyId])), signal),
    loadAnew(gmail, { ids: ids.filter((id) => !byId.has(id)), hidden }, signal),
  ]);
  const { historyId } = unchanged;
  for (const row of before) {
    if (unchanged.ids.has(row.id)) byId.set(row.id, { ...row, historyId });
    else byId.delete(row.id);
  }
  const changed = before.map(({ id }) => id).filter((id) => !byId.has(id));
  for (const row of others) byId.set(row.id, row);
  // They were loaded after the history was asked, whatever it forgets until it is asked again.
  for (const row of await loadAnew(gmail, { ids: changed, hidden }, signal)) byId.set(row.id, { ...row, historyId });
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function loadAnew(
  gmail: GmailConnection,
  { ids, hidden }: RowsRequest,
  signal: AbortSignal,
): Promise<MessageRow[]> {
  const rows: MessageRow[] = [];
  // All headers of all messages at once would be too much to hold: some have a megabyte of them.
  for (let start = 0; start < ids.length; start += MOST_CALLS) {
    const requests = ids.slice(start, start + MOST_CALLS).map(rowRequest);
    const messages = foundOf(await gmail.batch<gmail_v1.Schema$Message>(requests, signal));
    const asked = messages.map(({ id, payload }) => ({ id: id ?? '', messageId: headerOf(payload, 'message-id') }));
    const visible = await hidden.visible(gmail, asked, signal);
    rows.push(...messages.map(toRow).filter(({ id }) => visible.has(id)));
  }
  return rows;
}

const rowRequest = (id: string): BatchRequest => ({
  path: ['messages', id],
  query: ROW_QUERY,
  subject: { kind: 'message', id },
});

function toRow(message: gmail_v1.Schema$Message): MessageRow {
  const { payload } = message;
  const labelIds = message.labelIds ?? [];
  return {
    id: message.id ?? '',
    threadId: message.threadId ?? '',
    date: Number(message.internalDate ?? 0),
    from: beginningOf(headerOf(payload, 'from')),
    to: beginningOf(headerOf(payload, 'to')),
    subject: beginningOf(headerOf(payload, 'subject')),
    snippet: decodeEntities(message.snippet ?? ''),
    unread: labelIds.includes('UNREAD'),
    starred: labelIds.includes('STARRED'),
    important: labelIds.includes('IMPORTANT'),
    hasAttachment: payload !== undefined && hasFile(payload),
    isNewsletter: ['list-unsubscribe', 'list-id'].some((name) => headerOf(payload, name) !== ''),
    labelIds,
    historyId: message.historyId ?? '',
  };
}

/** No list shows more of a header, in code points. */
const LONGEST_HEADER = 2000;

/** A copy: a part of a string would keep the whole of it in memory. */
const beginningOf = (header: string) =>
  header.length <= LONGEST_HEADER ? header : Buffer.from(chunkOf(header, 0, LONGEST_HEADER).text).toString();

function hasFile(part: MimePart): boolean {
  return isFile(part) || (part.parts ?? []).some(hasFile);
}

/** A picture with a Content-ID belongs into the text, unless it says that it is an attachment (RFC 2183, RFC 2392). */
function isFile(part: MimePart): boolean {
  if (/^\s*attachment\b/i.test(headerOf(part, 'content-disposition'))) return true;
  if (!part.filename) return false;
  return !(part.mimeType?.startsWith('image/') && headerOf(part, 'content-id'));
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Undoes the escaping of Gmail's snippets, once: what a message itself says of `&lt;` stays. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (entity, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
    if (name) return ENTITIES[name.toLowerCase()] ?? entity;
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : entity;
  });
}
