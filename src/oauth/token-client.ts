import type { Agent } from 'node:http';
import { type Clock, systemClock } from '../shared/clock.ts';
import { assertNoPage } from '../shared/google/http-failure.ts';
import { Problem } from '../shared/problems.ts';
import { OAUTH_TIMEOUT_MS, tokenProblem } from './auth-error.ts';
import type { OAuthEndpoints } from './endpoints.ts';

export interface OAuthClientCredentials {
  clientId: string;
  clientSecret: string;
}

export interface AccessToken {
  value: string;
  /** When it ends, in milliseconds since the epoch by Google's clock. */
  expiresAt: number;
  /** How far this computer's clock is ahead of Google's (negative: behind), in milliseconds; 0 within a minute. */
  clockSkewMs: number;
  /** How long it lasts from when it was issued, in seconds. */
  lifetime: number;
  /** Granted scopes, where the answer named them. */
  scopes: readonly string[] | undefined;
  /** A new refresh token. Normally absent: then the old one stays. */
  refreshToken: string | undefined;
}

/** How long an access token lasts when the answer does not say, in seconds. */
const USUAL_LIFETIME = 3600;

/** A smaller difference between the clocks is the network's delay, in milliseconds. */
const CLOCK_TOLERANCE_MS = 60_000;

/** What a sign-in in the browser is made of. Every character in it survives URLs that are decoded and encoded again. */
export interface AuthorizationRequest {
  redirectUri: string;
  scopes: readonly string[];
  /** Comes back with the answer, which shows that the answer belongs to this sign-in. */
  state: string;
  codeChallenge: string;
  /** The mailbox that is expected to sign in. */
  loginHint?: string | undefined;
  /** Whether Google shall show its consent page even where it knows the answer; it then issues a refresh token. */
  askForConsent: boolean;
}

/** An authorization code and what proves that it is ours. */
export interface CodeExchange {
  code: string;
  codeVerifier: string;
  redirectUri: string;
}

/** The tokens that a finished sign-in yields. */
export interface SignInTokens extends AccessToken {
  /** When the refresh token ends, in milliseconds since the epoch by Google's clock, where Google says so. */
  endsAt: number | undefined;
}

/** What the token endpoint sends, as far as Google's library hands it on. */
interface TokenAnswer {
  access_token?: string | null;
  refresh_token?: string | null;
  expiry_date?: number | null;
  scope?: string;
  /** Seconds; sent for grants with an end, such as those of a project in Testing. */
  refresh_token_expires_in?: number;
}

interface AnswerHead {
  headers?: Pick<Headers, 'get'>;
}

/**
 * Talks to Google's OAuth 2.0 endpoints (https://developers.google.com/identity/protocols/oauth2/native-app).
 * Errors: every method throws a Problem (see auth-error.ts), never an HTTP library's error.
 */
export class TokenClient {
  readonly #endpoints: OAuthEndpoints;
  readonly #clock: Clock;
  readonly #agent: Agent | undefined;

  /** @param agent makes its connections; the library's own way where absent */
  constructor(endpoints: OAuthEndpoints, clock: Clock = systemClock, agent?: Agent) {
    this.#endpoints = endpoints;
    this.#clock = clock;
    this.#agent = agent;
  }

  /** Loads what requests are made with: otherwise the first of them does. */
  async load(): Promise<void> {
    await import('../shared/google/google-auth.ts');
  }

  /** A new code verifier and its S256 challenge (RFC 7636). */
  async newCodeVerifier(): Promise<{ codeVerifier: string; codeChallenge: string }> {
    const { codeVerifier, codeChallenge } = await (await this.#library()).generateCodeVerifierAsync();
    return { codeVerifier, codeChallenge: codeChallenge ?? '' };
  }

  /** The address at which a person signs in. */
  async authorizationUrl(clientId: string, request: AuthorizationRequest): Promise<string> {
    const { CodeChallengeMethod } = await import('../shared/google/google-auth.ts');
    return (await this.#library()).generateAuthUrl({
      client_id: clientId,
      redirect_uri: request.redirectUri,
      scope: request.scopes.join(' '),
      state: request.state,
      code_challenge: request.codeChallenge,
      code_challenge_method: CodeChallengeMethod.S256,
      access_type: 'offline',
      // No include_granted_scopes: an earlier grant of gmail.metadata would come along, and with it in the token Gmail
      // refuses searches and contents, whatever else was granted.
      ...(request.loginHint ? { login_hint: request.loginHint } : {}),
      ...(request.askForConsent ? { prompt: 'consent' } : {}),
    });
  }

