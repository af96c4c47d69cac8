import { oauthError } from '../google-error.ts';
import type { ApiRequest, Route } from '../http.ts';
import type { AuthorizationCodes } from './consent-codes.ts';
import type { Grants, Tokens } from './grants.ts';

/** Google's OAuth 2.0 endpoints (https://developers.google.com/identity/protocols/oauth2/native-app). */
export function oauthRoutes(grants: Grants, codes: AuthorizationCodes): Route[] {
  return [
    { method: 'POST', path: '/token', handle: (request) => tokenAnswer(issue(grants, codes, formOf(request))) },
    { method: 'POST', path: '/revoke', handle: (request) => revoke(grants, request) },
    ...['GET', 'POST'].map((method) => ({
      method,
      path: '/tokeninfo',
      handle: (request: ApiRequest) => tokenInfo(grants, request),
    })),
  ];
}

/** The fields of a sent form. */
export function formOf({ body }: ApiRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

/** The access token of a request, from its Authorization header. */
export function bearerOf({ headers }: ApiRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
}

function issue(grants: Grants, codes: AuthorizationCodes, form: URLSearchParams): Tokens {
  const required = (name: string, complaint = `Missing required parameter: ${name}`): string => {
    const value = form.get(name);
    if (!value) throw oauthError(400, 'invalid_request', complaint);
    return value;
  };
  const grantType = required('grant_type');
  if (grantType !== 'refresh_token' && grantType !== 'authorization_code') {
    throw oauthError(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
  }
  const client = grants.authenticate(required('client_id'), required('client_secret', 'client_secret is missing.'));
  if (grantType === 'refresh_token') return grants.refresh(client, required('refresh_token'));
  return codes.redeem(client, required('code'), required('redirect_uri'), form.get('code_verifier') ?? undefined);
}

function tokenAnswer({ value, lifetime, scopes, refreshToken, refreshLifetime }: Tokens): object {
  return {
    access_token: value,
    expires_in: lifetime,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    scope: scopes.join(' '),
    token_type: 'Bearer',
    ...(refreshLifetime === undefined ? {} : { refresh_token_expires_in: refreshLifetime }),
  };
}

function revoke(grants: Grants, request: ApiRequest): object {
  const token = formOf(request).get('token') ?? request.query.get('token');
  if (!token) throw oauthError(400, 'invalid_request', 'Missing required parameter: token');
  grants.revoke(token);
  return {};
}

function tokenInfo(grants: Grants, request: ApiRequest): object {
  const token = bearerOf(request) ?? request.query.get('access_token') ?? formOf(request).get('access_token');
  const grant = token ? grants.find(token) : undefined;
  if (!grant) throw oauthError(400, 'invalid_token', 'Invalid Value');
  const tellsAddress = grant.scopes.includes('https://www.googleapis.com/auth/userinfo.email');
  return {
    azp: grant.clientId,
    aud: grant.clientId,
    scope: grant.scopes.join(' '),
    exp: String(Math.floor(grant.expiresAt / 1000)),
    expires_in: String(grants.secondsLeft(grant)),
    ...(tellsAddress ? { email: grant.address, email_verified: 'true' } : {}),
    access_type: 'offline',
  };
}
