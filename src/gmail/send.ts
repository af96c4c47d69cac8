import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { addressesOf } from '../compose/address-list.ts';
import { keyOf } from '../compose/email-address.ts';
import { headerOf } from '../mail/mime/mime-part.ts';
import { clip } from '../shared/code-points.ts';
import { Problem } from '../shared/problems.ts';
import type { GmailConnection } from './connection/connection.ts';
import { type MessageTarget, messageRequest } from './connection/upload.ts';
import { type ComposedMail, presentRevision, type StoredDraft, Watch } from './drafts.ts';

export interface SentMessage {
  messageId: string;
  threadId: string;
  labelIds: string[];
}

/** By what a message is known again among the sent ones: Gmail replaces its Message-ID. */
export interface SentTraits {
  subject: string;
  /** Every address that it goes to in To and Cc. */
  recipients: readonly string[];
  /** The newest sent messages from before; undefined where they cannot be listed. */
  sentBefore: ReadonlySet<string> | undefined;
}

/** Waits so many milliseconds; injected, so that tests need not wait. */
export type Pause = (milliseconds: number) => Promise<void>;

/** How long a draft that is still there is asked for again, in milliseconds: a send that was taken ends within seconds. */
const LOOKS_AFTER_MS = [500, 1_500, 3_000, 5_000];

/** Newest sent messages that are looked through. */
const LOOKED_AT = 15;

const SEND: MessageTarget = { method: 'POST', path: 'messages/send', resource: (message) => message };

const sendRequest = (id: string) => ({
  method: 'POST' as const,
  url: 'https://gmail.googleapis.com/gmail/v1/users/me/drafts/send',
  data: { id },
});

/**
 * Sends a draft, once. After an unclear failure Gmail is asked what became of it: a draft that is gone and a message of
 * this kind among those sent since mean that it was sent; a draft that stays means that it was not
 * (https://developers.google.com/workspace/gmail/api/guides/drafts: sending deletes the draft).
 *
 * @throws Problem `send_failed_draft_kept` or `send_unclear`; any other means that Gmail refused it and the draft stays
 */
export async function sendDraft(
  gmail: GmailConnection,
  draft: StoredDraft,
  traits: SentTraits,
  { signal, pause }: { signal: AbortSignal; pause: Pause },
): Promise<SentMessage> {
  const watch = new Watch(signal);
  try {
    const sent = await gmail.runOnce(watch, (auth) => auth.request<gmail_v1.Schema$Message>(sendRequest(draft.id)));
    if (sent.id) return toSent(sent);
    return await findOut(gmail, draft, traits, { error: withoutId(), pause });
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') {
      // Asked again after a refusal that came too late, Gmail may know of no draft because it has sent it.
      const isThere = watch.wasRefused ? undefined : await isStillThere(gmail, draft);
      if (isThere === undefined) return findOut(gmail, draft, traits, { error, pause });
      if (isThere) throw Problem.of('send_failed_draft_kept', { draft: draft.id });
      const sent = await findSent(gmail, traits, signal).catch(() => undefined);
      if (sent) return sent;
      throw Problem.of('draft_gone', { id: draft.id });
    }
    // A refusal may be of something in between, which has passed the message on before.
    const isRefused = !watch.mayBeKnown || (!watch.isUnclear(error) && (await isStillThere(gmail, draft)) === true);
    if (isRefused) throw error;
    return findOut(gmail, draft, traits, { error, pause });
  }
}

/** Whether a draft is there, and so was not sent; undefined where that cannot be told. The call that asks may be over. */
async function isStillThere(gmail: GmailConnection, { id }: StoredDraft): Promise<boolean | undefined> {
  const { signal } = new AbortController();
  return presentRevision(gmail, id, signal).then(
    (present) => present !== undefined,
    () => undefined,
  );
}

