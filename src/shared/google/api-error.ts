import { asProblem, Problem } from '../problems.ts';
import { askedPauseMs, printPause } from './asked-pause.ts';
import { errorMessage, errorReason } from './error-body.ts';
import { connectionProblem, detourProblem, type HttpFailure, readHttpFailure } from './http-failure.ts';

/** How long one request to the Gmail API may take, in milliseconds. */
export const GMAIL_TIMEOUT_MS = 60_000;

/** What a request was about, for the error that says it does not exist. */
export interface Subject {
  kind: string;
  id: string;
}

/**
 * Names the cause of a failed Gmail API call
 * (https://developers.google.com/workspace/gmail/api/guides/handle-errors).
 */
export function apiProblem(error: unknown, subject?: Subject): Problem {
  if (error instanceof Problem) return error;
  const failure = readHttpFailure(error);
  if (!failure) return asProblem(error);
  if (failure.code === 'AbortError') return Problem.of('cancelled', {});
  if (failure.status === undefined) return connectionProblem(failure, GMAIL_TIMEOUT_MS);
  return detourProblem(failure) ?? answeredProblem(failure, failure.status, subject);
}

function answeredProblem(failure: HttpFailure, status: number, subject: Subject | undefined): Problem {
  const reason = errorReason(failure.body);
  const message = errorMessage(failure.body);
  const details = [`HTTP ${status}`, reason, message].filter(Boolean).join(' ');
  if (status === 401) return Problem.of('access_token_refused', {}, details);
  if (status === 404 || isInvalidId(status, message)) {
    // Without Google's words, so that it reads the same for what is kept hidden.
    return Problem.of('not_found', subject ?? { kind: 'item', id: 'given' });
  }
  if (status === 429) return rateLimited(failure, details);
  if (status === 403) return forbidden(failure, details);
  if (status === 413) return Problem.of('request_too_large', {}, details);
  if (status >= 500) return Problem.of('google_failed', { status: String(status) }, details);
  if (reason === 'failedPrecondition' && /^(precondition check failed|mail service not enabled)/i.test(message ?? '')) {
    return Problem.of('mailbox_missing', {}, details);
  }
  return Problem.of('request_refused', { reason: message ?? `HTTP ${status}` }, details);
}

/** Gmail answers 400 "Invalid id value", not 404, to an id that it could never have given. */
function isInvalidId(status: number, message: string | undefined): boolean {
  return status === 400 && /invalid (thread_)?id/i.test(message ?? '');
}

function rateLimited(failure: HttpFailure, details: string): Problem {
  const pause = askedPauseMs(failure, Date.now());
  return Problem.of('rate_limited', pause ? { wait: printPause(pause) } : {}, details);
}

function forbidden(failure: HttpFailure, details: string): Problem {
  const reason = errorReason(failure.body);
  const message = errorMessage(failure.body);
  // The reason is no more than "forbidden" here.
  if (/^metadata scope\b/i.test(message ?? '')) return Problem.of('metadata_scope', {}, details);
  switch (reason) {
    case 'rateLimitExceeded':
    case 'userRateLimitExceeded':
      return rateLimited(failure, details);
    case 'dailyLimitExceeded':
    case 'quotaExceeded':
      return Problem.of('daily_limit', {}, details);
    case 'domainPolicy':
      return Problem.of('domain_policy', {}, details);
    case 'accessNotConfigured':
    case 'SERVICE_DISABLED':
      return Problem.of('api_disabled', {}, details);
    case 'insufficientPermissions':
    case 'ACCESS_TOKEN_SCOPE_INSUFFICIENT':
      return Problem.of('scope_missing', {}, details);
    default:
      return Problem.of('request_refused', { reason: message ?? reason ?? 'HTTP status 403' }, details);
  }
}
