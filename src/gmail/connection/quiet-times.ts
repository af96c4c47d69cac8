import { askedPauseMs, printPause } from '../../shared/google/asked-pause.ts';
import { readHttpFailure } from '../../shared/google/http-failure.ts';
import { Problem } from '../../shared/problems.ts';
import { DEFAULT_POLICY } from './retry.ts';

/** What Gmail limits: sending has limits of its own. */
export type Limited = 'sending' | 'everything else';

/** How many are remembered. */
const MOST_REMEMBERED = 100;

/**
 * Until when Gmail wants to be left alone. It names a time, and whoever asks again before it only moves it further away
 * (googleapis/google-api-ruby-client, issue 20544), so that calls of a model that tries again and again are kept here.
 */
export class QuietTimes {
  /** Milliseconds since the epoch, by access token, of which a mailbox has the same one for an hour. */
  readonly #until = new Map<string, number>();

  /** @throws Problem `rate_limited` where the time is not over */
  check(token: string, limited: Limited, now: number): void {
    const pause = (this.#until.get(`${limited} ${token}`) ?? 0) - now;
    if (pause > 0) throw Problem.of('rate_limited', { wait: printPause(pause) });
  }

  /** Remembers the time that a failure names. A short one is waited for where the request is repeated. */
  heed(token: string, limited: Limited, error: unknown, now: number): void {
    const failure = readHttpFailure(error);
    const isLimit = failure?.status === 429 || failure?.status === 403;
    const pause = isLimit ? askedPauseMs(failure, now) : undefined;
    if (pause === undefined || pause <= DEFAULT_POLICY.longestPauseMs) return;
    this.#until.set(`${limited} ${token}`, now + pause);
    const [oldest] = this.#until.keys();
    if (oldest !== undefined && this.#until.size > MOST_REMEMBERED) this.#until.delete(oldest);
  }
}
