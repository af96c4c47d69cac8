import { type Clock, systemClock } from '../shared/clock.ts';
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

/**
 * Talks to Google's token endpoint for one OAuth client.
 * Errors: every method throws a Problem (see auth-error.ts), never an HTTP library's error.
 */
export class TokenClient {
  readonly #endpoints: OAuthEndpoints;
  readonly #clock: Clock;

  constructor(endpoints: OAuthEndpoints, clock: Clock = systemClock) {
    this.#endpoints = endpoints;
    this.#clock = clock;
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
    try {
      const { credentials, res } = await library.refreshAccessToken();
      const lifetime = credentials.expiry_date
        ? Math.max(0, Math.round((credentials.expiry_date - Date.now()) / 1000))
        : USUAL_LIFETIME;
      const now = this.#clock.now();
      const clockSkewMs = clockSkew(res?.headers.get('date'), now);
      return {
        value: credentials.access_token ?? '',
        expiresAt: now - clockSkewMs + lifetime * 1000,
        clockSkewMs,
        lifetime,
        scopes: credentials.scope?.split(' ').filter(Boolean),
        refreshToken: issued === refreshToken ? undefined : issued,
      };
    } catch (error) {
      throw tokenProblem(error);
    }
  }

  /** Loaded on the first use, because it would double the server's start. */
  async #library(client: OAuthClientCredentials) {
    const { LOCAL_HOSTS, OAuth2Client } = await import('../shared/google-auth.ts');
    return new OAuth2Client({
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      endpoints: {
        oauth2AuthBaseUrl: this.#endpoints.authorization,
        oauth2TokenUrl: this.#endpoints.token,
        oauth2RevokeUrl: this.#endpoints.revocation,
        tokenInfoUrl: this.#endpoints.tokenInfo,
      },
      transporterOptions: { timeout: OAUTH_TIMEOUT_MS, noProxy: LOCAL_HOSTS },
    });
  }
}

/** Compares with the Date header of Google's answer (RFC 9110, section 6.6.1). */
function clockSkew(dateHeader: string | null | undefined, localNow: number): number {
  const skew = localNow - (dateHeader ? Date.parse(dateHeader) : Number.NaN);
  return Number.isNaN(skew) || Math.abs(skew) < CLOCK_TOLERANCE_MS ? 0 : skew;
}
