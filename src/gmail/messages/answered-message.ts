import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { isClearList } from '../../compose/address-list.ts';
import type { AnsweredHeaders } from '../../compose/reply.ts';
import { parseMessageFile } from '../../mail/mime/message-file.ts';
import { headerOf, type MimePart } from '../../mail/mime/mime-part.ts';
import type { GmailConnection } from '../connection/connection.ts';
import { loadWholeMessage } from './fetch-messages.ts';

/** A message as somebody answers or forwards it: what an answer takes from its headers. */
export interface AnsweredMessage extends AnsweredHeaders {
  id: string;
  threadId: string;
  /** When Gmail received it, milliseconds since the epoch. */
  date: number;
  isDraft: boolean;
  /** The addresses that Gmail says it was delivered to. */
  deliveredTo: string;
}

/** The lists by which it is decided whom an answer goes to. */
const LISTS = ['from', 'replyTo', 'to', 'cc'] as const;

/**
 * The headers of a message that an answer needs, in one request; in a second one the message as it came, where Gmail has
 * decoded a list so that names and addresses cannot be told apart any more. Throws `not_found`.
 *
 * @param all whether all who got the message count, so that their lists must be clear as well
 */
export async function answeredMessage(
  gmail: GmailConnection,
  { id, all }: { id: string; all: boolean },
  signal: AbortSignal,
): Promise<AnsweredMessage> {
  const message = await gmail.run(
    signal,
    (api, options) => api.users.messages.get({ userId: 'me', id, format: 'metadata' }, options),
    { kind: 'message', id },
  );
  const answered = toAnswered(message);
  const counted = all || answered.isSent ? LISTS : LISTS.slice(0, 2);
  if (counted.every((name) => isClearList(answered[name]))) return answered;
  const { from, replyTo, to, cc } = toAnswered({ payload: await headAsWritten(gmail, id, signal) });
  return { ...answered, from, replyTo, to, cc };
}

/** The headers alone are taken apart: a message can be large. */
async function headAsWritten(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<MimePart> {
  const bytes = await loadWholeMessage(gmail, id, signal);
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, LARGEST_HEAD))?.index ?? LARGEST_HEAD;
  return parseMessageFile(Buffer.concat([bytes.subarray(0, end), Buffer.from('\r\n\r\n')]));
}

/** Far more than the headers of any mail, in bytes. */
const LARGEST_HEAD = 1024 * 1024;

function toAnswered(message: gmail_v1.Schema$Message): AnsweredMessage {
  const header = (name: string) => headerOf(message.payload, name);
  const labelIds = message.labelIds ?? [];
  return {
    id: message.id ?? '',
    threadId: message.threadId ?? '',
    date: Number(message.internalDate ?? 0),
    isDraft: labelIds.includes('DRAFT'),
    isSent: labelIds.includes('SENT'),
    from: header('from'),
    replyTo: header('reply-to'),
    to: header('to'),
    cc: header('cc'),
    deliveredTo: header('delivered-to'),
    subject: header('subject'),
    messageId: header('message-id'),
    inReplyTo: header('in-reply-to'),
    references: header('references'),
  };
}
