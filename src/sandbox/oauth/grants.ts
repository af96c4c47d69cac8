import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { oauthError } from '../google-error.ts';

/** How long an access token lasts, in seconds, as at Google. */
const LIFETIME = 3599;

/**
 * How long the grant of an app in Testing lasts, in seconds: seven days
 * (https://developers.google.com/identity/protocols/oauth2#expiration), told as one second less.
 */
const TESTING_LIFETIME = 604_799;

/**
 * Google's answers to an OAuth client or a refresh token that it no longer honours
 * (https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors).
 */
const DEAD_GRANT = {
  revoked: () => oauthError(400, 'invalid_grant', 'Token has been expired or revoked.'),
  reauthentication: () => oauthError(400, 'invalid_grant', 'reauth related error (invalid_rapt)', 'invalid_rapt'),
  policy: () => oauthError(400, 'admin_policy_enforced', 'Access to your account data is restricted by policies.'),
  org_internal: () => oauthError(403, 'org_internal', 'This client is restricted to users within its organization.'),
  deleted_client: () => oauthError(401, 'deleted_client', 'The OAuth client was deleted.'),
  disabled_client: () => oauthError(401, 'disabled_client', 'The OAuth client was disabled.'),
} as const;

export type DeadGrant = keyof typeof DEAD_GRANT;

/** An OAuth client of the kind “Desktop app”. A test may change what is not readonly while the sandbox runs. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  /** What the sign-in pages call the app. */
  name: string;
  /** Whether a warning stands before the consent page. */
  unverified: boolean;
  /** Whether the app is in Testing, where a grant ends by itself after seven days. */
  testing: boolean;
  /** Why neither the sign-in pages nor the token endpoint serve the client, if they do not. */
  blocked: Exclude<DeadGrant, 'revoked' | 'reauthentication'> | undefined;
}

interface Grant {
  /** The one that works; a rotated one leads here too. */
  refreshToken: string;
  clientId: string;
  address: string;
  scopes: readonly string[];
  /** Milliseconds since the epoch; absent where only a revocation ends it. */
  endsAt: number | undefined;
  dead: DeadGrant | undefined;
}

export interface AccessGrant {
  scopes: readonly string[];
  clientId: string;
  /** Whose mailbox it opens. */
  address: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** What the token endpoint hands out. */
export interface Tokens {
  value: string;
  /** Of the access token, in seconds. */
  lifetime: number;
  scopes: readonly string[];
  /** A new one, where there is one. */
  refreshToken: string | undefined;
  /** What is left of a grant that ends by itself, in seconds. */
  refreshLifetime: number | undefined;
}

/** What a person has allowed an app on the sign-in pages. */
export interface Approval {
  clientId: string;
  address: string;
  scopes: readonly string[];
  /** Whether the person was asked; not so where they had allowed all of it before. */
  asked: boolean;
}

const token = (prefix: string) => prefix + randomBytes(32).toString('base64url');

/** OAuth clients, refresh tokens and access tokens of one sandbox; all of them are made anew for each run. */
export class Grants {
  /** The accounts that can sign in; the first is the sandbox's own. */
  readonly addresses: readonly [string, ...string[]];
  /** Set by a test: the next refresh answers a new refresh token, and the old one stops working. */
  rotate = false;
  readonly #clock: Clock;
  readonly #clients = new Map<string, Client>();
  readonly #grants = new Map<string, Grant>();
  readonly #access = new Map<string, AccessGrant & { grant: Grant }>();

  constructor(clock: Clock, addresses: readonly [string, ...string[]]) {
    this.#clock = clock;
    this.addresses = addresses;
  }

  addClient(options: Partial<Omit<Client, 'id' | 'secret'>> = {}): Client {
    const id = `${randomBytes(6).readUIntBE(0, 6)}-${randomBytes(16).toString('hex')}.apps.googleusercontent.com`;
    const secret = `GOCSPX-${randomBytes(21).toString('base64url')}`;
    const usual = { name: 'Example App', unverified: false, testing: false, blocked: undefined };
    const client: Client = { id, secret, ...usual, ...options };
    this.#clients.set(id, client);
    return client;
  }

  client(id: string): Client | undefined {
    return this.#clients.get(id);
  }

