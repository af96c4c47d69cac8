import type { Later } from '../../../../src/shared/quota/unit-budget.ts';

/** A time that stands still until a test moves it, with the timers that run by it. */
export class MovedTime {
  #now = 1_000_000;
  readonly #timers = new Set<{ at: number; run(): void }>();

  readonly clock = { now: () => this.#now };
  readonly later: Later = (run, milliseconds) => {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  get now(): number {
    return this.#now;
  }

  /** How many timers run. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Goes on to the next timer. */
  step(): void {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (next) this.pass(next.at - this.#now);
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    for (const timer of [...this.#timers].filter(({ at }) => at <= this.#now)) {
      this.#timers.delete(timer);
      timer.run();
    }
  }
}

/** The most that was spent in any minute. */
export function mostInAMinute(spent: readonly { at: number; units: number }[]): number {
  return Math.max(
    ...spent.map(({ at: from }) =>
      spent.filter(({ at }) => at >= from && at < from + 60_000).reduce((sum, { units }) => sum + units, 0),
    ),
  );
}