/** A call that was cancelled may still learn what became of its send, so its signal does not count here. */
async function findOut(
  gmail: GmailConnection,
  draft: StoredDraft,
  traits: SentTraits,
  { error, pause }: { error: unknown; pause: Pause },
): Promise<SentMessage> {
  const { signal } = new AbortController();
  let isDraftThere = false;
  for (const wait of LOOKS_AFTER_MS) {
    await pause(wait);
    try {
      isDraftThere = (await presentRevision(gmail, draft.id, signal)) !== undefined;
      // Among the sent ones it may show a little later than the draft is gone.
      const sent = isDraftThere ? undefined : await findSent(gmail, traits, signal);
      if (sent) return sent;
    } catch {
      // A look that fails says nothing; the next one may tell.
      isDraftThere = false;
    }
  }
  if (isDraftThere) throw Problem.of('send_failed_draft_kept', { draft: draft.id });
  throw unclearProblem(error, traits.subject);
}

/** Those of the newest sent messages that are not known from before, by what they are known again. */
async function findSent(
  gmail: GmailConnection,
  { subject, recipients, sentBefore }: SentTraits,
  signal: AbortSignal,
): Promise<SentMessage | undefined> {
  if (!sentBefore) return undefined;
  const wanted = listKey(recipients);
  for (const id of await newestSent(gmail, signal)) {
    if (sentBefore.has(id)) continue;
    const { payload, ...message } = await gmail.run(signal, (api, options) =>
      api.users.messages.get({ userId: 'me', id, format: 'metadata' }, options),
    );
    const addresses = addressesOf(`${headerOf(payload, 'to')}, ${headerOf(payload, 'cc')}`);
    const isSame =
      headerOf(payload, 'subject').trim() === subject.trim() &&
      listKey(addresses.map(({ address }) => address)) === wanted;
    if (isSame) return toSent(message);
  }
  return undefined;
}

const listKey = (addresses: readonly string[]) => [...new Set(addresses.map(keyOf))].sort().join(' ');

/**
 * The newest sent messages, asked for before a send, so that its own can be told from an earlier one like it. Undefined
 * where the token cannot read. By the label, which Gmail knows at once: its search learns of new mail later.
 */
export async function sentSoFar(gmail: GmailConnection, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set(await newestSent(gmail, signal));
  } catch {
    return undefined;
  }
}

async function newestSent(gmail: GmailConnection, signal: AbortSignal): Promise<string[]> {
  const request = { userId: 'me', labelIds: ['SENT'], maxResults: LOOKED_AT, fields: 'messages/id' };
  const { messages = [] } = await gmail.run(signal, (api, options) => api.users.messages.list(request, options));
  return messages.flatMap(({ id }) => id ?? []);
}

/** Something between here and Gmail has answered, so that nobody knows what became of the request. */
const withoutId = () => Problem.of('google_failed', { status: 'without an id' }, 'An answer without an id');

const toSent = ({ id, threadId, labelIds }: gmail_v1.Schema$Message): SentMessage => ({
  messageId: id ?? '',
  threadId: threadId ?? '',
  labelIds: labelIds ?? [],
});

/**
 * Sends a message without a draft, once, where the token allows nothing but sending. Nobody can be asked then what
 * became of it.
 *
 * @throws Problem `send_unclear` where it may have been sent; any other problem means that it was not
 */
export async function sendWithoutDraft(
  gmail: GmailConnection,
  mail: ComposedMail,
  subject: string,
  signal: AbortSignal,
): Promise<SentMessage> {
  const watch = new Watch(signal);
  try {
    const request = messageRequest(SEND, mail, mail.mime);
    const sent = await gmail.runOnce(watch, (auth) => auth.request<gmail_v1.Schema$Message>(request));
    if (!sent.id) throw withoutId();
    return toSent(sent);
  } catch (error) {
    if (watch.isUnclear(error)) throw unclearProblem(error, subject);
    throw error;
  }
}

function unclearProblem(error: unknown, subject: string): Problem {
  const shown = subject ? `"${clip(subject, 120)}"` : '(none)';
  const { code, details } = error instanceof Problem ? error : { code: 'internal', details: undefined };
  return Problem.of('send_unclear', { subject: shown, reason: details ?? code }, details);
}
