/** Google's error answers, body for body (https://developers.google.com/workspace/gmail/api/guides/handle-errors). */
export class GoogleError extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, body: object) {
    super(`HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** An error of the Gmail API. */
export function apiError(status: number, reason: string, message: string, detail?: object): GoogleError {
  return new GoogleError(status, {
    error: {
      code: status,
      message,
      errors: [{ message, domain: RATE_REASONS.has(reason) ? 'usageLimits' : 'global', reason }],
      status: STATUS_NAMES[status] ?? 'UNKNOWN',
      ...(detail ? { details: [detail] } : {}),
    },
  });
}

const RATE_REASONS = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'dailyLimitExceeded']);

/** An error of the OAuth endpoints (RFC 6749, section 5.2). */
export function oauthError(status: number, error: string, description: string, subtype?: string): GoogleError {
  return new GoogleError(status, {
    error,
    error_description: description,
    ...(subtype ? { error_subtype: subtype } : {}),
  });
}

export const invalidCredentials = () =>
  apiError(
    401,
    'authError',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid ' +
      'authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
  );

export const insufficientScopes = () =>
  apiError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    domain: 'googleapis.com',
  });

export const notFound = () => apiError(404, 'notFound', 'Requested entity was not found.');
export const invalidArgument = (message: string) => apiError(400, 'invalidArgument', message);

/** What a batch is refused with as a whole: no list of errors, unlike the errors of its single calls. */
export const invalidBatch = (message: string) =>
  new GoogleError(400, { error: { code: 400, message, status: 'INVALID_ARGUMENT' } });

/** A `fields` parameter that selects what the answer does not have. */
export function invalidFields(selection: string): GoogleError {
  const message = `Invalid field selection ${selection}`;
  const where = { reason: 'invalidParameter', location: 'fields', locationType: 'parameter' };
  const errors = [{ message, domain: 'global', ...where }];
  return new GoogleError(400, { error: { code: 400, message, errors, status: 'INVALID_ARGUMENT' } });
}
