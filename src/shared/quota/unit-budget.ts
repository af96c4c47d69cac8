import { printPause } from '../google/asked-pause.ts';
import { Problem } from '../problems.ts';

export interface QuotaLimits {
  /** Units that may be spent in any one minute. */
  perMinute: number;
  /** Units that may be spent at once, after a time without use. */
  full: number;
}

/**
 * What Gmail gives each user of a new project (https://developers.google.com/workspace/gmail/api/reference/quota). Half
 * of it may be spent at once: six searches of 25.
 */
export const GMAIL_LIMITS: QuotaLimits = { perMinute: 6_000, full: 3_000 };

/** A longer wait is refused at once, in milliseconds. */
const LONGEST_WAIT_MS = 20_000;

const MINUTE_MS = 60_000;

/** A time in milliseconds that nobody sets: only what passes counts. */
export interface Stopwatch {
  now(): number;
}

const stopwatch: Stopwatch = { now: () => performance.now() };

/** Calls back once after so many milliseconds; what it returns calls that off. */
export type Later = (callback: () => void, milliseconds: number) => () => void;

const later: Later = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
};

interface Waiting {
  units: number;
  admit(): void;
  refuse(waitMs: number): void;
}

/**
 * The quota of one account as a token bucket. What is asked for first is given first: none is overtaken.
 *
 * It fills more slowly than the limit, so that in no minute a full bucket and what flows in meanwhile are more than it.
 */
export class UnitBudget {
  readonly #full: number;
  /** Units a millisecond. */
  readonly #rate: number;
  readonly #clock: Stopwatch;
  readonly #later: Later;
  readonly #queue: Waiting[] = [];
  #held: number;
  /** When `#held` was right; ahead of now while Gmail wants to be left alone. */
  #at: number;
  #callOff: (() => void) | undefined;

  constructor({ perMinute, full }: QuotaLimits = GMAIL_LIMITS, clock = stopwatch, wake: Later = later) {
    this.#full = full;
    this.#rate = (perMinute - full) / MINUTE_MS;
    this.#clock = clock;
    this.#later = wake;
    this.#held = full;
    this.#at = clock.now();
  }

  /**
   * Takes units, or waits for them behind all that came before. What is asked for may not be more than a full bucket.
   *
   * @param signal ends the wait; nothing is taken then
   * @throws Problem `rate_limited` where the wait is, or becomes, longer than the longest
   */
  take(units: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(Problem.of('cancelled', {}));
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(Problem.of('cancelled', {}));
        this.#serve();
      };
      const waiting: Waiting = {
        units: Math.min(units, this.#full),
        admit: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        refuse: (waitMs) => {
          signal.removeEventListener('abort', leave);
          reject(Problem.of('rate_limited', { wait: printPause(waitMs) }, 'The quota of this minute is taken.'));
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiting);
      this.#serve();
    });
  }

  /** Gmail has refused a request for its rate: nothing is left, and nothing flows in for so many milliseconds. */
  rest(milliseconds: number): void {
    this.#fill();
    this.#held = Math.min(this.#held, 0);
    this.#at = Math.max(this.#at, this.#clock.now() + milliseconds);
    this.#serve();
  }

  /** Admits those whose turn it is, refuses those who would wait too long, and wakes for the next one. */
  #serve(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#fill();
    for (let first = this.#queue[0]; first && this.#waitFor(first.units) === 0; first = this.#queue[0]) {
      this.#queue.shift();
      this.#held -= first.units;
      first.admit();
    }
    let needed = 0;
    for (const waiting of [...this.#queue]) {
      const wait = this.#waitFor(needed + waiting.units);
      if (wait <= LONGEST_WAIT_MS) {
        needed += waiting.units;
      } else {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        waiting.refuse(wait);
      }
    }
    const [first] = this.#queue;
    if (first) this.#callOff = this.#later(() => this.#serve(), this.#waitFor(first.units));
  }

  /** Whole milliseconds until so many units are there. */
  #waitFor(units: number): number {
    const rest = Math.max(0, this.#at - this.#clock.now());
    // A thousandth of a unit is what adding up may lose.
    return Math.ceil(rest + Math.max(0, units - this.#held - 0.001) / this.#rate);
  }

  #fill(): void {
    const now = this.#clock.now();
    // While Gmail wants to be left alone nothing flows in.
    if (now <= this.#at) return;
    this.#held = Math.min(this.#full, this.#held + (now - this.#at) * this.#rate);
    this.#at = now;
  }
}
