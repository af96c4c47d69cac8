import { oauthEndpoints } from '../oauth/endpoints.ts';
import { TokenClient } from '../oauth/token-client.ts';
import { asProblem, type Problem } from '../shared/problems.ts';
import type { AccountStore } from './account-store.ts';

export interface SignedOut {
  email: string;
  /** Why Google could not be told, where that failed; the account is forgotten nevertheless. */
  notRevoked: Problem | undefined;
}

/**
 * Withdraws the permission at Google, then forgets the account. What Google no longer honours counts as withdrawn.
 *
 * @throws Problem `storage_failed`; the account is then still stored
 */
export async function signOut(store: AccountStore, email: string): Promise<SignedOut> {
  const account = await store.find(email);
  const notRevoked = account && (await revoke(account.refreshToken, account.sandboxOrigin));
  await store.remove(email);
  return { email, notRevoked };
}

async function revoke(refreshToken: string, sandboxOrigin: string | undefined): Promise<Problem | undefined> {
  try {
    await new TokenClient(oauthEndpoints(sandboxOrigin)).revoke(refreshToken);
    return undefined;
  } catch (error) {
    const problem = asProblem(error);
    // Google answers invalid_token to what it has forgotten already.
    return problem.details?.startsWith('invalid_token') ? undefined : problem;
  }
}
