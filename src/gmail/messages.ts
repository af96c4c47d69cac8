import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import pMap from 'p-map';
import { Problem, type ProblemCode } from '../shared/problems.ts';
import type { GmailConnection } from './connection.ts';
import type { HiddenMessages } from './hidden.ts';
import { headerOf } from './mime-part.ts';
import { fetchMessage, loadPart } from './read-message.ts';

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

/** Reads one message whole. Throws the problem `not_found` where Gmail has no such message, or `text_too_large`. */
export async function readMessage(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<ReadMessage> {
  const message = await fetchMessage(gmail, id, signal);
  return toReadMessage(message, await textOf(gmail, message, signal));
}

/** Stands for a text that is not read. */
const TOO_LARGE = '(The text of this message is too large to be read.)';

/**
 * A message may be deleted between the list and the read; then it is no longer one of the recent ones. One whose text is
 * too large is listed without it, so that it does not keep the others from being read.
 */
async function readIfThere(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<ReadMessage | undefined> {
  const message = await fetchMessage(gmail, id, signal).catch((error: unknown) => unless('not_found', error));
  if (!message) return undefined;
  const text = await textOf(gmail, message, signal).catch((error: unknown) => unless('text_too_large', error));
  return toReadMessage(message, text ?? TOO_LARGE);
}

/** Throws whatever is not the expected problem. */
function unless(expected: ProblemCode, error: unknown): undefined {
  if (error instanceof Problem && error.code === expected) return undefined;
  throw error;
}

async function textOf(gmail: GmailConnection, message: gmail_v1.Schema$Message, signal: AbortSignal): Promise<string> {
  // Loaded on the first use: the libraries that read mail would double the server's start.
  const { readableText } = await import('./readable-text.ts');
  return readableText(message.payload ?? {}, (part) => loadPart(gmail, message.id ?? '', part, signal));
}

function toReadMessage(message: gmail_v1.Schema$Message, text: string): ReadMessage {
  const payload = message.payload ?? {};
  return {
    id: message.id ?? '',
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
