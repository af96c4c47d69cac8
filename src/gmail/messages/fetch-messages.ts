import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { isMultipart } from '../../mail/mime/choose-text.ts';
import { isLeftOut, LARGEST_TEXT, tooLarge } from '../../mail/mime/load-part.ts';
import type { MimePart } from '../../mail/mime/mime-part.ts';
import { asProblem, Problem } from '../../shared/problems.ts';
import { type BatchOutcome, type BatchRequest, MOST_CALLS } from '../connection/batch.ts';
import { asBytes } from '../connection/bounded-answer.ts';
import type { GmailConnection } from '../connection/connection.ts';
import { unchangedOf } from './unchanged.ts';

/** What is known of a message that was read before; nothing but its labels can have changed. */
export interface KnownHead {
  id: string;
  threadId: string;
  labelIds: string[];
  /** The place in Gmail's history as of which the labels are known; '' where the history tells nothing of it. */
  historyId: string;
}

/** Tells which messages come without their parts, since they were read before. */
type Known = (id: string) => KnownHead | undefined;

/**
 * A message as Gmail gives it, with its text parts; those that are too large to be read come without their content.
 * Throws `not_found`.
 */
export async function fetchMessage(
  gmail: GmailConnection,
  id: string,
  signal: AbortSignal,
  known: Known = () => undefined,
): Promise<gmail_v1.Schema$Message> {
  const [outcome] = await fetchAtOnce(gmail, [id], signal, known);
  if (!outcome || outcome.problem) throw outcome?.problem ?? Problem.of('not_found', { kind: 'message', id });
  return outcome.data;
}

/**
 * The same of several, in their order, by one HTTP request for each 25. One whose text found no room beside the others
 * is asked for alone. They are handed over one by one, so that nobody need hold them all.
 */
export async function* fetchMessages(
  gmail: GmailConnection,
  ids: readonly string[],
  signal: AbortSignal,
  known: Known = () => undefined,
): AsyncGenerator<BatchOutcome<gmail_v1.Schema$Message>> {
  for (let start = 0; start < ids.length; start += MOST_CALLS) {
    const chunk = ids.slice(start, start + MOST_CALLS);
    const outcomes = await fetchAtOnce(gmail, chunk, signal, known);
    for (const id of chunk) {
      const outcome = outcomes.shift() ?? { problem: Problem.of('not_found', { kind: 'message', id }) };
      const isWhole = chunk.length === 1 || !outcome.data?.payload || !lacksText(outcome.data.payload);
      yield isWhole ? outcome : await outcomeOf(() => fetchMessage(gmail, id, signal));
    }
  }
}

/** Where all are known, Gmail's history is asked which have changed; else the labels of the known ones come along. */
async function fetchAtOnce(
  gmail: GmailConnection,
  ids: readonly string[],
  signal: AbortSignal,
  known: Known,
): Promise<BatchOutcome<gmail_v1.Schema$Message>[]> {
  const heads = new Map(ids.flatMap((id) => known(id) ?? []).map((head) => [head.id, head]));
  const places = new Map([...heads.values()].flatMap(({ id, historyId }) => (historyId ? [[id, historyId]] : [])));
  const isAsked = places.size > 0 && ids.every((id) => places.has(id));
  const unchanged = isAsked ? await unchangedOf(gmail, places, signal) : { ids: new Set<string>(), historyId: '' };
  const changed = ids.filter((id) => !unchanged.ids.has(id));
  const requests = changed.map((id) => (heads.has(id) ? labelsOf(id) : wholeMessage(id)));
  const fetched = await gmail.batch<gmail_v1.Schema$Message>(requests, signal);
  const outcomes = new Map(changed.map((id, at) => [id, fetched[at]]));
  return ids.map((id) => {
    const { data, problem = Problem.of('not_found', { kind: 'message', id }) } = outcomes.get(id) ?? {};
    const found = unchanged.ids.has(id) ? heads.get(id) : data;
    if (!found) return { problem };
    // What has changed was fetched after the history was asked, whatever it forgets until it is asked again.
    return { data: isAsked ? { ...found, historyId: unchanged.historyId } : found };
  });
}

const wholeMessage = (id: string): BatchRequest => ({
  path: ['messages', id],
  query: { format: 'full' },
  subject: { kind: 'message', id },
});

const labelsOf = (id: string): BatchRequest => ({
  path: ['messages', id],
  query: { format: 'minimal', fields: 'id,threadId,labelIds,historyId' },
  subject: { kind: 'message', id },
});

/** Whether a text was left out that would be read if the message came alone. That of an attached message is not. */
function lacksText(part: MimePart): boolean {
  if (isMultipart(part) && part.parts?.length) return part.parts.some(lacksText);
  return isLeftOut(part) && (part.body?.size ?? 0) <= LARGEST_TEXT;
}

/** A message as it came, in the bytes of RFC 5322. Throws `not_found`. */
export async function loadWholeMessage(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<Buffer> {
  // The adapter answers bytes in the place of what the library expects.
  const bytes: unknown = await gmail.run(
    signal,
    (api, options) =>
      api.users.messages.get({ userId: 'me', id, format: 'raw', fields: 'raw' }, { ...options, adapter: asBytes(0) }),
    { kind: 'message', id },
  );
  return bytes as Buffer;
}

export async function outcomeOf<T>(work: () => Promise<T>): Promise<BatchOutcome<T>> {
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
  const { data: inline, attachmentId, size } = part.body ?? {};
  if (isLeftOut(part)) throw tooLarge(part.body?.size ?? 0);
  if (inline || !attachmentId) return Buffer.from(inline ?? '', 'base64url');
  // The adapter answers bytes in the place of what the library expects.
  const bytes: unknown = await gmail.run(signal, (api, options) =>
    api.users.messages.attachments.get(
      { userId: 'me', messageId, id: attachmentId },
      { ...options, adapter: asBytes(size ?? 0) },
    ),
  );
  return bytes as Buffer;
}
