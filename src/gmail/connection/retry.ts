import timers from 'node:timers/promises';
import { askedPauseMs } from '../../shared/google/asked-pause.ts';
import { errorMessage, errorReason } from '../../shared/google/error-body.ts';
import { type HttpFailure, readHttpFailure } from '../../shared/google/http-failure.ts';
import type { Logger } from '../../shared/log.ts';

export interface RetryPolicy {
  /** How often a request is repeated at most. */
  attempts: number;
  /** First pause in milliseconds; each further one is twice as long. */
  firstPauseMs: number;
  /** No pause is longer; where Google asks for more, nothing is repeated. */
  longestPauseMs: number;
}

export const DEFAULT_POLICY: RetryPolicy = { attempts: 4, firstPauseMs: 500, longestPauseMs: 20_000 };

/** 403 reasons that mean "too fast" (https://developers.google.com/workspace/gmail/api/guides/handle-errors). */
const RATE_REASONS = new Set(['rateLimitExceeded', 'userRateLimitExceeded']);

/** The code of a call whose answer is missing in that of its batch, or cannot be read: another try may bring one. */
export const ANSWER_MISSING = 'ERR_ANSWER_MISSING';

/** Connections that broke. */
const BROKEN_OFF = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', ANSWER_MISSING]);

/** How Gmail says that too many are under way at once, which says nothing of how many are left. */
const TOO_MANY_AT_ONCE = /\bconcurrent\b/i;

interface Attempt {
  config?: { method?: string; retryConfig?: { currentRetryAttempt?: number }; signal?: AbortSignal };
}

/**
 * The retry settings for gaxios. Only reads (GET) are repeated, so nothing is ever sent or changed twice; gaxios alone
 * would ignore Retry-After and never repeat a 403 rate limit.
 */
export function retryConfig(log: Logger, policy: RetryPolicy = DEFAULT_POLICY) {
  return {
    retry: policy.attempts,
    shouldRetry: (error: unknown): boolean => {
      const { config } = error as Attempt;
      const failure = readHttpFailure(error);
      if (!failure || (config?.method ?? 'GET').toUpperCase() !== 'GET' || config?.signal?.aborted) return false;
      return pauseBefore(failure, config?.retryConfig?.currentRetryAttempt ?? 0, policy) !== undefined;
    },
    retryBackoff: (error: unknown): Promise<void> => {
      const { config } = error as Attempt;
      const failure = readHttpFailure(error);
      // gaxios has counted this attempt before it asks for the pause.
      const earlier = Math.max(0, (config?.retryConfig?.currentRetryAttempt ?? 1) - 1);
      const pause = (failure && pauseBefore(failure, earlier, policy)) ?? 0;
      log.debug(
        `Gmail answered ${failure?.status ?? failure?.code ?? 'nothing'}; trying again in ${Math.round(pause)} ms.`,
      );
      return timers.setTimeout(pause, undefined, config?.signal ? { signal: config.signal } : {});
    },
  };
}

/**
 * How long nobody should ask for anything, after an answer that means that the quota is used up.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds, 0 where Gmail names no time; undefined for any other answer
 */
export function ratePauseMs(error: unknown, now: number): number | undefined {
  const failure = readHttpFailure(error);
  if (!failure || !isTooFast(failure)) return undefined;
  const asked = askedPauseMs(failure, now);
  return asked === undefined && TOO_MANY_AT_ONCE.test(errorMessage(failure.body) ?? '') ? undefined : (asked ?? 0);
}

/**
 * How long to wait before a failed read is repeated: as long as Google asks for and up to a tenth more, so that not all
 * who wait come back at once, else a random time that doubles with
 * each attempt. Who asks before the time that Google named only moves it further away.
 *
 * @param earlier how often it has been repeated already
 * @returns milliseconds, or undefined where it is not worth repeating
 */
export function pauseBefore(failure: HttpFailure, earlier: number, policy: RetryPolicy): number | undefined {
  if (earlier >= policy.attempts || !isPassing(failure)) return undefined;
  const asked = askedPauseMs(failure, Date.now());
  if (asked !== undefined) return asked <= policy.longestPauseMs ? asked * (1 + Math.random() / 10) : undefined;
  return Math.min(policy.firstPauseMs * 2 ** earlier, policy.longestPauseMs) * (0.5 + Math.random() / 2);
}

/** Whether waiting may help: too many requests, a fault at Google, or a connection that broke. */
function isPassing(failure: HttpFailure): boolean {
  const { status, code } = failure;
  if (status === undefined) return code !== undefined && BROKEN_OFF.has(code);
  return status >= 500 || isTooFast(failure);
}

function isTooFast({ status, body }: HttpFailure): boolean {
  return status === 429 || (status === 403 && RATE_REASONS.has(errorReason(body) ?? ''));
}
