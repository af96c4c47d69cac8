import { randomBytes } from 'node:crypto';
import timers from 'node:timers/promises';
import type { AuthorizationAnswer } from '../oauth/authorization-answer.ts';
import { readPastedAnswer } from '../oauth/authorization-answer.ts';
import { oauthEndpoints } from '../oauth/endpoints.ts';
import { LoopbackRedirect } from '../oauth/loopback-redirect.ts';
import { addressOfToken } from '../oauth/profile.ts';
import type { RedirectPage } from '../oauth/redirect-page.ts';
import { type SignInTokens, TokenClient } from '../oauth/token-client.ts';
import { type AccessLevel, missingAccess, scopesOf, withoutFilters } from '../shared/access.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { asProblem, Problem } from '../shared/problems.ts';
import type { Redactor } from '../shared/redact.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account-store.ts';
import type { SignedIn } from './add-account.ts';
import type { ImportedClient } from './client-file.ts';

/** How long a sign-in waits for the person at the browser, in milliseconds. */
const PATIENCE_MS = 15 * 60_000;

/** The person's browser, as a sign-in needs it. */
export interface Browser {
  /** Opens an address. It may return before the page is there. */
  open(url: string): Promise<void>;
  /**
   * Has the person paste the address on which the browser ended, where the browser may be on another computer.
   *
   * @param read throws the Problem of a text that is not that address
   * @returns undefined where the person gives up
   */
  paste?(read: (text: string) => AuthorizationAnswer, signal: AbortSignal): Promise<AuthorizationAnswer | undefined>;
}

export interface SignInRequest {
  client: ImportedClient;
  level: AccessLevel;
  /** Whether the person has ticked filters. */
  filters?: boolean;
  /** The account that is signed in again; the browser's page proposes it, and no other is accepted. */
  again?: Account | undefined;
}

interface SignInRoom {
  store: AccountStore;
  redactor: Redactor;
  clock?: Clock;
}

/**
 * Signs a mailbox in through the person's browser: authorization code, PKCE and a loopback redirect (RFC 8252). Nothing
 * is stored before Google has issued tokens and Gmail has said whose mailbox they open.
 *
 * @param signal ends the sign-in when it aborts
 * @throws Problem; then nothing has been stored
 */
export async function signIn(
  room: SignInRoom,
  request: SignInRequest,
  browser: Browser,
  signal: AbortSignal,
): Promise<SignedIn> {
  const again = request.again?.clientId === request.client.clientId ? request.again : undefined;
  // Google issues a refresh token with its consent page; where one is held the page is not forced on the person.
  const first = await attempt(room, request, browser, signal, again === undefined);
  return first ?? (await attempt(room, request, browser, signal, true)) ?? fail();
}

function fail(): never {
  throw Problem.of('refresh_token_absent', {});
}

/** One trip to the browser. Undefined where it ended well, but without a refresh token to keep. */
async function attempt(
  room: SignInRoom,
  request: SignInRequest,
  browser: Browser,
  signal: AbortSignal,
  askForConsent: boolean,
): Promise<SignedIn | undefined> {
  throwIfCancelled(signal);
  const state = randomBytes(32).toString('base64url');
  const redirect = await LoopbackRedirect.listen(state);
  let page: RedirectPage = 'over';
  try {
    const tokens = await authorize(room, request, browser, { redirect, state, askForConsent, signal });
    const done = await keep(room, request, tokens, signal);
    if (done) page = 'signed in';
    return done;
  } catch (error) {
    const problem = asProblem(error);
    page = problem.code === 'sign_in_denied' ? 'denied' : problem.code === 'cancelled' ? 'over' : 'failed';
    throw problem;
  } finally {
    await redirect.close(page);
  }
}

interface Trip {
  redirect: LoopbackRedirect;
  state: string;
  askForConsent: boolean;
  signal: AbortSignal;
}

