import { type Clock, systemClock } from '../shared/clock.ts';
import { tellOfRequest } from '../shared/turns/departure.ts';
import type { AccessToken } from './token-client.ts';

/** Tokens are renewed this long before they end, so that none ends under way, in milliseconds. */
const EARLY_MS = 5 * 60_000;

/** What is known of every access token, wherever it comes from. */
type Token = Pick<AccessToken, 'value' | 'expiresAt' | 'clockSkewMs' | 'lifetime'>;

/**
 * Holds one account's access token and sees to it that however many callers need a new one, it is asked for once: the
 * callers of a refresh that is under way share it.
 */
export class AccessTokenRefresher<T extends Token = AccessToken> {
  readonly #refresh: (refused?: string) => Promise<T>;
  readonly #clock: Clock;
  #current: T | undefined;
  #underWay: Promise<T> | undefined;

  /**
   * @param refresh asks Google, or whoever asks Google, for a token other than the refused one; its errors reach every
   *   caller that waits for it
   */
  constructor(refresh: (refused?: string) => Promise<T>, clock: Clock = systemClock) {
    this.#refresh = refresh;
    this.#clock = clock;
  }

  /** A token with time left, refreshed if need be. */
  async get(): Promise<T> {
    const current = this.#current;
    return current && this.#hasTimeLeft(current) ? current : this.renew();
  }

  /** Whether a token with time left is there. */
  holdsToken(): boolean {
    return this.#current !== undefined && this.#hasTimeLeft(this.#current);
  }

  /**
   * A token other than the one that was refused. Late callers that still hold an older token get the newer one without
   * a request.
   *
   * @param refused the token value that Google answered 401 to
   */
  async replace(refused: string): Promise<T> {
    const current = this.#current;
    if (current && current.value !== refused && this.#hasTimeLeft(current)) return current;
    return this.renew(refused);
  }

  /** Asks for a new token now, joining a request that is already under way. */
  renew(refused?: string): Promise<T> {
    this.#underWay ??= this.#ask(refused).finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  /** Forgets the token: the next caller asks anew. */
  forget(): void {
    this.#current = undefined;
  }

  async #ask(refused: string | undefined): Promise<T> {
    const answered = tellOfRequest();
    try {
      this.#current = await this.#refresh(refused);
      return this.#current;
    } finally {
      answered();
    }
  }

  #hasTimeLeft({ expiresAt, clockSkewMs, lifetime }: Token): boolean {
    const early = Math.min(EARLY_MS, (lifetime * 1000) / 2);
    return expiresAt + clockSkewMs - early > this.#clock.now();
  }
}
