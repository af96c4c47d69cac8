import type { IncomingHttpHeaders } from 'node:http';
import { invalidBatch } from '../google-error.ts';
import type { ApiRequest, Call, MakeCall, RawAnswer, Route } from '../http.ts';
import { type BatchPart, readBatch, writeBatch } from './batch-format.ts';

/** More calls are refused (https://developers.google.com/workspace/gmail/api/guides/batch). */
const MOST_CALLS = 100;

/** The batch endpoint of the Gmail API. Each call in it is authorized by itself, so the endpoint asks for no token. */
export const batchRoute: Route = { method: 'POST', path: '/batch/gmail/v1', handle: runBatch };

async function runBatch({ headers, query, body }: ApiRequest, makeCall: MakeCall): Promise<RawAnswer> {
  const parts = readBatch(headers['content-type'] ?? '', body);
  if (parts.length > MOST_CALLS) {
    throw invalidBatch(`Inner request count exceeds the limit. Received: ${parts.length}, Limit: ${MOST_CALLS}`);
  }
  const calls = parts.map((part) => ({ contentId: part.contentId, call: toCall(part, headers, query) }));
  // All at once: Google promises no order of execution.
  const answers = calls.map(async ({ contentId, call }) => ({ contentId, answer: await makeCall(call) }));
  return writeBatch(await Promise.all(answers));
}

/**
 * A part inherits the headers of the batch, but not those that describe its body, and its query parameters. It names a
 * path: whole URLs are not allowed.
 */
function toCall(
  { method, target, headers, body }: BatchPart,
  outer: IncomingHttpHeaders,
  outerQuery: URLSearchParams,
): Call {
  if (!target.startsWith('/gmail/v1/'))
    throw invalidBatch(`Failed to parse batch request, error: invalid URL ${target}`);
  const inherited = Object.entries(outer).filter(([name]) => !name.startsWith('content-'));
  const url = new URL(target, 'http://sandbox.invalid');
  for (const [name, value] of outerQuery) if (!url.searchParams.has(name)) url.searchParams.append(name, value);
  return { method, url, headers: { ...Object.fromEntries(inherited), ...headers }, body: Buffer.from(body) };
}
