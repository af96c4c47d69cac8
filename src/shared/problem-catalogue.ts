import { ACCOUNT_PROBLEMS } from './catalogue/accounts.ts';
import { CALL_PROBLEMS } from './catalogue/call.ts';
import { GOOGLE_PROBLEMS } from './catalogue/google.ts';
import { ORGANISING_PROBLEMS } from './catalogue/organising.ts';
import { RECIPIENT_PROBLEMS } from './catalogue/recipients.ts';
import { WRITING_PROBLEMS } from './catalogue/writing.ts';

export type { Audience, CredentialSource, Explanation } from './catalogue/words.ts';

/**
 * The one map from what went wrong to what a person or a model is told. Each entry says what happened, why, and the
 * one thing to do next; the next step depends on where the credentials come from.
 */
export const CATALOGUE = {
  ...CALL_PROBLEMS,
  ...ACCOUNT_PROBLEMS,
  ...GOOGLE_PROBLEMS,
  ...RECIPIENT_PROBLEMS,
  ...WRITING_PROBLEMS,
  ...ORGANISING_PROBLEMS,
} as const;
