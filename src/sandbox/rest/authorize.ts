import { apiError, insufficientScopes, invalidCredentials, missingCredentials } from '../google-error.ts';
import type { ApiRequest } from '../http.ts';
import type { Grants } from '../oauth/grants.ts';
import { bearerOf } from '../oauth/oauth-api.ts';
import { METADATA, SCOPE_PREFIX } from './scopes.ts';

/** What is known of whoever makes a call. */
export interface Caller {
  /** Whether the token holds gmail.metadata, among whatever else. */
  holdsMetadata: boolean;
}

/** What a call has to be allowed. */
export interface Needed {
  /** One of them is enough. */
  scopes: readonly string[];
  /** As Google's servers name the method, for example `ListMessages`. */
  rpc: string;
}

/**
 * Lets a call pass whose token is good for it.
 *
 * A token that holds gmail.metadata neither searches nor shows contents, even where it holds gmail.modify as well
 * (googleapis/google-api-python-client, issue 582).
 *
 * @throws GoogleError 401 or 403
 */
export function authorize(request: ApiRequest, grants: Grants, { scopes, rpc }: Needed): Caller {
  const bearer = bearerOf(request);
  if (!bearer) throw missingCredentials(rpc);
  const grant = grants.find(bearer);
  if (!grant) throw invalidCredentials();
  const held = grant.scopes.map((scope) => scope.replace(SCOPE_PREFIX, ''));
  if (!scopes.some((scope) => held.includes(scope))) throw insufficientScopes(rpc);
  const holdsMetadata = held.includes(METADATA);
  if (holdsMetadata) refuseContent(request, rpc);
  return { holdsMetadata };
}

/** Methods that answer a message in a format. */
const FORMATTED = new Set(['GetMessage', 'GetThread', 'GetDraft']);

function refuseContent({ query }: ApiRequest, rpc: string): void {
  if (query.has('q')) throw apiError(403, 'forbidden', "Metadata scope does not support 'q' parameter");
  const format = (query.get('format') ?? 'full').toUpperCase();
  if (FORMATTED.has(rpc) && (format === 'FULL' || format === 'RAW')) {
    throw apiError(403, 'forbidden', `Metadata scope doesn't allow format ${format}`);
  }
}
