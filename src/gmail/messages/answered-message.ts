import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { AnsweredHeaders } from '../../compose/reply.ts';
import { headerOf } from '../../mail/mime/mime-part.ts';
import type { GmailConnection } from '../connection/connection.ts';

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

/** The headers of a message that an answer needs, in one request. Throws `not_found`. */
export async function answeredMessage(
  gmail: GmailConnection,
  id: string,
  signal: AbortSignal,
): Promise<AnsweredMessage> {
  const message = await gmail.run(
    signal,
    (api, options) => api.users.messages.get({ userId: 'me', id, format: 'metadata' }, options),
    { kind: 'message', id },
  );
  return toAnswered(message);
}

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
