import * as z from 'zod';
import type { OAuthClientCredentials } from '../oauth/token-client.ts';
import { parseLoopbackOrigin } from '../shared/google/loopback.ts';
import { Problem } from '../shared/problems.ts';

export interface ImportedClient extends OAuthClientCredentials {
  /** Set where the file describes a client of a local stand-in for Google. */
  sandboxOrigin: string | undefined;
}

/** A whole file is a few hundred bytes; this is room for long lists of origins, in characters. */
const LONGEST_FILE = 100_000;

const clientSchema = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  token_uri: z.string().optional(),
  redirect_uris: z.array(z.string()).optional(),
});

const fileSchema = z.object({
  installed: clientSchema.optional(),
  web: clientSchema.optional(),
  type: z.string().optional(),
  refresh_token: z.string().optional(),
});

/**
 * Reads the client file that Google Cloud offers for download (`client_secret….json`).
 *
 * @throws Problem `client_file_wrong`, which says what kind of file it is instead and where the right one is
 */
export function parseClientFile(text: string): ImportedClient {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success) throw wrong('it is not a client file of Google Cloud');
  const { installed, web, type } = file.data;
  if (type === 'service_account') throw wrong('it is the key of a service account, which cannot read a mailbox');
  if (type === 'authorized_user') throw wrong('it holds application default credentials, not an OAuth client');
  if (type === 'external_account') throw wrong('it configures workload identity, not an OAuth client');
  const client = installed ?? web;
  if (!client) throw wrong('it names no OAuth client');
  if (!installed && !hasLoopbackRedirect(client.redirect_uris)) {
    throw wrong('it is a web client without a redirect to this computer (http://127.0.0.1 or http://localhost)');
  }
  return { ...checkClient(client.client_id, client.client_secret), sandboxOrigin: sandboxOriginOf(client.token_uri) };
}

/**
 * Checks a client id and secret, typed or read from a file. Surrounding blanks, as copying leaves them, are dropped.
 *
 * @throws Problem `client_file_wrong`
 */
export function checkClient(clientId: string, clientSecret: string): OAuthClientCredentials {
  const id = clientId.trim();
  const secret = clientSecret.trim();
  const reason = clientIdFault(id) ?? secretFault('client secret', secret);
  if (reason) throw wrong(reason);
  return { clientId: id, clientSecret: secret };
}

/** Why a text cannot be a client id, for the input box; undefined where it can. */
export function clientIdFault(text: string): string | undefined {
  const id = text.trim();
  if (/^AIza/.test(id)) return 'this is an API key, and a mailbox needs an OAuth client id';
  if (/\.iam\.gserviceaccount\.com$/.test(id)) return 'this names a service account, which cannot read a mailbox';
  return /^[\w-]+\.apps\.googleusercontent\.com$/.test(id)
    ? undefined
    : 'a client id ends in .apps.googleusercontent.com and has no blanks';
}

/** Why a text cannot be a secret of Google's; undefined where it can. */
export function secretFault(what: 'client secret' | 'refresh token', text: string): string | undefined {
  const secret = text.trim();
  if (secret === '') return `the ${what} is blank`;
  if (/^AIza/.test(secret)) return `this is an API key, not a ${what}`;
  if (what === 'refresh token' && /^ya29\./.test(secret)) return 'this is an access token, which dies within the hour';
  return /^[\x21-\x7e]{1,8192}$/.test(secret)
    ? undefined
    : `the ${what} has a blank, a line break or another unusual character inside, or is far too long`;
}

const wrong = (reason: string) => Problem.of('client_file_wrong', { reason });

function parseJson(text: string): unknown {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') throw wrong('it is empty');
  if (trimmed.length > LONGEST_FILE) throw wrong('it is far too long for a client file');
  if (/^AIza/.test(trimmed)) throw wrong('it is an API key, and a mailbox needs an OAuth client');
  try {
    return JSON.parse(trimmed);
  } catch {
    throw wrong(trimmed.startsWith('{') ? 'its JSON is cut off or broken' : 'it is not JSON');
  }
}

function hasLoopbackRedirect(uris: readonly string[] = []): boolean {
  return uris.some((uri) => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$)/.test(uri));
}

/** Google's own token endpoint, a local stand-in's, or a reason to refuse: credentials would go to that host. */
function sandboxOriginOf(tokenUri: string | undefined): string | undefined {
  if (tokenUri === undefined || /^https:\/\/(oauth2|accounts|www)\.(googleapis|google)\.com\//.test(tokenUri)) {
    return undefined;
  }
  try {
    return parseLoopbackOrigin('token_uri', tokenUri.replace(/\/token$/, ''));
  } catch {
    throw wrong('its token_uri is neither Google’s nor on this computer');
  }
}
