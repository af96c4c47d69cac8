import type { ProblemCode } from '../../shared/problems.ts';

/** What the person does about a sign-in that no longer works. */
export type Remedy = 'signIn' | 'reload' | 'client' | 'administrator';

interface Trouble {
  /** Why the sign-in does not work, as part of a sentence. */
  reason: string;
  remedy: Remedy;
}

const TROUBLES: Partial<Record<ProblemCode, Trouble>> = {
  grant_dead: { reason: 'Google no longer accepts the sign-in', remedy: 'signIn' },
  signed_in_elsewhere: { reason: 'it was signed in anew in another window', remedy: 'reload' },
  grant_expired: { reason: 'the seven days of the sign-in are over', remedy: 'signIn' },
  reauthentication_required: { reason: 'Google asks for a fresh sign-in', remedy: 'signIn' },
  token_request_refused: { reason: 'Google issues no access token', remedy: 'signIn' },
  client_unknown: { reason: 'Google does not know the OAuth client', remedy: 'client' },
  client_mismatch: { reason: 'the sign-in belongs to another OAuth client', remedy: 'client' },
  policy_enforced: { reason: 'the administrator does not allow this app', remedy: 'administrator' },
};

/**
 * What a problem with an access token says of the sign-in. Undefined for problems that pass by themselves, such as a
 * connection that fails: they say nothing of it.
 */
export function troubleOf(code: string | undefined): Trouble | undefined {
  return code !== undefined && Object.hasOwn(TROUBLES, code) ? TROUBLES[code as ProblemCode] : undefined;
}
