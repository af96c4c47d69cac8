import { randomUUID } from 'node:crypto';

/** A stretch of Gmail's history: what has an id above the first and up to the second. */
export interface HistoryWindow {
  from: string;
  /** Absent while the end is not known. */
  to?: string | undefined;
}

/** A label of the user's own, as it was called then. */
export interface NamedLabel {
  id: string;
  name: string;
}

/** What was asked of Gmail for a set of messages. */
export interface RequestedChange {
  /** The MCP client that asked for it, by the name it gives itself. */
  client: string;
  /** What was done, in words for a person: `Archived`. */
  what: string;
  /** Ids of labels. */
  add: readonly string[];
  remove: readonly string[];
  /** Those of the labels that are the user's own: deleted ones are known by nothing else. */
  own: readonly NamedLabel[];
  /** Gmail's history id just before the change. */
  from: string;
}

/** A change that was made, without the messages. */
export interface MadeChange extends Omit<RequestedChange, 'from'> {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  window: HistoryWindow;
  /** How many messages were asked for. */
  requested: number;
  /** How many were changed; absent while that is not known. */
  changed?: number | undefined;
  /** Of how many of them, the first ones asked for, Gmail has confirmed the request; absent while that is not known. */
  confirmed?: number | undefined;
  /** Where in the history it was taken back; absent where it was not. */
  undone?: HistoryWindow | undefined;
}

/** How a change ended. */
export type ChangeEnding = Pick<MadeChange, 'changed' | 'confirmed'> & Pick<HistoryWindow, 'to'>;

/** Whether a change is the caller's to take back: it may be under way, or be taken back already. */
export type Claim = 'claimed' | 'under way' | 'taken back';

/** Longer than making or taking back takes, in milliseconds; what has ended without a word holds a change no longer. */
const CLAIMED_FOR_MS = 5 * 60_000;

/** What is kept of an account: as many changes, and ids of as many messages. */
const MOST_CHANGES = 50;
const MOST_IDS = 50_000;

/** Mailboxes whose tokens come as arguments have no end. */
const MOST_ACCOUNTS = 50;

interface Entry {
  made: MadeChange;
  ids: readonly string[];
  /** Since when it is being made or taken back, in milliseconds since the epoch; absent where it is not. */
  claimedAt?: number | undefined;
}

/**
 * The changes that agents made to the mail of each account, the newest last; it lives in memory as long as the window,
 * or without an editor the server.
 */
export class ChangeJournal {
  readonly #entries = new Map<string, Entry[]>();
  readonly #now: () => number;
  readonly #onChange: () => void;

  /** @param onChange is told when what can be taken back may be another than before */
  constructor(now: () => number, onChange: () => void = () => undefined) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** Notes a change before it is made, so that one that is cut off can be taken back too. Answers its id. */
  begin(account: string, ids: readonly string[], change: RequestedChange): string {
    const { from, ...asked } = change;
    const at = this.#now();
    const made: MadeChange = { ...asked, id: randomUUID(), at, window: { from }, requested: ids.length };
    const entries = [...(this.#entries.get(account) ?? []), { made, ids, claimedAt: at }];
    // The account that was changed last stands last.
    this.#entries.delete(account);
    this.#entries.set(account, bounded(entries));
    const [oldest = ''] = this.#entries.keys();
    if (this.#entries.size > MOST_ACCOUNTS) this.#entries.delete(oldest);
    this.#onChange();
    return made.id;
  }

  /**
   * Notes where a change ended, and how many messages it changed. One that changed nothing is forgotten.
   *
   * @param ending without what is not known
   */
  end(account: string, id: string, { to, changed, confirmed }: ChangeEnding): MadeChange | undefined {
    this.release(account, id);
    if (changed === 0) return this.#forget(account, id);
    return this.#replace(account, id, (made) => ({ ...made, window: { ...made.window, to }, changed, confirmed }));
  }

  /** Has a change taken back by one caller alone. */
  claim(account: string, id: string): Claim {
    const entry = this.#find(account, id);
    if (!entry || entry.made.undone !== undefined) return 'taken back';
    if (entry.claimedAt !== undefined && this.#now() - entry.claimedAt < CLAIMED_FOR_MS) return 'under way';
    entry.claimedAt = this.#now();
    return 'claimed';
  }

  /** Ends a claim. */
  release(account: string, id: string): void {
    const entry = this.#find(account, id);
    if (entry) entry.claimedAt = undefined;
  }

  /** Notes where a change was taken back. */
  undone(account: string, id: string, window: HistoryWindow): void {
    this.#replace(account, id, (made) => ({ ...made, undone: window }));
    this.#onChange();
  }

  /** The accounts of which changes are known. */
  accounts(): string[] {
    return [...this.#entries.keys()];
  }

  /** The changes of an account, the newest first. */
  list(account: string): MadeChange[] {
    return (this.#entries.get(account) ?? []).map(({ made }) => made).reverse();
  }

  /** The newest change of all that was not taken back, with its account. */
  newestOpen(): { account: string; made: MadeChange } | undefined {
    const open = this.accounts()
      .flatMap((account) => this.list(account).map((made) => ({ account, made })))
      .filter(({ made }) => made.undone === undefined);
    return open.sort((a, b) => b.made.at - a.made.at)[0];
  }

  /** The messages of a change; none where it is not known any more. */
  idsOf(account: string, id: string): readonly string[] {
    return this.#find(account, id)?.ids ?? [];
  }

  /** Forgets accounts that are not signed in any more. */
  keepOnly(accounts: ReadonlySet<string>): void {
    const gone = this.accounts().filter((account) => !accounts.has(account));
    for (const account of gone) this.#entries.delete(account);
    if (gone.length > 0) this.#onChange();
  }

  #replace(account: string, id: string, change: (made: MadeChange) => MadeChange): MadeChange | undefined {
    const entry = this.#find(account, id);
    if (entry) entry.made = change(entry.made);
    return entry?.made;
  }

  #find(account: string, id: string): Entry | undefined {
    return this.#entries.get(account)?.find(({ made }) => made.id === id);
  }

  #forget(account: string, id: string): undefined {
    const entries = this.#entries.get(account) ?? [];
    this.#entries.set(
      account,
      entries.filter(({ made }) => made.id !== id),
    );
  }
}

function bounded(entries: Entry[]): Entry[] {
  const kept = entries.slice(-MOST_CHANGES);
  let ids = kept.reduce((sum, entry) => sum + entry.ids.length, 0);
  while (kept.length > 1 && ids > MOST_IDS) ids -= kept.shift()?.ids.length ?? 0;
  return kept;
}
