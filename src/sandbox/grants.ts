import { randomBytes } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { oauthError } from './google-error.ts';

/** How long an access token lasts, in seconds, as at Google. */
const LIFETIME = 3599;

/** Google's answers to a refresh token that it no longer honours. */
const DEAD_GRANT = {
  revoked: () => oauthError(400, 'invalid_grant', 'Token has been expired or revoked.'),
  reauthentication: () => oauthError(400, 'invalid_grant', 'reauth related error (invalid_rapt)', 'invalid_rapt'),
  policy: () => oauthError(400, 'admin_policy_enforced', 'Access to your account data is restricted by policies.'),
} as const;

export type DeadGrant = keyof typeof DEAD_GRANT;

interface Client {
  id: string;
  secret: string;
}

interface Grant {
  refreshToken: string;
  clientId: string;
  scopes: readonly string[];
  dead: DeadGrant | undefined;
}

export interface AccessGrant {
  scopes: readonly string[];
  clientId: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const token = (prefix: string) => prefix + randomBytes(32).toString('base64url');

/** OAuth clients, refresh tokens and access tokens of one sandbox; all of them are made anew for each run. */
export class Grants {
  readonly #clock: Clock;
  readonly #clients = new Map<string, Client>();
  readonly #grants = new Map<string, Grant>();
  readonly #access = new Map<string, AccessGrant & { refreshToken: string }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addClient(): Client {
    const id = `${randomBytes(6).readUIntBE(0, 6)}-${randomBytes(16).toString('hex')}.apps.googleusercontent.com`;
    const client = { id, secret: `GOCSPX-${randomBytes(21).toString('base64url')}` };
    this.#clients.set(id, client);
    return client;
  }

  /** A refresh token as a finished sign-in would leave it. */
  grant(clientId: string, scopes: readonly string[]): string {
    const refreshToken = token('1//');
    this.#grants.set(refreshToken, { refreshToken, clientId, scopes, dead: undefined });
    return refreshToken;
  }

  /** Checks an OAuth client as the token endpoint does. */
  authenticate(id: string, secret: string): Client {
    const client = this.#clients.get(id);
    if (!client) throw oauthError(401, 'invalid_client', 'The OAuth client was not found.');
    if (client.secret !== secret) throw oauthError(401, 'invalid_client', 'The provided client secret is invalid.');
    return client;
  }

  /** Issues an access token for a refresh token. */
  refresh(client: Client, refreshToken: string): { value: string; lifetime: number; scopes: readonly string[] } {
    const grant = this.#grants.get(refreshToken);
    if (!grant) throw oauthError(400, 'invalid_grant', 'Bad Request');
    if (grant.clientId !== client.id) throw oauthError(401, 'unauthorized_client', 'Unauthorized');
    if (grant.dead) throw DEAD_GRANT[grant.dead]();
    const value = token('ya29.');
    const { scopes, clientId } = grant;
    this.#access.set(value, { scopes, clientId, refreshToken, expiresAt: this.#clock.now() + LIFETIME * 1000 });
    return { value, lifetime: LIFETIME, scopes };
  }

  /** The grant behind a living access token. */
  find(accessToken: string): AccessGrant | undefined {
    const grant = this.#access.get(accessToken);
    return grant && grant.expiresAt > this.#clock.now() ? grant : undefined;
  }

  /** Seconds until a grant ends. */
  secondsLeft(grant: AccessGrant): number {
    return Math.round((grant.expiresAt - this.#clock.now()) / 1000);
  }

  /** Ends a refresh token, and with it every access token that came from it. */
  end(refreshToken: string, why: DeadGrant): void {
    const grant = this.#grants.get(refreshToken);
    if (grant) grant.dead = why;
    for (const [value, access] of this.#access) if (access.refreshToken === refreshToken) this.#access.delete(value);
  }

  /** Ends every access token before its time and leaves the refresh tokens alone. */
  endAccessTokens(): void {
    this.#access.clear();
  }

  /** Revokes as the revocation endpoint does: an access token takes its refresh token along. */
  revoke(value: string): void {
    const refreshToken = this.#grants.has(value) ? value : this.#access.get(value)?.refreshToken;
    if (!refreshToken || this.#grants.get(refreshToken)?.dead === 'revoked') {
      throw oauthError(400, 'invalid_token', 'Token expired or revoked');
    }
    this.end(refreshToken, 'revoked');
  }
}
