import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { asProblem, Problem } from '../shared/problems.ts';
import type { BatchOutcome } from './batch.ts';
import type { GmailConnection } from './connection.ts';
import { headerOf, type MimePart } from './mime-part.ts';
import type { ReadMail } from './reader/read-mail.ts';

/** A message with its text, as it is kept for the next page of it. */
export interface LoadedMessage {
  id: string;
  threadId: string;
  labelIds: readonly string[];
  /** When Gmail received it, milliseconds since the epoch. */
  date: number;
  /** The Message-ID header; '' where there is none. */
  messageId: string;
  mail: ReadMail;
}

/** A message as Gmail gives it, with its text parts. Throws `not_found`. */
export function fetchMessage(
  gmail: GmailConnection,
  id: string,
  signal: AbortSignal,
): Promise<gmail_v1.Schema$Message> {
  return gmail.run(signal, (api, options) => api.users.messages.get({ userId: 'me', id, format: 'full' }, options), {
    kind: 'message',
    id,
  });
}

/** Loads and reads several messages, by one HTTP request for each 25. The outcome of each, in their order. */
export async function loadMessages(
  gmail: GmailConnection,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<BatchOutcome<LoadedMessage>[]> {
  const requests = ids.map((id) => ({
    path: ['messages', id],
    query: { format: 'full' },
    subject: { kind: 'message', id },
  }));
  const outcomes = await gmail.batch<gmail_v1.Schema$Message>(requests, signal);
  const loaded: BatchOutcome<LoadedMessage>[] = [];
  for (const { data, problem } of outcomes) {
    loaded.push(
      problem ? { problem } : await outcomeOf(() => toLoaded(gmail, data as gmail_v1.Schema$Message, signal)),
    );
  }
  return loaded;
}

async function outcomeOf<T>(work: () => Promise<T>): Promise<BatchOutcome<T>> {
  try {
    return { data: await work() };
  } catch (error) {
    return { problem: asProblem(error) };
  }
}

export interface ThreadEntry {
  id: string;
  date: number;
}

/** The messages of a thread, oldest first, without their text. Throws `not_found`. */
export async function listThread(
  gmail: GmailConnection,
  threadId: string,
  signal: AbortSignal,
): Promise<ThreadEntry[]> {
  const subject = { kind: 'thread', id: threadId };
  const thread = await gmail.run(
    signal,
    (api, options) =>
      api.users.threads.get(
        { userId: 'me', id: threadId, format: 'minimal', fields: 'messages(id,internalDate)' },
        options,
      ),
    subject,
  );
  const entries = (thread.messages ?? []).map(({ id, internalDate }) => ({ id: id ?? '', date: Number(internalDate) }));
  if (entries.length === 0) throw Problem.of('not_found', subject);
  return entries.sort((a, b) => a.date - b.date);
}

/** The bytes of a part that Gmail keeps apart. Its id holds for a while only, so it comes with a fresh message. */
export async function loadPart(
  gmail: GmailConnection,
  messageId: string,
  part: MimePart,
  signal: AbortSignal,
): Promise<Buffer> {
  const { data: inline, attachmentId } = part.body ?? {};
  if (inline || !attachmentId) return Buffer.from(inline ?? '', 'base64url');
  const { data } = await gmail.run(signal, (api, options) =>
    api.users.messages.attachments.get({ userId: 'me', messageId, id: attachmentId }, options),
  );
  return Buffer.from(data ?? '', 'base64url');
}

async function toLoaded(
  gmail: GmailConnection,
  message: gmail_v1.Schema$Message,
  signal: AbortSignal,
): Promise<LoadedMessage> {
  const { payload = {}, id = '' } = message;
  // Loaded on the first use: the libraries that read mail would double the server's start.
  const { readMail } = await import('./reader/read-mail.ts');
  const mail = await readMail(payload, (part) => loadPart(gmail, id ?? '', part, signal));
  return {
    id: id ?? '',
    threadId: message.threadId ?? '',
    labelIds: message.labelIds ?? [],
    date: Number(message.internalDate ?? 0),
    messageId: headerOf(payload, 'message-id'),
    mail,
  };
}
