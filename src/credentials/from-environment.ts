import { AccessTokenRefresher } from '../oauth/access-token-refresher.ts';
import { oauthEndpoints } from '../oauth/endpoints.ts';
import { addressOfToken } from '../oauth/profile.ts';
import { type AccessToken, TokenClient } from '../oauth/token-client.ts';
import { type Access, denialOf } from '../shared/access.ts';
import { Problem } from '../shared/problems.ts';
import { UnitBudget } from '../shared/quota/unit-budget.ts';
import { departure } from '../shared/turns/departure.ts';
import { DraftHolds } from '../shared/turns/draft-holds.ts';
import { OpenQuestions } from '../shared/turns/open-questions.ts';
import type { KnownAccess } from './account-access.ts';
import { OwnRules } from './change-rules.ts';
import { type CredentialOptions, type Credentials, NO_RECORD, PLAIN_RULES } from './credentials.ts';
import { draftKeeper } from './draft-keeper.ts';
import { assertPersonAgrees } from './elicitation.ts';
import type { EnvironmentAccount } from './environment.ts';
import { saveFolderOf } from './environment.ts';
import { toldQuota } from './quota/told-wait.ts';

/** One account for the life of the process; its access token is obtained on the first call and shared by all. */
export function environmentCredentials(
  { env, log, redactor, onKnownAccess }: CredentialOptions,
  account: EnvironmentAccount,
): Credentials {
  const client = new TokenClient(oauthEndpoints(env.oauthOrigin));
  redactor.learn(account.clientSecret, account.refreshToken);
  const questions = new OpenQuestions();
  const drafts = new DraftHolds();
  const rules = new OwnRules();
  let { refreshToken } = account;
  /** Known from the first access token on. */
  let known: KnownAccess | undefined;
  const refresher = new AccessTokenRefresher(async () => {
    assertComplete(account);
    const token = await client.refresh(account, refreshToken);
    refreshToken = token.refreshToken ?? refreshToken;
    redactor.learn(token.value, refreshToken);
    known = { accounts: [{ level: 'full', scopes: token.scopes }], defaultAccount: undefined };
    onKnownAccess(known);
    return token;
  });
  const assertGranted = async (needed: Access): Promise<void> => {
    if (needed === 'none') return;
    const { scopes } = await refresher.get();
    if (denialOf(needed, 'full', scopes) === 'scope') throw Problem.of('scope_not_granted', { needed });
  };
  const atHome = ({ value, clockSkewMs }: AccessToken) => ({ value, clockSkewMs, apiOrigin: env.gmailOrigin });
  const tokens = {
    get: async () => atHome(await refresher.get()),
    replace: async (refused: string) => atHome(await refresher.replace(refused)),
  };
  // A local stand-in has no quota.
  const budget = env.gmailOrigin === undefined ? new UnitBudget() : undefined;
  return {
    source: 'environment',
    knownAccess: async () => known,
    note: async () => undefined,
    // What goes wrong meets the call itself.
    prepare: async (access) => {
      if (access === 'none' || refresher.holdsToken()) return;
      await client.load();
      refresher.get().catch(() => undefined);
      await departure();
    },
    forCall: async ({ access, ask, client: clientName, signal: calling, whileWaiting }) => {
      const granted = assertGranted(access);
      // What knows Gmail is loaded while the token is on its way.
      const [{ GmailConnection }] = await Promise.all([import('../gmail/connection/connection.ts'), granted]);
      return {
        gmail: () =>
          new GmailConnection({ tokens: { ...tokens, quota: budget && toldQuota(budget, whileWaiting) }, log }),
        about: () => ({ owner: 'environment', memoryKey: 'environment', privacy: env.privacy }),
        forRecord: () => NO_RECORD,
        accounts: async () => [],
        assertAllows: assertGranted,
        saveFolder: async () => saveFolderOf(env),
        renew: async () => {
          const token = await refresher.renew();
          // The token is fresh whether or not Gmail says whose it is.
          const account = await addressOfToken(token.value, env.gmailOrigin).catch(() => undefined);
          return { token, account };
        },
        attachmentFolders: async () => (env.saveFolder ? [saveFolderOf(env)] : []),
        askToSend: async (question, { signal, always }) => {
          if (always || !env.sendWithoutAsking) {
            await questions.ask(() => assertPersonAgrees(ask, question, signal, always));
          }
          return { answer: question.kind, isAsked: always || !env.sendWithoutAsking };
        },
        sending: { ...PLAIN_RULES, asksPerson: !env.sendWithoutAsking, drafts: draftKeeper(drafts) },
        changes: rules.of(async () => 'environment', { client: clientName, ask, signal: calling }),
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
