import type { Account } from '../accounts/account.ts';
import { type CallReport, LONGEST_CLIENT, LONGEST_QUERY } from '../broker/activity/protocol.ts';
import type { Clock } from '../shared/clock.ts';
import { visible } from '../shared/visible.ts';
import type { ActivityLog } from './activity-log.ts';
import type { AskedAbout, Entry, PersonAnswer } from './entries.ts';

/** Of so many clients it is known which token they have; beyond that a line is written once too often. */
const MOST_CLIENTS = 200;

export interface RecorderOptions {
  log: Pick<ActivityLog, 'append'>;
  /** Whether the person lets activity be recorded; asked at each line. */
  isOn(): boolean;
  /** Whether searches are noted as well. */
  takesSearches(): boolean;
  clock: Clock;
}

/**
 * Notes what is done with mail: what the servers tell of their calls, and what the window knows by itself. Every method
 * throws `activity_unwritable` where it cannot; nothing is noted where the person has switched it off.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  /** The token that each client got last, by account. */
  readonly #handedOut = new Map<string, string>();

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Whether servers shall tell what was searched for. */
  readonly notesSearches = (): boolean => this.#options.isOn() && this.#options.takesSearches();

  /** @param account the account that the report names, where it is one of the user's: no other address is noted */
  async called(
    { client, query, account: _, question: _asked, ...report }: CallReport,
    account: Account | undefined,
  ): Promise<void> {
    const call: CallReport = {
      ...report,
      client: shown(client, LONGEST_CLIENT),
      ...(query !== undefined && this.notesSearches() ? { query: shown(query, LONGEST_QUERY) } : {}),
    };
    await this.#note({ kind: 'call', ...this.#about(account), call });
  }

  /**
   * Notes that a client is given a token. A token that it has already is no news, so that there is one line an hour and
   * not one a call.
   */
  async handedOut(account: Account, token: string, client: string | undefined): Promise<void> {
    const name = shown(client ?? '', LONGEST_CLIENT) || 'a program without a name';
    const key = JSON.stringify([account.email, name]);
    if (this.#handedOut.get(key) === token) return;
    await this.#note({ kind: 'token', ...this.#about(account), client: name });
    if (this.#handedOut.size >= MOST_CLIENTS) this.#handedOut.clear();
    this.#handedOut.set(key, token);
  }

  /** Notes how a question ended. */
  async answered(account: Account, question: AskedAbout, answer: PersonAnswer): Promise<void> {
    await this.#note({ kind: 'answer', ...this.#about(account), question, answer });
  }

  async #note(entry: Entry): Promise<void> {
    if (this.#options.isOn()) await this.#options.log.append(entry);
  }

  #about(account: Account | undefined): { at: number; account?: string; isSandbox?: true } {
    const at = this.#options.clock.now();
    if (!account) return { at };
    return { at, account: account.email, ...(account.sandboxOrigin === undefined ? {} : { isSandbox: true }) };
  }
}

/** Words of others, with what cannot be seen made visible. */
const shown = (text: string, longest: number): string => visible(text.trim()).slice(0, longest);
