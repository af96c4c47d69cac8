import * as z from 'zod';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import type { NeededCredential } from './credentials.ts';

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
export const credentialFields = (source: CredentialSource, need: NeededCredential): z.ZodRawShape =>
  source === 'arguments' ? FIELDS[need] : {};
