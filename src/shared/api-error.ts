import { connectionProblem, readHttpFailure } from './http-failure.ts';
import { asProblem, Problem } from './problems.ts';

/** How long one request to the Gmail API may take, in milliseconds. */
export const GMAIL_TIMEOUT_MS = 60_000;

/** What a request was about, for the error that says it does not exist. */
export interface Subject {
  kind: string;
  id: string;
}

interface GoogleErrorBody {
  error?: { message?: unknown; status?: unknown; errors?: { reason?: unknown }[]; details?: { reason?: unknown }[] };
}

/** The machine-readable reason in a Google API error body, such as `rateLimitExceeded` or `insufficientPermissions`. */
export function errorReason(body: unknown): string | undefined {
  const error = (body as GoogleErrorBody | undefined)?.error;
  const reason = error?.errors?.[0]?.reason ?? error?.details?.[0]?.reason;
  return typeof reason === 'string' ? reason : undefined;
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
  return answeredProblem(failure.status, failure.body, subject);
}

function answeredProblem(status: number, body: unknown, subject: Subject | undefined): Problem {
  const reason = errorReason(body);
  const message = (body as GoogleErrorBody | undefined)?.error?.message;
  const details = [`HTTP ${status}`, reason, typeof message === 'string' ? message : undefined]
    .filter(Boolean)
    .join(' ');
  if (status === 401) return Problem.of('access_token_refused', {}, details);
  if (status === 404 || isInvalidId(status, message)) {
    // Without Google's words, so that it reads the same for what is kept hidden.
    return Problem.of('not_found', subject ?? { kind: 'item', id: 'given' });
  }
  if (status === 429) return Problem.of('rate_limited', {}, details);
  if (status === 403) return forbidden(reason, details);
  if (status >= 500) return Problem.of('google_failed', { status: String(status) }, details);
  return Problem.of('request_refused', { reason: typeof message === 'string' ? message : `HTTP ${status}` }, details);
}

/** Gmail answers 400 "Invalid id value", not 404, to an id that it could never have given. */
function isInvalidId(status: number, message: unknown): boolean {
  return status === 400 && typeof message === 'string' && /invalid (thread_)?id/i.test(message);
}

function forbidden(reason: string | undefined, details: string): Problem {
  switch (reason) {
    case 'rateLimitExceeded':
    case 'userRateLimitExceeded':
      return Problem.of('rate_limited', {}, details);
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
      return Problem.of('request_refused', { reason: reason ?? 'HTTP status 403' }, details);
  }
}
