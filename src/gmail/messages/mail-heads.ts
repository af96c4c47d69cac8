import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { headerOf } from '../../mail/mime/mime-part.ts';
import { type BatchRequest, foundOf } from '../connection/batch.ts';
import type { GmailConnection } from '../connection/connection.ts';

/** Who writes to whom, and when. Headers are as Gmail gives them, '' where there is none. */
export interface MailHead {
  id: string;
  threadId: string;
  /** When Gmail received it, milliseconds since the epoch. */
  date: number;
  isSent: boolean;
  from: string;
  /** The headers To, Cc and Bcc. */
  recipients: readonly string[];
  subject: string;
  messageId: string;
}

/** The heads of messages, in their order, by one batch for each 25; those that are not there any more are left out. */
export async function loadHeads(
  gmail: GmailConnection,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<MailHead[]> {
  return foundOf(await gmail.batch<gmail_v1.Schema$Message>(ids.map(headRequest), signal)).map(toHead);
}

/** The ids that searches list, one array for each, by one batch for each 25 of them. */
export async function listIds(
  gmail: GmailConnection,
  searches: readonly { q: string; limit: number }[],
  signal: AbortSignal,
): Promise<string[][]> {
  const requests = searches.map(({ q, limit }) => ({
    path: ['messages'],
    query: { q, maxResults: String(limit), fields: 'messages/id' },
    subject: { kind: 'search', id: 'addresses' },
  }));
  const lists = foundOf(await gmail.batch<gmail_v1.Schema$ListMessagesResponse>(requests, signal));
  return lists.map(({ messages = [] }) => messages.flatMap(({ id }) => id ?? []));
}

/** A search for what was sent to somebody: a word of a name, or an address. */
export const sentTo = (whom: string): string => `in:sent {to:"${whom}" cc:"${whom}" bcc:"${whom}"}`;

const headRequest = (id: string): BatchRequest => ({
  path: ['messages', id],
  query: { format: 'metadata', fields: 'id,threadId,labelIds,internalDate,payload/headers' },
  subject: { kind: 'message', id },
});

function toHead({ id, threadId, internalDate, labelIds, payload }: gmail_v1.Schema$Message): MailHead {
  const header = (name: string) => headerOf(payload, name);
  return {
    id: id ?? '',
    threadId: threadId ?? '',
    date: Number(internalDate ?? 0),
    isSent: labelIds?.includes('SENT') === true && !labelIds.includes('DRAFT'),
    from: header('from'),
    recipients: [header('to'), header('cc'), header('bcc')],
    subject: header('subject'),
    messageId: header('message-id'),
  };
}
