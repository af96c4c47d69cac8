import { randomUUID } from 'node:crypto';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { BearerClient } from './bearer-client.ts';

type Request = Parameters<BearerClient['request']>[0];

/** Where a message goes to. */
export interface MessageTarget {
  method: 'POST' | 'PUT';
  /** Below `/gmail/v1/users/me`, encoded. */
  path: string;
  /** The resource of the request, with the message in its place. */
  resource(message: gmail_v1.Schema$Message): object;
}

/**
 * The most bytes of MIME that go as JSON. Gmail refuses JSON with 413 from about 6.5 MiB on, and takes 36,700,160 bytes
 * at its upload addresses alone (https://developers.google.com/workspace/gmail/api/guides/uploads).
 */
const LARGEST_AS_JSON = 5_000_000;

/** An upload may take long over a slow line, in milliseconds. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000;

/**
 * The request that hands a composed message over: as JSON while it is small, else as a multipart upload, in which the
 * JSON stands before the message. Its body is no stream, so that it can be sent again after a refused token.
 */
export function messageRequest(
  { method, path, resource }: MessageTarget,
  { threadId }: { threadId?: string | undefined },
  mime: Buffer,
): Request {
  const thread = threadId === undefined ? {} : { threadId };
  const base = 'https://gmail.googleapis.com';
  if (mime.length <= LARGEST_AS_JSON) {
    const data = resource({ ...thread, raw: mime.toString('base64url') });
    return { method, url: `${base}/gmail/v1/users/me/${path}`, data };
  }
  const boundary = randomUUID();
  const head = [
    `--${boundary}`,
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify(resource(thread)),
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    '',
  ];
  return {
    method,
    url: `${base}/upload/gmail/v1/users/me/${path}?uploadType=multipart`,
    headers: { 'content-type': `multipart/related; boundary=${boundary}` },
    data: Buffer.concat([Buffer.from(head.join('\r\n')), mime, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    timeout: UPLOAD_TIMEOUT_MS,
  };
}
