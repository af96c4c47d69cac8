import type { Fault } from './faults.ts';
import { apiError } from './google-error.ts';

const answer = (status: number, message: string): Pick<Fault, 'answer'> => ({
  answer: { status, body: apiError(status, 'rateLimitExceeded', message).body },
});

/** The ways in which Gmail asks to slow down, body for body, as faults. None of them brings a Retry-After. */
export const RATE_LIMITS = {
  concurrent: () => answer(429, 'Too many concurrent requests for user'),
  exhausted: () => answer(429, 'Resource has been exhausted (e.g. check quota).'),
  queriesPerMinute: () =>
    answer(
      403,
      "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service " +
        "'gmail.googleapis.com' for consumer 'project_number:1'.",
    ),
  /** @param what which limit it is, for example `Mail sending`, where it is not that of all requests */
  untilTime: (time: Date, what?: string) =>
    answer(429, `User-rate limit exceeded.  Retry after ${time.toISOString()}${what ? ` (${what})` : ''}`),
} as const;