  /** Exchanges an authorization code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5). */
  async exchange(client: OAuthClientCredentials, { code, codeVerifier, redirectUri }: CodeExchange) {
    const library = await this.#library(client);
    const exchanged = attempt(async (): Promise<SignInTokens> => {
      const { tokens, res } = await library.getToken({ code, codeVerifier, redirect_uri: redirectUri });
      const { refresh_token_expires_in: left }: TokenAnswer = tokens;
      const token = this.#read(tokens, res);
      const endsAt = left ? this.#clock.now() - token.clockSkewMs + left * 1000 : undefined;
      return { ...token, refreshToken: tokens.refresh_token ?? undefined, endsAt };
    });
    return exchanged.catch((error: unknown): never => {
      // The same error that elsewhere means a dead refresh token is here about the code.
      if (!(error instanceof Problem) || error.code !== 'grant_dead') throw error;
      throw Problem.of('sign_in_refused', { reason: 'the code of this sign-in was not accepted' }, error.details);
    });
  }

  /** Exchanges a refresh token for an access token (RFC 6749, section 6). */
  async refresh(client: OAuthClientCredentials, refreshToken: string): Promise<AccessToken> {
    const library = await this.#library(client);
    library.setCredentials({ refresh_token: refreshToken });
    // The merged result always carries a refresh token; only the event tells whether Google issued a new one.
    let issued: string | undefined;
    library.on('tokens', (tokens) => {
      issued = tokens.refresh_token ?? undefined;
    });
    return attempt(async () => {
      const { credentials, res } = await library.refreshAccessToken();
      return { ...this.#read(credentials, res), refreshToken: issued === refreshToken ? undefined : issued };
    });
  }

  /** The scopes of an access token, for answers that did not name them. */
  async scopesOf(accessToken: string): Promise<readonly string[]> {
    const library = await this.#library();
    return attempt(async () => (await library.getTokenInfo(accessToken)).scopes);
  }

  /**
   * Ends a grant at Google, with every token of it (RFC 7009). The token goes in the body: the library's own way would
   * put it into the URL, which proxies log.
   */
  async revoke(token: string): Promise<void> {
    const { transporter } = await this.#library();
    await attempt(() =>
      transporter.request({ url: this.#endpoints.revocation, method: 'POST', data: new URLSearchParams({ token }) }),
    );
  }

  #read(answer: TokenAnswer, head: AnswerHead | null | undefined): Omit<AccessToken, 'refreshToken'> {
    const { access_token: value, expiry_date: end, scope } = answer;
    const lifetime = end ? Math.max(0, Math.round((end - Date.now()) / 1000)) : USUAL_LIFETIME;
    const now = this.#clock.now();
    const clockSkewMs = clockSkew(head?.headers?.get('date'), now);
    return {
      value: value ?? '',
      expiresAt: now - clockSkewMs + lifetime * 1000,
      clockSkewMs,
      lifetime,
      scopes: scope?.split(' ').filter(Boolean),
    };
  }

  /** Loaded on the first use, because it would double the server's start. */
  async #library(client?: OAuthClientCredentials) {
    const { OAuth2Client, TRANSPORT } = await import('../shared/google/google-auth.ts');
    const library = new OAuth2Client({
      ...(client ? { clientId: client.clientId, clientSecret: client.clientSecret } : {}),
      endpoints: {
        oauth2AuthBaseUrl: this.#endpoints.authorization,
        oauth2TokenUrl: this.#endpoints.token,
        oauth2RevokeUrl: this.#endpoints.revocation,
        tokenInfoUrl: this.#endpoints.tokenInfo,
      },
      transporterOptions: {
        ...{ timeout: OAUTH_TIMEOUT_MS, ...TRANSPORT },
        ...(this.#agent ? { agent: this.#agent } : {}),
      },
    });
    library.transporter.interceptors.response.add({ resolved: async (answer) => assertNoPage(answer) });
    return library;
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw tokenProblem(error);
  }
}

/** Compares with the Date header of Google's answer (RFC 9110, section 6.6.1). */
function clockSkew(dateHeader: string | null | undefined, localNow: number): number {
  const skew = localNow - (dateHeader ? Date.parse(dateHeader) : Number.NaN);
  return Number.isNaN(skew) || Math.abs(skew) < CLOCK_TOLERANCE_MS ? 0 : skew;
}
