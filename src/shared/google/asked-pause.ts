import { errorMessage } from './error-body.ts';
import type { HttpFailure } from './http-failure.ts';

/** How Gmail says when it may be asked again: `User-rate limit exceeded.  Retry after 2023-03-07T18:03:15.961Z`. */
const RETRY_TIME = /\bretry after (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)/i;

/**
 * How long Google asks to wait: by a Retry-After header, or by a time in the words of the error. The time moves on when
 * it is not heeded.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds, or undefined where it asks for no certain time
 */
export function askedPauseMs(failure: Pick<HttpFailure, 'headers' | 'body'>, now: number): number | undefined {
  const inHeader = retryAfterMs(failure.headers?.get('retry-after'), now);
  if (inHeader !== undefined) return inHeader;
  const [, time] = RETRY_TIME.exec(errorMessage(failure.body) ?? '') ?? [];
  const until = Date.parse(time ?? '');
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/**
 * Reads a Retry-After header: seconds or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @returns milliseconds to wait, or undefined when the header is absent or unreadable
 */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A time to wait as a person says it, rounded up: `45 seconds`, `3 minutes`, `2 hours`. */
export function printPause(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds === 1) return '1 second';
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
