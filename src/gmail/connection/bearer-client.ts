import { GMAIL_TIMEOUT_MS } from '../../shared/google/api-error.ts';
import { OAuth2Client, TRANSPORT } from '../../shared/google/google-auth.ts';
import { assertObject, readHttpFailure } from '../../shared/google/http-failure.ts';
import { Problem } from '../../shared/problems.ts';
import { tellOfRequest } from '../../shared/turns/departure.ts';
import { type Limited, QuietTimes } from './quiet-times.ts';
import { ratePauseMs } from './retry.ts';
import { unitsOf } from './units.ts';

export interface HeldToken {
  /** The access token. */
  value: string;
  /** The local stand-in that issued it, and the only host it may go to; Google's where absent. */
  apiOrigin?: string | undefined;
  /** How far this computer's clock is ahead of Google's, in milliseconds, where that is known. */
  clockSkewMs?: number;
}

/** Where access tokens come from: tool arguments, a refresh token in the environment, or the editor. */
export interface TokenSource {
  get(): Promise<HeldToken>;
  /** A token other than the one that was refused. Absent where there is no way to a new one. */
  replace?(refused: string): Promise<HeldToken>;
  /** The budget of the mailbox that the tokens open. Absent where it has none, as a local stand-in. */
  readonly quota?: Quota | undefined;
}

/** The quota of a mailbox, in units of the Gmail API. */
export interface Quota {
  /**
   * Takes units before a request leaves, and waits for them where there are none.
   *
   * @throws Problem `rate_limited` where that would take too long, and then nothing has left
   */
  take(units: number, signal: AbortSignal): Promise<void>;
  /** Gmail has refused a request for its rate, and wants to be left alone for so many milliseconds. */
  rest(milliseconds: number): void;
}

/** Where the Gmail API lives (https://developers.google.com/workspace/gmail/api/reference/rest). */
const GMAIL_ORIGIN = 'https://gmail.googleapis.com';

type RequestOptions = Parameters<OAuth2Client['request']>[0];
interface TextAnswer {
  data: string;
  headers: Pick<Headers, 'get'>;
}

/** An answer that is none of a refusal by its status, but holds one. It reads like the failure that it is. */
class RefusedInside extends Error {
  readonly answer: TextAnswer;
  readonly response = { status: 401 };

  constructor(answer: TextAnswer) {
    super('Refused inside');
    this.answer = answer;
  }
}

/** Told about what becomes of a request that must not be made twice. */
export interface Departure {
  /** Which of Gmail's limits it falls under. */
  readonly limited: Limited;
  /** Called right before the request leaves; what it throws keeps the request here. */
  leaving(): void;
  /** Google has refused the request without doing anything. */
  refused(): void;
}

/** Of every mailbox of this process: a connection often lasts for one call alone. */
const quietTimes = new QuietTimes();

/** Of a request that nothing withdraws. */
const UNENDING = new AbortController().signal;

/** A skew beyond this can make a fresh token look expired or not yet valid, in milliseconds. */
const TELLING_SKEW_MS = 5 * 60_000;

/**
 * The auth client that googleapis calls Gmail with. On a 401 it asks the source for another token and repeats the
 * request once: a 401 means that Google did nothing, so that is safe for a send as well. The library's own client
 * would not retry before the token's expiry, or would refresh on 403 quota errors too.
 *
 * Each request goes to the host that its token belongs to, so that no token ever reaches another host.
 */
export class BearerClient extends OAuth2Client {
  readonly #tokens: TokenSource;
  readonly #departure: Departure | undefined;
  readonly #staysHere: boolean;
  #lastToken = '';

  constructor(tokens: TokenSource, departure?: Departure, send?: typeof fetch) {
    const sending = send ? { fetchImplementation: send } : {};
    super({ transporterOptions: { timeout: GMAIL_TIMEOUT_MS, ...TRANSPORT, ...sending } });
    this.#tokens = tokens;
    this.#departure = departure;
    this.#staysHere = send !== undefined;
  }

  override request<T>(options: RequestOptions) {
    const units = unitsOf(options.method ?? 'GET', new URL(String(options.url)).pathname);
    return this.#request({ units, signal: options.signal }, (token) => this.#send<T>(options, token));
  }

  /**
   * A request whose answer is a text that can hold refusals of the token, as that of a batch does. It is repeated
   * after one like any other, so it must be safe to repeat.
   *
   * @param units what it costs
   * @returns the answer, with the refusals in it where another token is refused too, or there is none
   */
  async requestText(
    options: RequestOptions,
    holdsRefusal: (text: string) => boolean,
    units: number,
  ): Promise<TextAnswer> {
    try {
      return await this.#request<TextAnswer>({ units, signal: options.signal }, async (token) => {
        const answer = await this.#send<string>({ ...options, responseType: 'text' }, token);
        if (holdsRefusal(answer.data)) throw new RefusedInside(answer);
        return answer;
      });
    } catch (error) {
      if (error instanceof RefusedInside) return error.answer;
      throw error;
    }
  }

  /** Takes note of a call within an answer that was refused because there were too many. */
  heed(error: unknown): void {
    quietTimes.heed(this.#lastToken, this.#limited, error, Date.now());
    // Sending has limits of its own, which need not keep anybody from reading.
    const pause = this.#limited === 'sending' ? undefined : ratePauseMs(error, Date.now());
    if (pause !== undefined) this.#tokens.quota?.rest(pause);
  }

  get #limited(): Limited {
    return this.#departure?.limited ?? 'everything else';
  }

  async #request<A>(
    { units, signal }: { units: number; signal: AbortSignal | null | undefined },
    send: (token: HeldToken) => Promise<A>,
  ): Promise<A> {
    const held = await this.#tokens.get();
    quietTimes.check(held.value, this.#limited, Date.now());
    await this.#tokens.quota?.take(units, signal ?? UNENDING);
    try {
      return await send(held);
    } catch (error) {
      if (readHttpFailure(error)?.status !== 401 || !this.#tokens.replace) throw error;
    }
    this.#departure?.refused();
    const fresh = await this.#tokens.replace(held.value);
    try {
      return await send(fresh);
    } catch (error) {
      const skew = fresh.clockSkewMs ?? 0;
      if (readHttpFailure(error)?.status !== 401 || Math.abs(skew) < TELLING_SKEW_MS) throw error;
      throw Problem.of('clock_wrong', {
        minutes: String(Math.round(Math.abs(skew) / 60_000)),
        direction: skew > 0 ? 'ahead' : 'behind',
      });
    }
  }

  async #send<T>(options: RequestOptions, { value, apiOrigin }: HeldToken) {
    const headers = new Headers(options.headers);
    headers.set('authorization', `Bearer ${value}`);
    this.#departure?.leaving();
    const ended = this.#staysHere ? undefined : tellOfRequest();
    const { pathname, search } = new URL(String(options.url));
    this.#lastToken = value;
    try {
      const answer = await this.transporter.request<T>({
        ...options,
        headers,
        // The Gmail library would take a 304 for an answer.
        validateStatus: (status) => status >= 200 && status < 300,
        url: `${apiOrigin ?? GMAIL_ORIGIN}${pathname}${search}`,
      });
      // What is read as text or bytes is looked at where it is read, and what changes something is not asked for again.
      const isRead = (options.method ?? 'GET') === 'GET' && !options.adapter;
      return isRead ? assertObject(answer) : answer;
    } catch (error) {
      this.heed(error);
      throw error;
    } finally {
      ended?.();
    }
  }
}
