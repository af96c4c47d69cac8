import { GmailConnection } from '../gmail/connection.ts';
import { AccessTokenMinter } from '../oauth/access-token-minter.ts';
import { oauthEndpoints } from '../oauth/endpoints.ts';
import { mailboxOf } from '../oauth/mailbox.ts';
import { type AccessToken, TokenClient } from '../oauth/token-client.ts';
import { type Access, denialOf } from '../shared/access.ts';
import { Problem } from '../shared/problems.ts';
import { assertPersonAgrees } from './ask-person.ts';
import type { CredentialOptions, Credentials } from './credentials.ts';
import type { EnvironmentAccount } from './environment.ts';
import { saveFolderOf } from './environment.ts';
import type { Offer } from './offer.ts';

/** One account for the life of the process; its access token is minted on the first call and shared by all. */
export function environmentCredentials(
  { env, log, redactor, onOffer }: CredentialOptions,
  account: EnvironmentAccount,
): Credentials {
  const client = new TokenClient(oauthEndpoints(env.oauthOrigin));
  redactor.learn(account.clientSecret, account.refreshToken);
  let { refreshToken } = account;
  /** Known from the first access token on. */
  let offer: Offer | undefined;
  const minter = new AccessTokenMinter(async () => {
    assertComplete(account);
    const token = await client.refresh(account, refreshToken);
    refreshToken = token.refreshToken ?? refreshToken;
    redactor.learn(token.value, refreshToken);
    offer = { allowances: [{ level: 'full', scopes: token.scopes }], defaultAccount: undefined };
    onOffer(offer);
    return token;
  });
  const assertGranted = async (needed: Access): Promise<void> => {
    if (needed === 'none') return;
    const { scopes } = await minter.get();
    if (denialOf(needed, 'full', scopes) === 'scope') throw Problem.of('scope_not_granted', { needed });
  };
  const atHome = ({ value, clockSkewMs }: AccessToken) => ({ value, clockSkewMs, apiOrigin: env.gmailOrigin });
  const gmail = new GmailConnection({
    tokens: {
      get: async () => atHome(await minter.get()),
      replace: async (refused) => atHome(await minter.replace(refused)),
    },
    log,
  });
  return {
    source: 'environment',
    argumentsFor: () => ({}),
    offer: async () => offer,
    forCall: async ({ access, ask }) => {
      await assertGranted(access);
      return {
        gmail: () => gmail,
        about: () => ({ owner: 'environment', memoryKey: 'environment', privacy: env.privacy }),
        accounts: async () => [],
        saveFolder: async () => saveFolderOf(env),
        renew: async () => {
          const token = await minter.renew();
          // The token is fresh whether or not Gmail says whose it is.
          const account = await mailboxOf(token.value, env.gmailOrigin).catch(() => undefined);
          return { token, account };
        },
        assertApproved: async (message, signal) => {
          if (!env.sendWithoutAsking) await assertPersonAgrees(ask, message, signal);
        },
      };
    },
  };
}

function assertComplete(account: EnvironmentAccount): void {
  const names = [
    account.clientId ? undefined : 'GMAIL_CLIENT_ID',
    account.clientSecret ? undefined : 'GMAIL_CLIENT_SECRET',
    account.refreshToken ? undefined : 'GMAIL_REFRESH_TOKEN',
  ].filter((name) => name !== undefined);
  if (names.length > 0) throw Problem.of('credentials_missing', { names: names.join(', ') });
}
