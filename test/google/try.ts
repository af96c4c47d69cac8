/** `npm run try:google`: what Gmail does, side by side with what the sandbox does. See docs/unknown-of-google.md. */
import { randomBytes } from 'node:crypto';
import { oauthEndpoints } from '../../src/oauth/endpoints.ts';
import { LoopbackRedirect } from '../../src/oauth/loopback-redirect.ts';
import { TokenClient } from '../../src/oauth/token-client.ts';
import { parseLoopbackOrigin } from '../../src/shared/google/loopback.ts';
import { asProblem, sentence } from '../../src/shared/problems.ts';
import { Api } from './api.ts';
import { runChecks } from './checks.ts';
import { READ_CHECKS } from './read-checks.ts';
import { takeSamples } from './samples.ts';
import { WRITE_CHECKS } from './write-checks.ts';

const HELP = `Reads the newest messages of a mailbox and prints where Gmail does otherwise than the sandbox.
It reads only, unless --write is given: then it makes drafts and deletes them,
and sends a few short messages to yourself, which end in the trash.

Sign in with one of:
  GMAIL_ACCESS_TOKEN                     an access token
  GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET   an OAuth client of the kind "Desktop app": a page opens to sign in on`;

/** The scopes to sign in with, and no gmail.metadata: with it nothing could be read. */
const [READ, WRITE] = ['gmail.readonly', 'gmail.modify'].map((name) => `https://www.googleapis.com/auth/${name}`);

async function signIn(clientId: string, clientSecret: string, scope: string, origin?: string): Promise<string> {
  const tokens = new TokenClient(oauthEndpoints(origin));
  const state = randomBytes(16).toString('hex');
  const redirect = await LoopbackRedirect.listen(state);
  const { redirectUri } = redirect;
  let isSignedIn = false;
  try {
    const { codeVerifier, codeChallenge } = await tokens.newCodeVerifier();
    const request = { redirectUri, scopes: [scope], state, codeChallenge, askForConsent: false };
    console.log(
      `Open this address in a browser on this computer:\n${await tokens.authorizationUrl(clientId, request)}\n`,
    );
    const answer = await redirect.answer;
    if ('refusal' in answer) throw answer.refusal;
    const { value } = await tokens.exchange(
      { clientId, clientSecret },
      { code: answer.code, codeVerifier, redirectUri },
    );
    isSignedIn = true;
    return value;
  } finally {
    await redirect.close(isSignedIn ? 'signed in' : 'failed');
  }
}

async function main(): Promise<number> {
  const { GMAIL_ACCESS_TOKEN, GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET, GMAIL_API_BASE_URL } = process.env;
  const writes = process.argv.includes('--write');
  const origin = GMAIL_API_BASE_URL ? parseLoopbackOrigin('GMAIL_API_BASE_URL', GMAIL_API_BASE_URL) : undefined;
  const scope = (writes ? WRITE : READ) ?? '';
  const token =
    GMAIL_ACCESS_TOKEN ||
    (GMAIL_CLIENT_ID && GMAIL_CLIENT_SECRET && (await signIn(GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET, scope, origin)));
  if (!token) {
    console.error(HELP);
    return 2;
  }
  const api = new Api(origin ?? 'https://gmail.googleapis.com', token);
  const { status } = await api.get('/profile');
  if (status !== 200) {
    console.error(`Gmail answered ${status} to the first call. Check the token and its permissions.`);
    return 2;
  }
  const checks = [...READ_CHECKS, ...(writes ? WRITE_CHECKS : [])];
  const different = await runChecks(checks, api, await takeSamples(api), console.log);
  console.log(`\n${checks.length} things tried; ${different} differ.${writes ? '' : ' --write tries what writes.'}`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  // Whatever was thrown may hold a request with its token. The words of a Problem hold none, nor do those of a TypeError,
  // which come from fetch and from the check of the base URL.
  console.error(error instanceof TypeError ? error.message : sentence(asProblem(error).explain('person')));
  process.exitCode = 1;
}
