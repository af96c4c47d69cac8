import type { IncomingHttpHeaders } from 'node:http';
import { invalidBatch } from '../google-error.ts';
import type { ApiRequest, Call, MakeCall, RawAnswer, Route } from '../http.ts';
import { type BatchPart, readBatch, writeBatch } from './batch-format.ts';

/** More calls are refused (https://developers.google.com/workspace/gmail/api/guides/batch). */
const MOST_CALLS = 100;

/** The batch endpoint of the Gmail API. Each call in it is authorized by itself, so the endpoint asks for no token. */
export const batchRoute: Route = { method: 'POST', path: '/batch/gmail/v1', handle: runBatch };

async function runBatch({ headers, body }: ApiRequest, makeCall: MakeCall): Promise<RawAnswer> {
  const parts = readBatch(headers['content-type'] ?? '', body);
  if (parts.length > MOST_CALLS) {
    throw invalidBatch(`Inner request count exceeds the limit. Received: ${parts.length}, Limit: ${MOST_CALLS}`);
  }
  const calls = parts.map((part) => ({ contentId: part.contentId, call: toCall(part, headers) }));
  // All at once: Google promises no order of execution.
  const answers = calls.map(async ({ contentId, call }) => ({ contentId, answer: await makeCall(call) }));
  return writeBatch(await Promise.all(answers));
}

/** A part inherits the headers of the batch, but not those that describe its body. */
function toCall({ method, target, headers, body }: BatchPart, outer: IncomingHttpHeaders): Call {
  const inherited = Object.entries(outer).filter(([name]) => !name.startsWith('content-'));
  const base = 'http://sandbox.invalid';
  const url = new URL(URL.canParse(target, base) ? target : '/', base);
  if (!url.pathname.startsWith('/gmail/v1/')) {
    throw invalidBatch(`The batch endpoint of the Gmail API does not serve ${target}`);
  }
  return { method, url, headers: { ...Object.fromEntries(inherited), ...headers }, body: Buffer.from(body) };
}
