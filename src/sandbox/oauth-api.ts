import { oauthError } from './google-error.ts';
import type { Grants } from './grants.ts';
import type { ApiRequest, Route } from './http.ts';

/** Google's OAuth 2.0 endpoints (https://developers.google.com/identity/protocols/oauth2/native-app). */
export function oauthRoutes(grants: Grants): Route[] {
  return [
    { method: 'POST', path: '/token', handle: (request) => issue(grants, formOf(request)) },
    { method: 'POST', path: '/revoke', handle: (request) => revoke(grants, request) },
    ...['GET', 'POST'].map((method) => ({
      method,
      path: '/tokeninfo',
      handle: (request: ApiRequest) => tokenInfo(grants, request),
    })),
  ];
}

function formOf({ body }: ApiRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

function issue(grants: Grants, form: URLSearchParams): object {
  const required = (name: string): string => {
    const value = form.get(name);
    if (!value) throw oauthError(400, 'invalid_request', `Missing required parameter: ${name}`);
    return value;
  };
  const grantType = required('grant_type');
  if (grantType !== 'refresh_token') {
    throw oauthError(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
  }
  const client = grants.authenticate(required('client_id'), required('client_secret'));
  const { value, lifetime, scopes } = grants.refresh(client, required('refresh_token'));
  return { access_token: value, expires_in: lifetime, scope: scopes.join(' '), token_type: 'Bearer' };
}

function revoke(grants: Grants, request: ApiRequest): object {
  const token = formOf(request).get('token') ?? request.query.get('token');
  if (!token) throw oauthError(400, 'invalid_request', 'Missing required parameter: token');
  grants.revoke(token);
  return {};
}

function tokenInfo(grants: Grants, { query, headers, body }: ApiRequest): object {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const token = bearer ?? query.get('access_token') ?? new URLSearchParams(body.toString('utf8')).get('access_token');
  const grant = token ? grants.find(token) : undefined;
  if (!grant) throw oauthError(400, 'invalid_token', 'Invalid Value');
  return {
    azp: grant.clientId,
    aud: grant.clientId,
    scope: grant.scopes.join(' '),
    exp: String(Math.floor(grant.expiresAt / 1000)),
    expires_in: String(grants.secondsLeft(grant)),
    access_type: 'offline',
  };
}
