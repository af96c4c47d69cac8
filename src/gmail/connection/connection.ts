import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { apiProblem, type Subject } from '../../shared/google/api-error.ts';
import type { Logger } from '../../shared/log.ts';
import { type BatchOutcome, type BatchRequest, runBatch } from './batch.ts';
import type { BearerClient, Departure, TokenSource } from './bearer-client.ts';
import { DEFAULT_POLICY, type RetryPolicy, retryConfig } from './retry.ts';

export interface ConnectionOptions {
  tokens: TokenSource;
  log: Logger;
  retry?: RetryPolicy;
  /** What sends its requests; the library's own way where absent. */
  send?: typeof fetch;
}

/** Options that every call of the Gmail library gets. */
interface CallOptions {
  signal?: AbortSignal;
}

/** One mailbox at the Gmail API. Errors: every call throws a Problem, never an error of the HTTP library. */
export class GmailConnection {
  readonly #options: ConnectionOptions;
  #library: Promise<gmail_v1.Gmail> | undefined;
  #client: Promise<BearerClient> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /**
   * Runs one call of the Gmail library.
   *
   * @param signal ends the call when it aborts
   * @param subject what the call is about, for a clear error when that does not exist
   */
  async run<T>(
    signal: AbortSignal,
    call: (gmail: gmail_v1.Gmail, options: CallOptions) => Promise<{ data: T }>,
    subject?: Subject,
  ): Promise<T> {
    this.#library ??= this.#load();
    try {
      signal.throwIfAborted();
      const { data } = await call(await this.#library, { signal });
      return data;
    } catch (error) {
      throw apiProblem(error, subject);
    }
  }

  /**
   * Makes many reads with few HTTP requests: one for each 25 of them, and one more for each time that some of them have
   * to be repeated.
   *
   * @returns the outcome of each, in their order; what ails the batch as a whole is thrown
   */
  async batch<T>(requests: readonly BatchRequest[], signal: AbortSignal): Promise<BatchOutcome<T>[]> {
    const { log, retry = DEFAULT_POLICY } = this.#options;
    this.#client ??= this.#loadClient();
    try {
      return await runBatch<T>(await this.#client, requests, { log, retry, signal });
    } catch (error) {
      throw apiProblem(error);
    }
  }

  /**
   * Runs one call that must not be made twice.
   *
   * @param departure is told when the request leaves; it may keep it here
   */
  async runOnce<T>(departure: Departure, call: (auth: BearerClient) => Promise<{ data: T }>): Promise<T> {
    try {
      const { BearerClient } = await import('./google-library.ts');
      const { data } = await call(new BearerClient(this.#options.tokens, departure));
      return data;
    } catch (error) {
      throw apiProblem(error);
    }
  }

  /** The origin of the local stand-in that the mailbox lies in; undefined for Google's own. */
  async standIn(): Promise<string | undefined> {
    return (await this.#options.tokens.get()).apiOrigin;
  }

  async #load(): Promise<gmail_v1.Gmail> {
    this.#client ??= this.#loadClient();
    const [{ gmail }, auth] = await Promise.all([import('./google-library.ts'), this.#client]);
    const { log, retry } = this.#options;
    return gmail({
      version: 'v1',
      auth,
      retryConfig: retryConfig(log, retry),
      // Otherwise GOOGLE_CLOUD_UNIVERSE_DOMAIN in the environment would be taken for a setting of ours.
      universeDomain: 'googleapis.com',
    });
  }

  async #loadClient(): Promise<BearerClient> {
    const { BearerClient } = await import('./google-library.ts');
    return new BearerClient(this.#options.tokens, undefined, this.#options.send);
  }
}
