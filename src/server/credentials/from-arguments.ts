import { createHash } from 'node:crypto';
import * as z from 'zod';
import { GmailConnection } from '../../gmail/connection/connection.ts';
import { oauthEndpoints } from '../../oauth/endpoints.ts';
import { TokenClient } from '../../oauth/token-client.ts';
import { Problem } from '../../shared/problems.ts';
import { DraftHolds } from '../../shared/turns/draft-holds.ts';
import { OpenQuestions } from '../../shared/turns/open-questions.ts';
import { saveFolderOf } from '../environment.ts';
import { OwnRules } from './change-rules.ts';
import { type Call, type CredentialOptions, type Credentials, PLAIN_RULES } from './credentials.ts';
import { draftKeeper } from './draft-keeper.ts';
import { assertPersonAgrees } from './elicitation.ts';

/** Longer than any credential of Google, in characters. */
const LONGEST_CREDENTIAL = 8192;
/** Visible ASCII, as RFC 6749, appendix A allows in tokens and client credentials. */
const PRINTABLE = /^[\x21-\x7e]+$/;
const credential = (description: string) => z.string().max(LONGEST_CREDENTIAL).describe(description);

const ACCESS_TOKEN = { google_access_token: credential('Google OAuth 2.0 access token with Gmail scopes') };
const REFRESH_TOKEN = {
  google_access_token: credential('The current access token; not needed to get a new one').optional(),
  google_refresh_token: credential('Google OAuth 2.0 refresh token'),
  google_client_id: credential('Id of the OAuth client that the refresh token was issued to'),
  google_client_secret: credential('Secret of that OAuth client'),
};

/** The original contract: every call brings its own credentials, and nothing is kept from one call to the next. */
export function argumentCredentials({ env, log, redactor }: CredentialOptions): Credentials {
  const client = new TokenClient(oauthEndpoints(env.oauthOrigin));
  const rules = new OwnRules();
  const questions = new OpenQuestions();
  const drafts = new DraftHolds();
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
    argumentsFor: (need) => (need === 'access token' ? ACCESS_TOKEN : REFRESH_TOKEN),
    // Nothing is known of credentials that each call brings anew.
    knownAccess: async () => undefined,
    forCall: async ({ args, ask, client: clientName, signal }) => ({
      gmail: () => {
        const [value = ''] = read(args, ['google_access_token']);
        return new GmailConnection({ tokens: { get: async () => ({ value, apiOrigin: env.gmailOrigin }) }, log });
      },
      about: () => {
        const [value = ''] = read(args, ['google_access_token']);
        // The next call may bring a newer token of the same mailbox, so cursors are told apart by what they ask for.
        return { owner: 'arguments', memoryKey: hashOf(value), privacy: env.privacy };
      },
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
        return 'send';
      },
      sending: { ...PLAIN_RULES, drafts: draftKeeper(drafts) },
      // Two tokens of one mailbox cannot be told from those of two, so that one journal belongs to one token.
      changes: rules.of(hashOf(String(args.google_access_token ?? '')), { client: clientName, ask, signal }),
    }),
  };
}

/** What tells tokens apart without keeping them. */
const hashOf = (token: string): string => createHash('sha256').update(token.trim()).digest('base64url');