async function authorize(
  { redactor, clock = systemClock }: SignInRoom,
  { client, level, filters, again }: SignInRequest,
  browser: Browser,
  { redirect, state, askForConsent, signal }: Trip,
): Promise<SignInTokens> {
  const google = new TokenClient(oauthEndpoints(client.sandboxOrigin), clock);
  const { codeVerifier, codeChallenge } = await google.newCodeVerifier();
  const { redirectUri } = redirect;
  redactor.learn(client.clientSecret, codeVerifier, state);
  const url = await google.authorizationUrl(client.clientId, {
    redirectUri,
    scopes: scopesOf(level, filters),
    state,
    codeChallenge,
    loginHint: again?.email,
    askForConsent,
  });
  throwIfCancelled(signal);
  await browser.open(url);
  const answer = await waitForAnswer(redirect, browser, state, signal);
  if ('refusal' in answer) throw answer.refusal;
  redactor.learn(answer.code);
  const tokens = await google.exchange(client, { code: answer.code, codeVerifier, redirectUri });
  redactor.learn(tokens.value, tokens.refreshToken);
  return tokens.scopes ? tokens : { ...tokens, scopes: await google.scopesOf(tokens.value) };
}

/** Whichever comes first: the browser at the redirect, a pasted address, the person's no, or the end of patience. */
async function waitForAnswer(
  redirect: LoopbackRedirect,
  browser: Browser,
  state: string,
  signal: AbortSignal,
): Promise<AuthorizationAnswer> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const unanswered: AuthorizationAnswer = { refusal: Problem.of('sign_in_unanswered', {}) };
  const patience = timers.setTimeout(PATIENCE_MS, unanswered, { signal: until });
  const ways = [redirect.answer, patience];
  if (browser.paste) {
    const pasted = browser.paste((text) => readPastedAnswer(text, state), until);
    ways.push(pasted.then((answer) => answer ?? { refusal: Problem.of('cancelled', {}) }));
  }
  try {
    return await Promise.race(ways);
  } finally {
    over.abort();
  }
}

/** Stores what the tokens open. Undefined where there is no refresh token, neither a new one nor one held that lives. */
async function keep(
  { store, redactor, clock = systemClock }: SignInRoom,
  { client, level, filters = false, again }: SignInRequest,
  tokens: SignInTokens,
  signal: AbortSignal,
): Promise<SignedIn | undefined> {
  const { clientId, clientSecret, sandboxOrigin } = client;
  const email = await addressOfToken(tokens.value, sandboxOrigin);
  if (!email) throw Problem.of('nothing_granted', {});
  if (again && again.email.toLowerCase() !== email.toLowerCase()) {
    throw Problem.of('sign_in_other_mailbox', { expected: again.email, got: email });
  }
  const earlier = await store.find(email);
  const held = tokens.refreshToken === undefined ? await livingToken(earlier, client, redactor) : undefined;
  const refreshToken = tokens.refreshToken ?? held;
  if (!refreshToken) return undefined;
  const scopes = tokens.scopes ?? [];
  const endsAt = held ? earlier?.endsAt : tokens.endsAt;
  const account: Account = {
    version: 1,
    email,
    clientId,
    clientSecret,
    refreshToken,
    scopes: filters ? [...scopes] : withoutFilters(scopes),
    level,
    ...(sandboxOrigin ? { sandboxOrigin } : {}),
    signedInAt: clock.now(),
    ...(endsAt === undefined ? {} : { endsAt }),
  };
  throwIfCancelled(signal);
  await store.save(account);
  return { account, replaced: earlier !== undefined, missing: missingAccess(level, account.scopes, filters) };
}

/** The refresh token that is held for this mailbox and client, if Google still honours it. */
async function livingToken(
  account: Account | undefined,
  client: ImportedClient,
  redactor: Redactor,
): Promise<string | undefined> {
  if (account?.clientId !== client.clientId) return undefined;
  try {
    const token = await new TokenClient(oauthEndpoints(client.sandboxOrigin)).refresh(client, account.refreshToken);
    redactor.learn(token.value, token.refreshToken);
    return token.refreshToken ?? account.refreshToken;
  } catch {
    return undefined;
  }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw Problem.of('cancelled', {});
}
