/** `bin` for spam and trash, where a message is soon out of sight for good. */
export type ChangeKind = 'labels' | 'bin';

/** So many messages are changed within a while without a question. */
const MOST_UNASKED: Readonly<Record<ChangeKind, number>> = { labels: 50, bin: 10 };

/** For how long a change counts, in milliseconds. */
const COUNTED_FOR_MS = 10 * 60_000;

interface Taken {
  at: number;
  kind: ChangeKind;
  count: number;
}

/** Counts what was changed without a question, for each account and whatever the client, so that many small changes are asked about as a large one is. */
export class ChangeAllowance {
  readonly #taken = new Map<string, Taken[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether so many messages may be changed without a question; they are counted then. */
  take(account: string, kind: ChangeKind, count: number): boolean {
    const at = this.#now();
    const recent = (this.#taken.get(account) ?? []).filter((each) => at - each.at < COUNTED_FOR_MS);
    const all = [...recent, { at, kind, count }];
    const isWithin =
      sum(all) <= MOST_UNASKED.labels && sum(all.filter((each) => each.kind === 'bin')) <= MOST_UNASKED.bin;
    this.#taken.set(account, isWithin ? all : recent);
    return isWithin;
  }
}

const sum = (all: readonly Taken[]): number => all.reduce((total, { count }) => total + count, 0);
