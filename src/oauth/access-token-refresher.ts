import { type Clock, systemClock } from '../shared/clock.ts';
import type { AccessToken } from './token-client.ts';

/** Tokens are renewed this long before they end, so that none ends under way, in milliseconds. */
const EARLY_MS = 5 * 60_000;

/**
 * Holds one account's access token and sees to it that however many callers need a new one, Google is asked once: the
 * callers of a refresh that is under way share it.
 */
export class AccessTokenRefresher {
  readonly #refresh: () => Promise<AccessToken>;
  readonly #clock: Clock;
  #current: AccessToken | undefined;
  #underWay: Promise<AccessToken> | undefined;

  /** @param refresh asks Google; its errors reach every caller that waits for it */
  constructor(refresh: () => Promise<AccessToken>, clock: Clock = systemClock) {
    this.#refresh = refresh;
    this.#clock = clock;
  }

  /** A token with time left, refreshed if need be. */
  async get(): Promise<AccessToken> {
    const current = this.#current;
    return current && this.#hasTimeLeft(current) ? current : this.renew();
  }

  /**
   * A token other than the one that was refused. Late callers that still hold an older token get the newer one without
   * a request.
   *
   * @param refused the token value that Google answered 401 to
   */
  async replace(refused: string): Promise<AccessToken> {
    const current = this.#current;
    if (current && current.value !== refused && this.#hasTimeLeft(current)) return current;
    return this.renew();
  }

  /** Asks Google for a new token now, joining a request that is already under way. */
  renew(): Promise<AccessToken> {
    this.#underWay ??= this.#refresh()
      .then((token) => {
        this.#current = token;
        return token;
      })
      .finally(() => {
        this.#underWay = undefined;
      });
    return this.#underWay;
  }

  #hasTimeLeft({ expiresAt, clockSkewMs, lifetime }: AccessToken): boolean {
    const early = Math.min(EARLY_MS, (lifetime * 1000) / 2);
    return expiresAt + clockSkewMs - early > this.#clock.now();
  }
}
