import type { BrokerClient } from '../../broker/broker-client.ts';
import type { Quota } from '../../gmail/connection/bearer-client.ts';

/** What comes with the token of a call: what reading one message costs. */
export const FIRST_UNITS = 20;

/** Units that were taken with the token stay good for so long, in milliseconds; the window has counted them long ago. */
const GOOD_MS = 5_000;

/** The calls of a batch are refused together: the window hears of it once, within so many milliseconds. */
const SAME_MS = 1_000;

/** The quota of one call, which the window keeps for all servers of the account. */
export class BrokerQuota implements Quota {
  readonly #broker: Pick<BrokerClient, 'request'>;
  readonly #account: () => { account?: string };
  #reserved = 0;
  #goodUntil = 0;
  #restsUntil = 0;
  /** A local stand-in has no quota. */
  #isLimited = true;

  /** @param account the account of the call, once it is known */
  constructor(broker: Pick<BrokerClient, 'request'>, account: () => { account?: string }) {
    this.#broker = broker;
    this.#account = account;
  }

  /** Takes note of what came with a token. */
  reserve(units: number, apiOrigin: string | undefined): void {
    this.#isLimited = apiOrigin === undefined;
    this.#reserved += units;
    this.#goodUntil = Date.now() + GOOD_MS;
  }

  async take(units: number, signal: AbortSignal): Promise<void> {
    if (!this.#isLimited) return;
    const held = Date.now() < this.#goodUntil ? Math.min(this.#reserved, units) : 0;
    this.#reserved -= held;
    if (held < units) await this.#broker.request('takeUnits', { ...this.#account(), units: units - held }, signal);
  }

  rest(milliseconds: number): void {
    const until = Date.now() + milliseconds;
    if (!this.#isLimited || until < this.#restsUntil + SAME_MS) return;
    this.#restsUntil = until;
    this.#reserved = 0;
    const { signal } = new AbortController();
    // Where the window has gone, so has its budget.
    this.#broker
      .request('restUnits', { ...this.#account(), milliseconds: Math.min(milliseconds, LONGEST_REST_MS) }, signal)
      .catch(() => undefined);
  }
}

/** The longest that the window is told of; asked again after a day, Gmail says what it wants then. */
const LONGEST_REST_MS = 24 * 60 * 60_000;
