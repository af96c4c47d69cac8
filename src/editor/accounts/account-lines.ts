import type { AccessTokens } from '../../accounts/access-tokens.ts';
import type { Account } from '../../accounts/account.ts';
import { holdsFilters, LEVEL_NAMES } from '../../shared/access.ts';
import type { Logger } from '../../shared/log.ts';
import { Problem } from '../../shared/problems.ts';

/** Writes into the log what becomes of the user's accounts and of their access tokens, in this window or another. */
export class AccountLines {
  readonly #log: Pick<Logger, 'info'>;
  readonly #known = new Map<string, string>();

  constructor(tokens: Pick<AccessTokens, 'onDidRefresh'>, log: Pick<Logger, 'info'>) {
    this.#log = log;
    tokens.onDidRefresh(({ email }, outcome) =>
      log.info(
        outcome instanceof Problem
          ? `${email}: no access token (${outcome.code})`
          : `${email}: access token refreshed, good until ${new Date(outcome.expiresAt).toISOString()}`,
      ),
    );
  }

  /** @param accounts as they are now, the default one first */
  compare(accounts: readonly Account[]): void {
    const now = new Map(accounts.map((account, index) => [account.email, stateOf(account, index === 0)]));
    for (const [email, state] of now) if (this.#known.get(email) !== state) this.#log.info(`${email}: ${state}`);
    for (const email of this.#known.keys()) if (!now.has(email)) this.#log.info(`${email}: signed out`);
    this.#known.clear();
    for (const [email, state] of now) this.#known.set(email, state);
  }
}

function stateOf({ level, scopes, sandboxOrigin, signedInAt }: Account, isDefault: boolean): string {
  return [
    `signed in since ${new Date(signedInAt).toISOString()}`,
    `access ${LEVEL_NAMES[level]}${holdsFilters(scopes) ? ' with filters' : ''}`,
    ...(sandboxOrigin === undefined ? [] : ['sandbox']),
    ...(isDefault ? ['default'] : []),
  ].join(', ');
}
