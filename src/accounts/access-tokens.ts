import { AccessTokenRefresher } from '../oauth/access-token-refresher.ts';
import { oauthEndpoints } from '../oauth/endpoints.ts';
import { type AccessToken, TokenClient } from '../oauth/token-client.ts';
import type { Logger } from '../shared/log.ts';
import { asProblem, Problem } from '../shared/problems.ts';
import type { Redactor } from '../shared/redact.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account-store.ts';

/** Is told what came of each refresh, as the account was then: its new token, or what kept it from one. */
export type RefreshListener = (account: Account, outcome: AccessToken | Problem) => void;

interface Keeper {
  refresher: AccessTokenRefresher;
  /** What the refresher was made of; another sign-in of the mailbox makes another refresher. */
  account: Account;
}

/**
 * Gets access tokens for stored accounts, one refresh at a time an account, and keeps them in memory only. Callers read
 * the account from the store for each request, so a sign-out or a new sign-in takes effect with the next one; before
 * Google is asked it is read again.
 */
export class AccessTokens {
  readonly #store: AccountStore;
  readonly #redactor: Redactor;
  readonly #log: Logger;
  readonly #keepers = new Map<string, Keeper>();
  readonly #unstored = new Map<string, { inPlaceOf: string; refreshToken: string }>();
  readonly #listeners = new Set<RefreshListener>();

  constructor(store: AccountStore, redactor: Redactor, log: Logger) {
    this.#store = store;
    this.#redactor = redactor;
    this.#log = log;
  }

  /** Calls back after each refresh, of whoever asked for it. */
  onDidRefresh(listener: RefreshListener): void {
    this.#listeners.add(listener);
  }

  /** A token with time left. Throws a Problem. */
  get(account: Account): Promise<AccessToken> {
    return this.#refresher(account).get();
  }

  /** A token other than the refused one. Throws a Problem. */
  replace(account: Account, refused: string): Promise<AccessToken> {
    return this.#refresher(account).replace(refused);
  }

  /** A token asked for now. Throws a Problem. */
  renew(account: Account): Promise<AccessToken> {
    return this.#refresher(account).renew();
  }

  #refresher(account: Account): AccessTokenRefresher {
    const kept = this.#keepers.get(account.email);
    if (kept && kept.account.signedInAt === account.signedInAt && kept.account.clientId === account.clientId) {
      return kept.refresher;
    }
    const refresher = new AccessTokenRefresher(() => this.#refresh(account.email));
    this.#keepers.set(account.email, { refresher, account });
    return refresher;
  }

  /** The account as it is stored now. Throws `signed_out`. */
  async #find(email: string): Promise<Account> {
    const account = await this.#store.find(email);
    if (!account) throw Problem.of('signed_out', { gone: email });
    return account;
  }

  /** Reads the account anew, so that the newest refresh token is used and a removed account gets nothing. */
  async #refresh(email: string): Promise<AccessToken> {
    const account = await this.#find(email);
    const token = await this.#ask(account).catch((error: unknown): never => {
      this.#tell(account, asProblem(error));
      throw error;
    });
    this.#tell(account, token);
    return token;
  }

  #tell(account: Account, outcome: AccessToken | Problem): void {
    for (const listener of this.#listeners) listener(account, outcome);
  }

  async #ask(account: Account): Promise<AccessToken> {
    const { email } = account;
    this.#redactor.learn(account.refreshToken, account.clientSecret);
    const unstored = this.#unstored.get(email);
    const refreshToken = unstored?.inPlaceOf === account.refreshToken ? unstored.refreshToken : account.refreshToken;
    const client = new TokenClient(oauthEndpoints(account.sandboxOrigin));
    const token = await client.refresh(account, refreshToken).catch(async (error: unknown): Promise<never> => {
      throw error instanceof Problem && error.code === 'grant_dead' ? await this.#causeOf(error, account) : error;
    });
    this.#redactor.learn(token.value, token.refreshToken);
    await this.#keep(account, token.refreshToken ?? refreshToken);
    return token;
  }

  /** Why a refresh token is dead, as far as its account tells. */
  async #causeOf({ details }: Problem, account: Account): Promise<Problem> {
    if (isOver(account)) return Problem.of('grant_expired', {}, details);
    if (await this.#store.isReplaced(account))
      return Problem.of('signed_in_elsewhere', { account: account.email }, details);
    return Problem.of('grant_dead', mayBeOfTest(account) ? {} : { isNoTest: true }, details);
  }

  /** Google may honour nothing but the new refresh token, so it stays in memory until the storage takes it. */
  async #keep(account: Account, refreshToken: string): Promise<void> {
    if (refreshToken === account.refreshToken) return;
    this.#unstored.set(account.email, { inPlaceOf: account.refreshToken, refreshToken });
    try {
      await this.#store.replaceRefreshToken(account, refreshToken);
      this.#unstored.delete(account.email);
    } catch {
      this.#log.warn(`The new refresh token of ${account.email} could not be stored yet; it is kept in memory.`);
    }
  }
}

/** A clock may be off by this much without the end of a sign-in being told wrongly, in milliseconds. */
const TOLERANCE_MS = 60 * 60_000;

/** Whether a dead refresh token was issued for seven days only, and they are over. */
const isOver = ({ endsAt }: Account): boolean => endsAt !== undefined && endsAt - TOLERANCE_MS < Date.now();

/** How long a refresh token of a project in Testing lasts, in milliseconds. */
const TEST_MS = 7 * 24 * 60 * 60_000;

/** Whether one may be of a project in Testing for all that is known: Google named no end, and seven days are over. */
const mayBeOfTest = ({ endsAt, signedInAt }: Account): boolean =>
  endsAt === undefined && signedInAt + TEST_MS - TOLERANCE_MS < Date.now();
