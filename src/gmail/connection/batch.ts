import { randomUUID } from 'node:crypto';
import timers from 'node:timers/promises';
import { apiProblem, type Subject } from '../../shared/google/api-error.ts';
import { assertNoPage, readHttpFailure } from '../../shared/google/http-failure.ts';
import type { Logger } from '../../shared/log.ts';
import { Problem, type ProblemCode } from '../../shared/problems.ts';
import { type BatchAnswer, batchContentType, holdsRefusal, readBatch, writeBatch } from './batch-format.ts';
import type { BearerClient } from './bearer-client.ts';
import { withBoundedTexts } from './bounded-answer.ts';
import { ANSWER_MISSING, pauseBefore, type RetryPolicy } from './retry.ts';
import { unitsOf } from './units.ts';

/** One read of a batch. Only reads go into batches, so that each can be repeated. */
export interface BatchRequest {
  /** Below `/gmail/v1/users/me`, not encoded: `['messages', id]`. */
  path: readonly string[];
  query?: Readonly<Record<string, string | readonly string[]>>;
  /** What the request is about, for a clear error when that does not exist. */
  subject: Subject;
}

export type BatchOutcome<T> = { data: T; problem?: never } | { problem: Problem; data?: never };

interface Around {
  log: Logger;
  retry: RetryPolicy;
  signal: AbortSignal;
}

/**
 * Calls in one batch. Google takes 100, but answers 429 "Too many concurrent requests for user" to a good deal fewer
 * (https://developers.google.com/workspace/gmail/api/guides/batch).
 */
export const MOST_CALLS = 25;

/** Where batches go (https://developers.google.com/workspace/gmail/api/guides/batch). */
const BATCH_URL = 'https://gmail.googleapis.com/batch/gmail/v1';

/** What ails one call alone. Any other problem would meet the next ones as well. */
const OF_ONE_CALL: ReadonlySet<ProblemCode> = new Set([
  'not_found',
  'request_refused',
  'google_failed',
  'answer_broken',
  'internal',
]);

/** What was found: messages may be deleted between a list and the read, so that one is missing is no failure. */
export function foundOf<T>(outcomes: readonly BatchOutcome<T>[]): T[] {
  return outcomes.flatMap(({ data, problem }) => {
    if (!problem) return [data as T];
    if (problem.code === 'not_found') return [];
    throw problem;
  });
}

/**
 * Makes the requests in batches of 25, one after the other. Where one call fails for a reason that would meet all of
 * them, the batches after it are not sent.
 */
export async function runBatch<T>(
  client: BearerClient,
  requests: readonly BatchRequest[],
  around: Around,
): Promise<BatchOutcome<T>[]> {
  const outcomes: BatchOutcome<T>[] = [];
  for (let start = 0; start < requests.length; start += MOST_CALLS) {
    outcomes.push(...(await runChunk<T>(client, requests.slice(start, start + MOST_CALLS), around)));
    const end = outcomes.find(({ problem }) => problem && !OF_ONE_CALL.has(problem.code))?.problem;
    if (end) return requests.map((_, index) => outcomes[index] ?? { problem: end });
  }
  return outcomes;
}

/** One batch, and further ones of what Google was too busy for. */
async function runChunk<T>(
  client: BearerClient,
  requests: readonly BatchRequest[],
  { log, retry, signal }: Around,
): Promise<BatchOutcome<T>[]> {
  const outcomes = new Map<BatchRequest, BatchOutcome<T>>();
  let pending = requests.filter(isPossible);
  for (let earlier = 0; pending.length > 0; earlier += 1) {
    const answers = await postOrFail(client, pending, signal);
    const pauses = new Map<BatchRequest, number>();
    for (const [index, request] of pending.entries()) {
      const answer = answers instanceof Error ? answers : answers[index];
      if (!(answer instanceof Error)) {
        outcomes.set(request, { data: answer?.body as T });
        continue;
      }
      client.heed(answer);
      const failure = readHttpFailure(answer);
      const pause = failure && pauseBefore(failure, earlier, retry);
      if (pause !== undefined) pauses.set(request, pause);
      // A 404 to the batch says nothing of its calls.
      else if (answers instanceof Error) throw answers;
      else outcomes.set(request, { problem: apiProblem(answer, request.subject) });
    }
    pending = pending.filter((request) => pauses.has(request));
    if (pending.length > 0) {
      const pause = Math.max(...pauses.values());
      log.debug(`Gmail left ${pending.length} calls of a batch undone; trying again in ${Math.round(pause)} ms.`);
      await timers.setTimeout(pause, undefined, { signal });
    }
  }
  return requests.map((request) => outcomes.get(request) ?? { problem: Problem.of('not_found', request.subject) });
}

/** The answers to the calls, in their order, or the failure of the batch as a whole where another try may help. */
async function postOrFail(
  client: BearerClient,
  requests: readonly BatchRequest[],
  signal: AbortSignal,
): Promise<(BatchAnswer | CallFailure)[] | Error> {
  signal.throwIfAborted();
  const boundary = `batch_${randomUUID()}`;
  // Google compresses for clients that say so in both (https://developers.google.com/workspace/gmail/api/guides/performance#gzip).
  const compression = { 'accept-encoding': 'gzip', 'user-agent': 'headless-gmail (gzip)' };
  try {
    const { data, headers } = await client.requestText(
      {
        url: BATCH_URL,
        method: 'POST',
        headers: { ...compression, 'content-type': batchContentType(boundary) },
        data: writeBatch(targetsOf(requests), boundary),
        adapter: withBoundedTexts(requests.length),
        signal,
      },
      holdsRefusal,
      requests.reduce((sum, request) => sum + unitsOf('GET', pathOf(request)), 0),
    );
    assertNoPage({ data, config: { url: BATCH_URL } });
    const answers = readBatch(headers.get('content-type') ?? '', data, requests.length);
    return answers.map((answer) => (answer && answer.status < 300 ? answer : new CallFailure(answer)));
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    return error;
  }
}

/** A failed call within a batch, in the shape of a failed request. */
class CallFailure extends Error {
  readonly response: { status: number; data: unknown; headers: Headers } | undefined;
  /** Where there is no answer that can be read. */
  readonly code: string | undefined;

  constructor(answer: BatchAnswer | undefined) {
    super('A call within a batch failed');
    if (answer) this.response = { status: answer.status, data: answer.body, headers: answer.headers ?? new Headers() };
    else this.code = ANSWER_MISSING;
  }
}

/** An empty segment would turn a read into a list, and dots would lead elsewhere. */
const isPossible = ({ path }: BatchRequest) => path.every((segment) => !/^\.{0,2}$/.test(segment));

/** Path and query of each. */
function targetsOf(requests: readonly BatchRequest[]): string[] {
  // Most batches ask for the same of each message.
  const known = new Map<BatchRequest['query'], string>();
  return requests.map((request) => {
    const { query } = request;
    const search = known.get(query) ?? searchOf(query);
    known.set(query, search);
    return `${pathOf(request)}${search}`;
  });
}

const pathOf = ({ path }: BatchRequest) => `/gmail/v1/users/me/${path.map(encodeURIComponent).join('/')}`;

function searchOf(query: BatchRequest['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}
