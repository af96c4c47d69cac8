import { randomUUID } from 'node:crypto';

/** `bin` for spam and trash, where a message is soon out of sight for good. */
export type ChangeKind = 'labels' | 'bin';

/** One call changes at most so many messages. */
export const MOST_CHANGED = 5_000;

/** So many messages are changed within a while without a question. */
export const MOST_UNASKED: Readonly<Record<ChangeKind, number>> = { labels: 50, bin: 10 };

/** Whether a change goes without a question, and what it is counted by. */
export interface Allowance {
  isAllowed: boolean;
  /** The limit that it is held against: all messages, or those that go out of sight. */
  limit: ChangeKind;
  /** How many messages of those have gone without a question before it, within ten minutes. */
  recent: number;
  /** By which what is not changed of it is given back; absent where nothing was counted. */
  ticket?: string | undefined;
}

/** For how long a change counts, in milliseconds. */
const COUNTED_FOR_MS = 10 * 60_000;

/** Mailboxes whose tokens come as arguments have no end; nobody changes mail in more of them within that time. */
const MOST_ACCOUNTS = 1_000;

interface Taken {
  ticket: string;
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
  take(account: string, kind: ChangeKind, count: number): Allowance {
    const at = this.#now();
    const recent = (this.#taken.get(account) ?? []).filter((each) => at - each.at < COUNTED_FOR_MS);
    const ticket = randomUUID();
    const all = [...recent, { ticket, at, kind, count }];
    const limit = sum(all.filter(isBin)) > MOST_UNASKED.bin ? 'bin' : 'labels';
    const isAllowed = limit === 'labels' && sum(all) <= MOST_UNASKED.labels;
    this.#keep(account, isAllowed ? all : recent);
    return {
      ...{ isAllowed, limit, recent: sum(limit === 'bin' ? recent.filter(isBin) : recent) },
      ...(isAllowed ? { ticket } : {}),
    };
  }

  /** Counts so many messages less of what was taken by this ticket, which is used up by it. */
  giveBack(account: string, ticket: string, count: number): void {
    const taken = this.#taken.get(account)?.find((each) => each.ticket === ticket);
    if (!taken || ticket === '') return;
    taken.ticket = '';
    taken.count = Math.max(0, taken.count - Math.max(0, count));
  }

  /** The account that was counted last stands last. */
  #keep(account: string, taken: Taken[]): void {
    this.#taken.delete(account);
    if (taken.length > 0) this.#taken.set(account, taken);
    for (const [each, all] of this.#taken) {
      const isOver = all.every(({ at }) => this.#now() - at >= COUNTED_FOR_MS);
      if (!isOver && this.#taken.size <= MOST_ACCOUNTS) break;
      this.#taken.delete(each);
    }
  }
}

const isBin = ({ kind }: Taken): boolean => kind === 'bin';

const sum = (all: readonly Taken[]): number => all.reduce((total, { count }) => total + count, 0);
