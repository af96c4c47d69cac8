import { connectionProblem, detourProblem, type HttpFailure, readHttpFailure } from '../shared/google/http-failure.ts';
import { asProblem, Problem } from '../shared/problems.ts';

/** How long one request to Google's OAuth endpoints may take, in milliseconds. */
export const OAUTH_TIMEOUT_MS = 20_000;

interface OAuthErrorBody {
  error?: unknown;
  error_description?: unknown;
  error_subtype?: unknown;
}

/**
 * Names the cause of a failed token request from `{error, error_description, error_subtype}` (RFC 6749, section 5.2;
 * https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors).
 */
export function tokenProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const failure = readHttpFailure(error);
  if (!failure) return asProblem(error);
  if (failure.status === undefined) return connectionProblem(failure, OAUTH_TIMEOUT_MS);
  return detourProblem(failure) ?? answeredProblem(failure, failure.status);
}

function answeredProblem(failure: HttpFailure, status: number): Problem {
  const body = readBody(failure.body);
  const code = typeof body.error === 'string' ? body.error : '';
  const description = typeof body.error_description === 'string' ? body.error_description : undefined;
  const details = [code, description].filter(Boolean).join(': ') || undefined;
  switch (code) {
    case 'invalid_grant':
      return body.error_subtype === 'invalid_rapt' || /reauth|rapt/i.test(description ?? '')
        ? Problem.of('reauthentication_required', {}, details)
        : Problem.of('grant_dead', {}, details);
    case 'invalid_client':
    case 'deleted_client':
      return Problem.of('client_unknown', {}, details);
    case 'unauthorized_client':
      return Problem.of('client_mismatch', {}, details);
    case 'admin_policy_enforced':
    case 'org_internal':
      return Problem.of('policy_enforced', {}, details);
    default:
      break;
  }
  if (status === 429) return Problem.of('rate_limited', {}, details);
  if (status >= 500) return Problem.of('google_failed', { status: String(status) }, details);
  return Problem.of('token_request_refused', { reason: code || `HTTP status ${status}` }, details);
}

function readBody(body: unknown): OAuthErrorBody {
  if (typeof body === 'object' && body !== null) return body;
  if (typeof body !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
