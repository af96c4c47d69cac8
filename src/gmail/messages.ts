import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import pMap from 'p-map';
import { Problem } from '../shared/problems.ts';
import type { GmailConnection } from './connection.ts';
import type { HiddenMessages } from './hidden.ts';
import { headerOf } from './mime-part.ts';

/** Messages fetched at once; Google answers 429 to a good deal more ("Too many concurrent requests for user"). */
const CONCURRENCY = 10;

/** A message as this server hands it on; ids and dates are Gmail's own. */
export interface ReadMessage {
  id: string;
  threadId: string;
  labelIds: string[];
  snippet: string;
  from: string;
  to: string;
  subject: string;
  /** The Date header as the sender wrote it. */
  date: string;
  /** When Gmail received it, milliseconds since the epoch as a string. */
  internalDate: string;
  /** The readable text, whole. */
  text: string;
}

export interface RecentRequest {
  /** How many at most. */
  limit: number;
  /** How many of the newest are passed over; together with the limit at most 500, as Gmail's list allows. */
  offset: number;
  unreadOnly: boolean;
  hidden: HiddenMessages;
}

/** The newest messages of the inbox, newest first, less the hidden ones. */
export async function recentMessages(
  gmail: GmailConnection,
  { limit, offset, unreadOnly, hidden }: RecentRequest,
  signal: AbortSignal,
): Promise<ReadMessage[]> {
  const q = hidden.exclude('');
  const labelIds = unreadOnly ? ['INBOX', 'UNREAD'] : ['INBOX'];
  const { messages = [] } = await gmail.run(signal, (api, options) =>
    api.users.messages.list({ userId: 'me', maxResults: offset + limit, labelIds, ...(q ? { q } : {}) }, options),
  );
  const read = await pMap(messages.slice(offset), ({ id }) => readIfThere(gmail, id ?? '', signal), {
    concurrency: CONCURRENCY,
    signal,
  });
  return read.filter((message) => message !== undefined);
}

/** Reads one message whole. Throws the problem `not_found` where Gmail has no such message. */
export async function readMessage(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<ReadMessage> {
  const message = await gmail.run(
    signal,
    (api, options) => api.users.messages.get({ userId: 'me', id, format: 'full' }, options),
    { kind: 'message', id },
  );
  return toReadMessage(gmail, message, signal);
}

/** A message may be deleted between the list and the read; then it is no longer one of the recent ones. */
async function readIfThere(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<ReadMessage | undefined> {
  try {
    return await readMessage(gmail, id, signal);
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  }
}

async function toReadMessage(
  gmail: GmailConnection,
  message: gmail_v1.Schema$Message,
  signal: AbortSignal,
): Promise<ReadMessage> {
  const payload = message.payload ?? {};
  const id = message.id ?? '';
  // Loaded on the first use: the libraries that read mail would double the server's start.
  const { readableText } = await import('./readable-text.ts');
  const text = await readableText(payload, async (part) => {
    const { data } = await gmail.run(signal, (api, options) =>
      api.users.messages.attachments.get({ userId: 'me', messageId: id, id: part.body?.attachmentId ?? '' }, options),
    );
    return Buffer.from(data ?? '', 'base64url');
  });
  return {
    id,
    threadId: message.threadId ?? '',
    labelIds: message.labelIds ?? [],
    snippet: message.snippet ?? '',
    from: headerOf(payload, 'from'),
    to: headerOf(payload, 'to'),
    subject: headerOf(payload, 'subject'),
    date: headerOf(payload, 'date'),
    internalDate: message.internalDate ?? '',
    text,
  };
}
