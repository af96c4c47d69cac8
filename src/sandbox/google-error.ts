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
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/**
 * An error of the Gmail API. Rates count as the usage of a project where they come as 403, and as global where they come
 * as 429.
 */
export function apiError(status: number, reason: string, message: string, detail?: object): GoogleError {
  const domain = status === 403 && RATE_REASONS.has(reason) ? 'usageLimits' : 'global';
  return withErrors(status, message, [{ message, domain, reason }], detail);
}

function withErrors(status: number, message: string, errors: object[], detail?: object): GoogleError {
  const name = STATUS_NAMES[status] ?? 'UNKNOWN';
  return new GoogleError(status, {
    error: { code: status, message, errors, status: name, ...(detail ? { details: [detail] } : {}) },
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

const EXPECTED =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. ' +
  'See https://developers.google.com/identity/sign-in/web/devconsole-project.';
const IN_HEADER = { location: 'Authorization', locationType: 'header' };

/** A token that is none, or no more. */
export const invalidCredentials = () =>
  withErrors(401, `Request had invalid authentication credentials. ${EXPECTED}`, [
    { message: 'Invalid Credentials', domain: 'global', reason: 'authError', ...IN_HEADER },
  ]);

/** No token at all. */
export const missingCredentials = (method: string) =>
  withErrors(
    401,
    `Request is missing required authentication credential. ${EXPECTED}`,
    [{ message: 'Login Required.', domain: 'global', reason: 'required', ...IN_HEADER }],
    errorInfo('CREDENTIALS_MISSING', method),
  );

export const insufficientScopes = (method: string) =>
  withErrors(
    403,
    'Request had insufficient authentication scopes.',
    [{ message: 'Insufficient Permission', domain: 'global', reason: 'insufficientPermissions' }],
    errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', method),
  );

const errorInfo = (reason: string, method: string) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
  metadata: { service: 'gmail.googleapis.com', method: `caribou.api.proto.MailboxService.${method}` },
});

/** A parameter or a field that there is not, or a value that does not fit it. */
export const badField = (description: string, field?: string) =>
  withErrors(400, description, [{ message: description, reason: 'invalid' }], violation(description, field));

const violation = (description: string, field: string | undefined) => ({
  '@type': 'type.googleapis.com/google.rpc.BadRequest',
  fieldViolations: [{ ...(field === undefined ? {} : { field }), description }],
});

/** What the state of the account does not allow. */
export const failedPrecondition = (message: string) =>
  new GoogleError(400, {
    error: {
      code: 400,
      message,
      errors: [{ message, domain: 'global', reason: 'failedPrecondition' }],
      status: 'FAILED_PRECONDITION',
    },
  });

export const tooLarge = () => apiError(413, 'uploadTooLarge', 'Request Entity Too Large');
export const notFound = () => apiError(404, 'notFound', 'Requested entity was not found.');
export const invalidArgument = (message: string) => apiError(400, 'invalidArgument', message);

/** What a batch is refused with as a whole: no list of errors, unlike the errors of its single calls. */
export const invalidBatch = (message: string) =>
  new GoogleError(400, { error: { code: 400, message, status: 'INVALID_ARGUMENT' } });

/** A `fields` parameter that selects what the answer does not have. */
export function invalidFields(path: string): GoogleError {
  const message = 'Request contains an invalid argument.';
  const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${path}'.`;
  const errors = [{ message, domain: 'global', reason: 'badRequest' }];
  return withErrors(400, message, errors, violation(description, path));
}
