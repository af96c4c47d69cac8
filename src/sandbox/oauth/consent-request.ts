import type { Challenge } from './consent-codes.ts';
import { readScopes } from './consent-scopes.ts';
import type { Client, Grants } from './grants.ts';

/** A sign-in that ends on an error page: it never reaches the app. */
export class SignInRefusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly heading: string;

  constructor(status: number, error: string, message: string, heading = 'Access blocked: Authorization Error') {
    super(message);
    this.status = status;
    this.error = error;
    this.heading = heading;
  }
}

/** A sign-in request that holds. access_type is not among it: a desktop app has offline access always. */
export interface SignInRequest {
  client: Client;
  redirectUri: string;
  scopes: readonly string[];
  state: string | undefined;
  challenge: Challenge | undefined;
  loginHint: string | undefined;
  prompts: ReadonlySet<string>;
  includeGranted: boolean;
}

const invalidRequest = (message: string) => new SignInRefusal(400, 'invalid_request', message);

/**
 * Reads an authorization request (https://developers.google.com/identity/protocols/oauth2/native-app).
 *
 * @throws SignInRefusal
 */
export function readSignIn(query: URLSearchParams, grants: Grants): SignInRequest {
  for (const name of new Set(query.keys())) {
    if (query.getAll(name).length > 1) {
      throw invalidRequest(`OAuth 2 parameters can only have a single value: ${name}`);
    }
  }
  const required = (name: string): string => {
    const value = query.get(name);
    if (!value) throw invalidRequest(`Missing required parameter: ${name}`);
    return value;
  };
  const client = servedClient(grants.client(required('client_id')));
  const redirectUri = loopbackUri(required('redirect_uri'));
  const responseType = required('response_type');
  if (responseType !== 'code') throw invalidRequest(`Invalid response_type: ${responseType}`);
  return {
    client,
    redirectUri,
    scopes: existingScopes(required('scope')),
    state: query.get('state') ?? undefined,
    challenge: readChallenge(query),
    loginHint: query.get('login_hint') ?? undefined,
    prompts: new Set(query.get('prompt')?.split(' ')),
    includeGranted: query.get('include_granted_scopes') === 'true',
  };
}

function servedClient(client: Client | undefined): Client {
  if (!client) throw new SignInRefusal(401, 'invalid_client', 'The OAuth client was not found.');
  if (client.blocked === 'deleted_client') {
    throw new SignInRefusal(401, 'deleted_client', 'The OAuth client was deleted.');
  }
  if (client.blocked === 'disabled_client') {
    throw new SignInRefusal(401, 'disabled_client', 'The OAuth client was disabled.');
  }
  return client;
}

/** A desktop app may be sent to any port and path of this computer, and nowhere else (RFC 8252, section 7.3). */
function loopbackUri(uri: string): string {
  const loopback = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?:[/?][^#\\\s]*)?$/;
  if (loopback.test(uri) && URL.canParse(uri)) return uri;
  throw new SignInRefusal(
    400,
    'redirect_uri_mismatch',
    'You can’t sign in because this app sent an invalid request.',
    'Access blocked: This app’s request is invalid',
  );
}

function existingScopes(value: string): readonly string[] {
  const { valid, invalid } = readScopes(value);
  if (invalid.length === 0) return valid;
  const lists = `{valid=[${valid.join(', ')}], invalid=[${invalid.join(', ')}]}`;
  throw new SignInRefusal(400, 'invalid_scope', `Some requested scopes were invalid. ${lists}`);
}

/** The method is `plain` where none is named, and a challenge has 43 to 128 characters (RFC 7636, section 4.2). */
function readChallenge(query: URLSearchParams): Challenge | undefined {
  const value = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') {
    throw invalidRequest(`Invalid parameter value for code_challenge_method: ${method}`);
  }
  if (!value) {
    if (query.has('code_challenge_method')) throw invalidRequest('Missing required parameter: code_challenge');
    return undefined;
  }
  if (!/^[\w.~-]{43,128}$/.test(value)) {
    throw invalidRequest(`Invalid parameter value for code_challenge: ${value}`);
  }
  return { value, method };
}
