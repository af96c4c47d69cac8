import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { GmailConnection } from '../gmail/connection/connection.ts';
import { oauthEndpoints } from '../oauth/endpoints.ts';
import { addressOfToken } from '../oauth/profile.ts';
import { TokenClient } from '../oauth/token-client.ts';
import { Problem } from '../shared/problems.ts';
import { UnitBudget } from '../shared/quota/unit-budget.ts';
import { DraftHolds } from '../shared/turns/draft-holds.ts';
import { OpenQuestions } from '../shared/turns/open-questions.ts';
import { OwnRules } from './change-rules.ts';
import { type Call, type CredentialOptions, type Credentials, NO_RECORD, PLAIN_RULES } from './credentials.ts';
import { draftKeeper } from './draft-keeper.ts';
import { assertPersonAgrees } from './elicitation.ts';
import { saveFolderOf } from './environment.ts';
import { toldQuota } from './quota/told-wait.ts';

/** Of so many access tokens it is remembered whose mailbox they open. */
const MOST_TOKENS = 1000;
/** Visible ASCII, as RFC 6749, appendix A allows in tokens and client credentials. */
const PRINTABLE = /^[\x21-\x7e]+$/;

/**
 * The original contract: every call brings its own credentials, and none is kept from one call to the next. What was
 * changed is, for each mailbox: a newer token of the same one takes up where an older one was.
 */
export function argumentCredentials({ env, log, redactor }: CredentialOptions): Credentials {
  const client = new TokenClient(oauthEndpoints(env.oauthOrigin));
  const rules = new OwnRules();
  const questions = new OpenQuestions();
  const drafts = new DraftHolds();
  const mailboxes = new LRUCache<string, Promise<string>>({ max: MOST_TOKENS });
  /** Asked once for each token. Throws a Problem where Gmail does not say it: nothing may be changed uncounted. */
  const mailboxOf = (token: string): Promise<string> => {
    const key = hashOf(token);
    const known = mailboxes.get(key);
    if (known) return known;
    const asked = addressOfToken(token, env.gmailOrigin).then((address) => {
      if (!address) throw Problem.of('mailbox_unknown', {});
      return address.toLowerCase();
    });
    mailboxes.set(key, asked);
    // Whatever failed may pass.
    asked.catch(() => mailboxes.delete(key));
    return asked;
  };
  const budgets = new LRUCache<string, UnitBudget>({ max: MOST_TOKENS });
  /** A mailbox has the same token for an hour. A local stand-in has no quota. */
  const quotaOf = (token: string, whileWaiting: Call['whileWaiting']) => {
    if (env.gmailOrigin !== undefined) return undefined;
    const key = hashOf(token);
    const budget = budgets.get(key) ?? new UnitBudget();
    budgets.set(key, budget);
    return toldQuota(budget, whileWaiting);
  };
  const read = (args: Call['args'], names: readonly string[]): string[] => {
    const values = names.map((name) => String(args[name] ?? '').trim());
    redactor.learn(...values);
    const missing = names.filter((_, index) => values[index] === '');
    if (missing.length > 0) throw Problem.of('credentials_missing', { names: missing.join(', ') });
    const malformed = names.find((_, index) => !PRINTABLE.test(values[index] ?? ''));
    if (malformed) throw Problem.of('credential_malformed', { name: malformed });
    return values;
  };
  return {
    source: 'arguments',
    // Nothing is known of credentials that each call brings anew.
    knownAccess: async () => undefined,
    note: async () => undefined,
    prepare: async () => undefined,
    forCall: async ({ args, ask, client: clientName, signal, whileWaiting }) => ({
      gmail: () => {
        const [value = ''] = read(args, ['google_access_token']);
        const get = async () => ({ value, apiOrigin: env.gmailOrigin });
        return new GmailConnection({ tokens: { get, quota: quotaOf(value, whileWaiting) }, log });
      },
      about: () => {
        const [value = ''] = read(args, ['google_access_token']);
        // The next call may bring a newer token of the same mailbox, so cursors are told apart by what they ask for.
        return { owner: 'arguments', memoryKey: hashOf(value), privacy: env.privacy };
      },
      forRecord: () => NO_RECORD,
      accounts: async () => [],
      // What the token allows is for Google to say.
      assertAllows: async () => undefined,
      saveFolder: async () => saveFolderOf(env),
      renew: async () => {
        redactor.learn(String(args.google_access_token ?? ''));
        const names = ['google_refresh_token', 'google_client_id', 'google_client_secret'];
        const [refreshToken = '', clientId = '', clientSecret = ''] = read(args, names);
        return { token: await client.refresh({ clientId, clientSecret }, refreshToken), account: undefined };
      },
      attachmentFolders: async () => (env.saveFolder ? [saveFolderOf(env)] : []),
      askToSend: async (question, { signal: asking, always }) => {
        // The caller handed over the token for this very call, so the call is the approval, but for what a person sees
        // in every mode.
        if (always) await questions.ask(() => assertPersonAgrees(ask, question, asking, always));
        return { answer: 'send', isAsked: always };
      },
      sending: { ...PLAIN_RULES, drafts: draftKeeper(drafts) },
      changes: rules.of(
        async () => {
          const [value = ''] = read(args, ['google_access_token']);
          return mailboxOf(value);
        },
        { client: clientName, ask, signal },
      ),
    }),
  };
}

/** What tells tokens apart without keeping them. */
const hashOf = (token: string): string => createHash('sha256').update(token.trim()).digest('base64url');
