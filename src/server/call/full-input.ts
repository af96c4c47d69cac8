import * as z from 'zod';
import type { NeededCredential } from '../../credentials/credentials.ts';
import { LONGEST_ADDRESS } from '../../shared/limits/longest.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import type { Tool } from './tool.ts';

/** Longer than any credential of Google, in characters. */
const LONGEST_CREDENTIAL = 8192;

const credential = (description: string) => z.string().max(LONGEST_CREDENTIAL).describe(description);

const FIELDS: Record<NeededCredential, z.ZodRawShape> = {
  'access token': { google_access_token: credential('Google OAuth 2.0 access token with Gmail scopes') },
  'refresh token': {
    google_access_token: credential('The current access token; not needed to get a new one').optional(),
    google_refresh_token: credential('Google OAuth 2.0 refresh token'),
    google_client_id: credential('Id of the OAuth client that the refresh token was issued to'),
    google_client_secret: credential('Secret of that OAuth client'),
  },
};

/** The arguments that every tool with this need takes in addition to its own, where credentials come as arguments. */
const credentialFields = (source: CredentialSource, need: NeededCredential): z.ZodRawShape =>
  source === 'arguments' ? FIELDS[need] : {};

/**
 * The arguments of a tool as a client sees them: those that carry credentials, its own, and the one that names an
 * account, where there is a choice.
 */
export function fullInput(tool: Tool, source: CredentialSource, account: z.ZodRawShape): z.ZodObject {
  return z.strictObject({ ...credentialFields(source, tool.needs), ...tool.input.shape, ...account });
}

/** The argument by which a call names an account; none for a tool that is about all of them. */
export function accountArgument(tool: Tool, defaultAccount?: string): { account?: z.ZodOptional<z.ZodString> } {
  if (tool.offered === 'several accounts') return {};
  const usual = defaultAccount === undefined ? '' : ` (default ${defaultAccount})`;
  const description = `E-mail address of the account to use${usual}; gmail_list_accounts names all`;
  return { account: z.string().trim().max(LONGEST_ADDRESS).optional().describe(description) };
}
