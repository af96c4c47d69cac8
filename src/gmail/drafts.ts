import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { Problem } from '../shared/problems.ts';
import type { Departure } from './connection/bearer-client.ts';
import type { GmailConnection } from './connection/connection.ts';
import { type MessageTarget, messageRequest } from './connection/upload.ts';

/** A draft as Gmail keeps it. */
export interface StoredDraft {
  id: string;
  /** Changes with every revision. */
  messageId: string;
  threadId: string;
}

/** A draft with its message whole, as bytes. */
export type RawDraft = StoredDraft & { raw: Buffer };

/** A composed message and the thread it belongs to, where it answers one. */
export interface ComposedMail {
  mime: Buffer;
  threadId?: string | undefined;
}

const CREATE: MessageTarget = { method: 'POST', path: 'drafts', resource: (message) => ({ message }) };
const updateOf = (draftId: string): MessageTarget => ({
  ...CREATE,
  method: 'PUT',
  path: `drafts/${encodeURIComponent(draftId)}`,
});

/**
 * Saves a draft, once
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/create).
 *
 * @param draftId the draft that it takes the place of; a new one where absent
 * @throws Problem `draft_unclear` where it may have been saved, `draft_gone` where there is none to replace; any other
 * means that it was not
 */
export async function saveDraft(
  gmail: GmailConnection,
  mail: ComposedMail,
  { draftId, signal }: { draftId?: string | undefined; signal: AbortSignal },
): Promise<StoredDraft> {
  const departure = new Watch(signal, 'everything else');
  try {
    const request = messageRequest(draftId === undefined ? CREATE : updateOf(draftId), mail, mail.mime);
    const saved = await gmail.runOnce(departure, (auth) => auth.request<gmail_v1.Schema$Draft>(request));
    if (!saved.id) throw Problem.of('google_failed', { status: 'without an id' }, 'An answer without an id');
    return storedDraft(saved);
  } catch (error) {
    if (draftId !== undefined && isNotFound(error)) throw Problem.of('draft_gone', { id: draftId });
    if (isNotFound(error)) throw Problem.of('draft_unclear', { reason: NO_SUCH_THREAD });
    if (!departure.isUnclear(error)) throw error;
    throw Problem.of('draft_unclear', { reason: reasonOf(error) }, detailsOf(error));
  }
}

/** A new draft has no id that could be unknown: Gmail knows no thread as is answered, or something between has answered. */
const NO_SUCH_THREAD = 'HTTP 404, as where the answered thread is gone';

/**
 * A draft with its message whole, as bytes. Throws `draft_gone`.
 *
 * @param id of the draft, or of its message, which is all that searching and reading tell of a draft
 */
export async function rawDraft(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<RawDraft> {
  const draft = await getDraft(gmail, id, 'raw', signal).catch(async (error: unknown) => {
    const draftId = isGone(error) ? await draftOfMessage(gmail, id, signal) : undefined;
    if (draftId === undefined) throw error;
    return getDraft(gmail, draftId, 'raw', signal);
  });
  return { ...storedDraft(draft), raw: Buffer.from(draft.message?.raw ?? '', 'base64url') };
}

/** How many drafts are looked through for the one of a message. */
const MOST_LISTED = 500;

/** The draft whose message this is; nothing but the list of drafts tells. */
async function draftOfMessage(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<string | undefined> {
  const request = { userId: 'me', maxResults: MOST_LISTED, fields: 'drafts(id,message/id)' };
  const { drafts = [] } = await gmail.run(signal, (api, options) => api.users.drafts.list(request, options));
  return drafts.find(({ message }) => message?.id === id)?.id ?? undefined;
}

/** Which revision of a draft there is now; undefined where it is gone. */
export async function presentRevision(
  gmail: GmailConnection,
  draftId: string,
  signal: AbortSignal,
): Promise<StoredDraft | undefined> {
  try {
    return storedDraft(await getDraft(gmail, draftId, 'minimal', signal));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Deletes a draft for good; one that is gone already counts as deleted. */
export async function deleteDraft(gmail: GmailConnection, draftId: string, signal: AbortSignal): Promise<void> {
  try {
    await gmail.run(signal, (api, options) => api.users.drafts.delete({ userId: 'me', id: draftId }, options), {
      kind: 'draft',
      id: draftId,
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

async function getDraft(gmail: GmailConnection, id: string, format: string, signal: AbortSignal) {
  try {
    return await gmail.run(signal, (api, options) => api.users.drafts.get({ userId: 'me', id, format }, options), {
      kind: 'draft',
      id,
    });
  } catch (error) {
    if (isNotFound(error)) throw Problem.of('draft_gone', { id });
    throw error;
  }
}

const storedDraft = ({ id, message }: gmail_v1.Schema$Draft): StoredDraft => ({
  id: id ?? '',
  messageId: message?.id ?? '',
  threadId: message?.threadId ?? '',
});

const isGone = (error: unknown) => error instanceof Problem && error.code === 'draft_gone';
const isNotFound = (error: unknown) => error instanceof Problem && error.code === 'not_found';
const reasonOf = (error: unknown) => (error instanceof Problem ? (error.details ?? error.code) : 'unknown');
const detailsOf = (error: unknown) => (error instanceof Problem ? error.details : undefined);

/** Failures after which it is open whether Gmail did what was asked: the answer was lost, late or a server fault. */
const UNCLEAR: ReadonlySet<string> = new Set(['google_failed', 'answer_broken', 'timed_out', 'cancelled', 'internal']);

/** The status by which Gmail refuses; others (408, 409, 425, 499) say that something in between gave up waiting. */
const REFUSING = /^HTTP (?:400|403)\b/;

/** Connection errors from before a request could leave, so that nothing was done. */
const NEVER_LEFT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/**
 * Watches a request that must not be made twice. The signal keeps it here until it leaves; a request on its way to
 * Gmail cannot be called back, and cutting the connection would only hide what became of it.
 */
export class Watch implements Departure {
  readonly limited: Departure['limited'];
  readonly #signal: AbortSignal;
  #hasLeft = false;
  #wasRefused = false;

  /** @param limited what Gmail may have asked to leave alone: a draft can be saved while it takes no messages to send */
  constructor(signal: AbortSignal, limited: Departure['limited'] = 'sending') {
    this.#signal = signal;
    this.limited = limited;
  }

  /** Whether Gmail may know of the request, also where it was refused since. */
  get mayBeKnown(): boolean {
    return this.#hasLeft || this.#wasRefused;
  }

  /** Whether it was refused once, and asked again. */
  get wasRefused(): boolean {
    return this.#wasRefused;
  }

  leaving(): void {
    this.#signal.throwIfAborted();
    this.#hasLeft = true;
  }

  refused(): void {
    this.#hasLeft = false;
    this.#wasRefused = true;
  }

  /** Whether it is open, after this error, what became of the request. */
  isUnclear(error: unknown): boolean {
    if (!this.#hasLeft || !(error instanceof Problem)) return this.#hasLeft;
    if (UNCLEAR.has(error.code)) return true;
    if (error.code === 'request_refused') return !REFUSING.test(error.details ?? '');
    return error.code === 'offline' && !NEVER_LEFT.test(error.details ?? '');
  }
}