  /** A refresh token as a finished sign-in would leave it. */
  grant(clientId: string, scopes: readonly string[], address = this.addresses[0]): string {
    const refreshToken = token('1//');
    const testing = this.#clients.get(clientId)?.testing;
    const endsAt = testing ? this.#clock.now() + TESTING_LIFETIME * 1000 : undefined;
    this.#grants.set(refreshToken, { refreshToken, clientId, address, scopes, endsAt, dead: undefined });
    return refreshToken;
  }

  /** Every scope that an account allows an app at present. */
  allowed(clientId: string, address: string): readonly string[] {
    return [...new Set(this.#living(clientId, address).flatMap(({ scopes }) => scopes))];
  }

  /** Checks an OAuth client as the token endpoint does. */
  authenticate(id: string, secret: string): Client {
    const client = this.#clients.get(id);
    if (!client) throw oauthError(401, 'invalid_client', 'The OAuth client was not found.');
    if (client.secret !== secret) throw oauthError(401, 'invalid_client', 'The provided client secret is invalid.');
    if (client.blocked) throw DEAD_GRANT[client.blocked]();
    return client;
  }

  /**
   * Issues tokens for what a person has allowed: with a new refresh token where they were asked, else for the grant
   * that the app holds. Google's documentation promises a desktop app a refresh token every time; the sandbox gives
   * none in the second case, as Google does to a web app, so that an app that counts on the promise is found out.
   */
  redeem({ clientId, address, scopes, asked }: Approval): Tokens {
    const held = asked ? undefined : this.#living(clientId, address).at(-1);
    if (held) return this.#issue(held, scopes);
    const refreshToken = this.grant(clientId, scopes, address);
    const grant = this.#grants.get(refreshToken);
    if (!grant) throw new Error('The grant that was just made is missing.');
    return { ...this.#issue(grant, scopes), refreshToken };
  }

  /** Issues an access token for a refresh token. */
  refresh(client: Client, refreshToken: string): Tokens {
    const grant = this.#grants.get(refreshToken);
    if (!grant) throw oauthError(400, 'invalid_grant', 'Bad Request');
    if (grant.clientId !== client.id) throw oauthError(401, 'unauthorized_client', 'Unauthorized');
    if (grant.dead) throw DEAD_GRANT[grant.dead]();
    if (!this.#lives(grant) || grant.refreshToken !== refreshToken) throw DEAD_GRANT.revoked();
    if (!this.rotate) return this.#issue(grant, grant.scopes);
    this.rotate = false;
    grant.refreshToken = token('1//');
    this.#grants.set(grant.refreshToken, grant);
    return { ...this.#issue(grant, grant.scopes), refreshToken: grant.refreshToken };
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
    for (const [value, access] of this.#access) if (access.grant === grant) this.#access.delete(value);
  }

  /** Ends all that an account allowed an app, as the account's owner can on Google's page of connections. */
  disconnect(clientId: string, address: string): void {
    for (const { refreshToken } of this.#living(clientId, address)) this.end(refreshToken, 'revoked');
  }

  /** Ends what was handed out together; a refresh token that the app held before stays. */
  withdraw({ value, refreshToken }: Tokens): void {
    this.#access.delete(value);
    if (refreshToken) this.end(refreshToken, 'revoked');
  }

  /** Ends every access token before its time and leaves the refresh tokens alone. */
  endAccessTokens(): void {
    this.#access.clear();
  }

  /** Revokes as the revocation endpoint does: an access token takes its refresh token along. */
  revoke(value: string): void {
    const grant = this.#grants.get(value) ?? this.#access.get(value)?.grant;
    if (!grant || grant.dead === 'revoked') throw oauthError(400, 'invalid_token', 'Token expired or revoked');
    this.end(grant.refreshToken, 'revoked');
  }

  #issue(grant: Grant, scopes: readonly string[]): Tokens {
    const now = this.#clock.now();
    const { clientId, address, endsAt } = grant;
    const value = token('ya29.');
    this.#access.set(value, { scopes, clientId, address, grant, expiresAt: now + LIFETIME * 1000 });
    const refreshLifetime = endsAt === undefined ? undefined : Math.round((endsAt - now) / 1000);
    return { value, lifetime: LIFETIME, scopes, refreshToken: undefined, refreshLifetime };
  }

  #living(clientId: string, address: string): Grant[] {
    const all = [...this.#grants.values()];
    return all.filter((grant) => grant.clientId === clientId && grant.address === address && this.#lives(grant));
  }

  #lives({ dead, endsAt }: Grant): boolean {
    return !dead && (endsAt === undefined || endsAt > this.#clock.now());
  }
}
