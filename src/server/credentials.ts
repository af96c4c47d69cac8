import * as z from 'zod';
import { GmailConnection } from '../gmail/connection.ts';
import { AccessTokenMinter } from '../oauth/access-token-minter.ts';
import { oauthEndpoints } from '../oauth/endpoints.ts';
import { mailboxOf } from '../oauth/mailbox.ts';
import { type AccessToken, TokenClient } from '../oauth/token-client.ts';
import type { Logger } from '../shared/log.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import { Problem } from '../shared/problems.ts';
import type { Redactor } from '../shared/redact.ts';
import { editorCredentials } from './editor-credentials.ts';
import type { EnvironmentAccount, ServerEnvironment } from './environment.ts';
import { type AskPerson, approvedByCaller, approvedByElicitation, type SendApproval } from './send-approval.ts';
import type { NeededCredential } from './tool.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** The outcome of a manual refresh. The token itself is there only where the caller handed over the credentials. */
export interface Renewal {
  token: Pick<AccessToken, 'value' | 'expiresAt' | 'lifetime'>;
  /** Whose mailbox it opens; undefined where that is not asked or cannot be known. */
  account: string | undefined;
}

/** Where the credentials of a call come from. */
export interface Credentials {
  readonly source: CredentialSource;
  /** The arguments that every tool with this need takes in addition to its own. */
  argumentsFor(need: NeededCredential): z.ZodRawShape;
  gmail(args: Arguments): GmailConnection;
  renew(args: Arguments, signal: AbortSignal): Promise<Renewal>;
  /** How sending is approved; `ask` reaches the person at the client, where the client can. */
  approval(ask: AskPerson): SendApproval;
}

export interface Surroundings {
  env: ServerEnvironment;
  log: Logger;
  redactor: Redactor;
}

export function chooseCredentials(surroundings: Surroundings): Credentials {
  const { account, brokerFolder } = surroundings.env;
  if (brokerFolder !== undefined) return editorCredentials(brokerFolder, surroundings);
  return account ? environmentCredentials(surroundings, account) : argumentCredentials(surroundings);
}

/** Longer than any credential of Google. */
const LONGEST_CREDENTIAL = 8192;
const credential = (description: string) => z.string().max(LONGEST_CREDENTIAL).describe(description);

const ACCESS_TOKEN = { google_access_token: credential('Google OAuth 2.0 access token with Gmail scopes') };
const REFRESH_TOKEN = {
  google_access_token: credential('The current access token; not needed to get a new one').optional(),
  google_refresh_token: credential('Google OAuth 2.0 refresh token'),
  google_client_id: credential('Id of the OAuth client that the refresh token was issued to'),
  google_client_secret: credential('Secret of that OAuth client'),
};

/** The original contract: every call brings its own credentials, and nothing is kept from one call to the next. */
function argumentCredentials({ env, log, redactor }: Surroundings): Credentials {
  const client = new TokenClient(oauthEndpoints(env.oauthOrigin));
  const read = (args: Arguments, names: readonly string[]): string[] => {
    const values = names.map((name) => String(args[name] ?? '').trim());
    redactor.learn(...values);
    const missing = names.filter((_, index) => values[index] === '');
    if (missing.length > 0) throw Problem.of('credentials_missing', { names: missing.join(', ') });
    return values;
  };
  return {
    source: 'arguments',
    approval: () => approvedByCaller,
    argumentsFor: (need) => (need === 'access token' ? ACCESS_TOKEN : REFRESH_TOKEN),
    gmail: (args) => {
      const [value = ''] = read(args, ['google_access_token']);
      return new GmailConnection({ tokens: { get: async () => ({ value, apiOrigin: env.gmailOrigin }) }, log });
    },
    renew: async (args) => {
      redactor.learn(String(args.google_access_token ?? ''));
      const names = ['google_refresh_token', 'google_client_id', 'google_client_secret'];
      const [refreshToken = '', clientId = '', clientSecret = ''] = read(args, names);
      const token = await client.refresh({ clientId, clientSecret }, refreshToken);
      return { token, account: undefined };
    },
  };
}

/** One account for the life of the process; its access token is minted on the first call and shared by all. */
function environmentCredentials({ env, log, redactor }: Surroundings, account: EnvironmentAccount): Credentials {
  const client = new TokenClient(oauthEndpoints(env.oauthOrigin));
  redactor.learn(account.clientSecret, account.refreshToken);
  let { refreshToken } = account;
  const minter = new AccessTokenMinter(async () => {
    assertComplete(account);
    const token = await client.refresh(account, refreshToken);
    refreshToken = token.refreshToken ?? refreshToken;
    redactor.learn(token.value, refreshToken);
    return token;
  });
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
    approval: (ask) => (env.sendWithoutAsking ? approvedByCaller : approvedByElicitation(ask)),
    argumentsFor: () => ({}),
    gmail: () => gmail,
    renew: async () => {
      const token = await minter.renew();
      return { token, account: await mailboxOf(token.value, env.gmailOrigin) };
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
