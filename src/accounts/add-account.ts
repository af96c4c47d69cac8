import { oauthEndpoints } from '../oauth/endpoints.ts';
import { addressOfToken } from '../oauth/profile.ts';
import { TokenClient } from '../oauth/token-client.ts';
import { type Access, type AccessLevel, missingAccess, withoutFilters } from '../shared/access.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { Problem } from '../shared/problems.ts';
import type { Redactor } from '../shared/redact.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account-store.ts';
import { type ImportedClient, secretFault } from './client-file.ts';

/** How a sign-in ended well, in the browser or with a pasted token. */
export interface SignedIn {
  account: Account;
  /** Whether an earlier sign-in of the same mailbox was replaced. */
  replaced: boolean;
  /** What belongs to the level and was not granted, such as what was unticked on Google's page. */
  missing: readonly Access[];
}

/** What a person who has a refresh token brings. */
export interface PastedSignIn {
  client: ImportedClient;
  /** As pasted, with blanks around it perhaps. */
  refreshToken: string;
  level: AccessLevel;
  /** Whether the person has ticked filters. */
  filters?: boolean;
}

/**
 * Signs a mailbox in with a refresh token that the user has. Nothing is stored before Google has accepted the token
 * and Gmail has said whose mailbox it opens.
 *
 * @throws Problem; then nothing has been stored
 */
export async function addAccount(
  store: AccountStore,
  redactor: Redactor,
  pasted: PastedSignIn,
  clock: Clock = systemClock,
): Promise<SignedIn> {
  const account = await verifyAccount(redactor, pasted, clock);
  const replaced = (await store.find(account.email)) !== undefined;
  await store.save(account);
  return { account, replaced, missing: missingAccess(account.level, account.scopes, pasted.filters) };
}

/** Tries the credentials at Google and answers the account that they open. Throws a Problem. */
export async function verifyAccount(
  redactor: Redactor,
  { client, refreshToken: pasted, level, filters = false }: PastedSignIn,
  clock: Clock = systemClock,
): Promise<Account> {
  const refreshToken = pasted.trim();
  redactor.learn(refreshToken, client.clientSecret);
  const fault = secretFault('refresh token', refreshToken);
  if (fault) throw Problem.of('refresh_token_wrong', { reason: fault });
  const { clientId, clientSecret, sandboxOrigin } = client;
  const google = new TokenClient(oauthEndpoints(sandboxOrigin), clock);
  const token = await google.refresh(client, refreshToken);
  redactor.learn(token.value, token.refreshToken);
  const email = await addressOfToken(token.value, sandboxOrigin);
  if (!email) throw Problem.of('scope_missing', {});
  const scopes = token.scopes ?? (await google.scopesOf(token.value));
  return {
    version: 1,
    email,
    clientId,
    clientSecret,
    refreshToken: token.refreshToken ?? refreshToken,
    scopes: filters ? [...scopes] : withoutFilters(scopes),
    level,
    ...(sandboxOrigin ? { sandboxOrigin } : {}),
    signedInAt: clock.now(),
  };
}
