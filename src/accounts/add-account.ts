import { oauthEndpoints } from '../oauth/endpoints.ts';
import { mailboxOf } from '../oauth/mailbox.ts';
import { TokenClient } from '../oauth/token-client.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { Problem } from '../shared/problems.ts';
import type { Redactor } from '../shared/redact.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account-store.ts';
import { type ImportedClient, secretFault } from './client-file.ts';

export interface AddedAccount {
  account: Account;
  /** Whether an earlier sign-in of the same mailbox was replaced. */
  replaced: boolean;
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
  client: ImportedClient,
  pastedToken: string,
  clock: Clock = systemClock,
): Promise<AddedAccount> {
  const account = await verifyAccount(redactor, client, pastedToken, clock);
  const replaced = (await store.find(account.email)) !== undefined;
  await store.save(account);
  return { account, replaced };
}

/** Tries the credentials at Google and answers the account that they open. Throws a Problem. */
export async function verifyAccount(
  redactor: Redactor,
  client: ImportedClient,
  pastedToken: string,
  clock: Clock = systemClock,
): Promise<Account> {
  const refreshToken = pastedToken.trim();
  redactor.learn(refreshToken, client.clientSecret);
  const fault = secretFault('refresh token', refreshToken);
  if (fault) throw Problem.of('refresh_token_wrong', { reason: fault });
  const { clientId, clientSecret, sandboxOrigin } = client;
  const token = await new TokenClient(oauthEndpoints(sandboxOrigin)).refresh(client, refreshToken);
  redactor.learn(token.value, token.refreshToken);
  const email = await mailboxOf(token.value, sandboxOrigin);
  if (!email) throw Problem.of('scope_missing', {});
  return {
    version: 1,
    email,
    clientId,
    clientSecret,
    refreshToken: token.refreshToken ?? refreshToken,
    ...(token.scopes ? { scopes: [...token.scopes] } : {}),
    ...(sandboxOrigin ? { sandboxOrigin } : {}),
    signedInAt: clock.now(),
  };
}
