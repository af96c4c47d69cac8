import { invalidArgument, notFound } from '../google-error.ts';
import type { ApiRequest } from '../http.ts';
import type { Shape } from '../rest/answer-shapes.ts';
import { bytesOf, readJson } from '../rest/json-body.ts';
import type { MailStore } from '../store/mail-store.ts';

/** What a request that brings a message holds, whether it came as JSON or as an upload. */
export interface Posted {
  /** Of the resource, Message or Draft. */
  resource: Resource;
  /** MIME; undefined where there is none. */
  mime: Buffer | undefined;
}

interface MessageFields {
  raw?: unknown;
  threadId?: unknown;
}

interface Resource extends MessageFields {
  id?: unknown;
  message?: MessageFields;
}

/** Reads a request that carries its message as base64 in the JSON. Of a message only `raw` counts. */
export function readPosted({ body }: ApiRequest, shape: Shape): Posted {
  const resource = readJson<Resource>(body, shape);
  const raw = resource.message?.raw ?? resource.raw;
  return { resource, mime: raw ? bytesOf(raw, resource.message ? 'message.raw' : 'raw') : undefined };
}

/**
 * The thread that a message is to join.
 *
 * @throws GoogleError 400 for what can be no thread's id, 404 for one that the mailbox does not have
 */
export function threadOf(store: MailStore, { resource }: Posted): string | undefined {
  const threadId = (resource.message ?? resource).threadId;
  if (threadId === undefined || threadId === '') return undefined;
  if (typeof threadId !== 'string' || !/^[0-9a-f]{1,16}$/.test(threadId)) {
    throw invalidArgument('Invalid thread_id value');
  }
  if (store.thread(threadId).length === 0) throw notFound();
  return threadId;
}
