interface GoogleErrorBody {
  error?: { message?: unknown; errors?: { reason?: unknown }[]; details?: { reason?: unknown }[] };
}

/** The machine-readable reason in a Google API error body, such as `rateLimitExceeded` or `insufficientPermissions`. */
export function errorReason(body: unknown): string | undefined {
  const error = (body as GoogleErrorBody | undefined)?.error;
  const reason = error?.errors?.[0]?.reason ?? error?.details?.[0]?.reason;
  return typeof reason === 'string' ? reason : undefined;
}

/** What a Google API error body says in words. */
export function errorMessage(body: unknown): string | undefined {
  const message = (body as GoogleErrorBody | undefined)?.error?.message;
  return typeof message === 'string' ? message : undefined;
}
