/** What a person allows the agent to do with an account, from the least to the most; each includes those before it. */
export const ACCESS_LEVELS = ['read', 'draft', 'organise', 'full'] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** What a tool needs to be allowed; 'none' for tools that touch no mail. */
export type Access = 'none' | 'read' | 'draft' | 'organise' | 'send';

/** How people read the levels and the kinds of access. */
export const LEVEL_NAMES: Record<AccessLevel, string> = {
  read: 'Read',
  draft: 'Draft',
  organise: 'Organise',
  full: 'Full',
};
export const ACCESS_NAMES: Record<Access, string> = {
  none: 'this',
  read: 'reading mail',
  draft: 'writing drafts',
  organise: 'organising mail',
  send: 'sending mail',
};

const SCOPE = {
  everything: 'https://mail.google.com/',
  modify: 'https://www.googleapis.com/auth/gmail.modify',
  readonly: 'https://www.googleapis.com/auth/gmail.readonly',
  compose: 'https://www.googleapis.com/auth/gmail.compose',
  send: 'https://www.googleapis.com/auth/gmail.send',
} as const;

/** The least level that includes each kind of access. */
const LEAST_LEVEL: Record<Access, AccessLevel> = {
  none: 'read',
  read: 'read',
  draft: 'draft',
  organise: 'organise',
  send: 'full',
};

/** Scopes of which one is enough (https://developers.google.com/workspace/gmail/api/auth/scopes). */
const ENOUGH: Record<Exclude<Access, 'none'>, readonly string[]> = {
  read: [SCOPE.readonly, SCOPE.modify, SCOPE.everything],
  draft: [SCOPE.compose, SCOPE.modify, SCOPE.everything],
  organise: [SCOPE.modify, SCOPE.everything],
  send: [SCOPE.send, SCOPE.compose, SCOPE.modify, SCOPE.everything],
};

/** Scopes that a sign-in asks for. Google has none for drafts alone, and gmail.modify includes sending. */
const ASKED: Record<AccessLevel, readonly string[]> = {
  read: [SCOPE.readonly],
  draft: [SCOPE.readonly, SCOPE.compose],
  organise: [SCOPE.modify],
  full: [SCOPE.modify],
};

/** The scopes to ask Google for, so that everything of the level works. */
export function scopesOf(level: AccessLevel): readonly string[] {
  return ASKED[level];
}

/** Why a kind of access is not there; undefined where it is. */
export type Denial = 'level' | 'scope' | undefined;

/**
 * Whether a level and the granted scopes allow a kind of access.
 *
 * @param scopes what Google granted; undefined where that is not known yet, and then only the level counts
 */
export function denialOf(access: Access, level: AccessLevel, scopes: readonly string[] | undefined): Denial {
  if (ACCESS_LEVELS.indexOf(level) < ACCESS_LEVELS.indexOf(LEAST_LEVEL[access])) return 'level';
  if (access === 'none' || scopes === undefined) return undefined;
  return ENOUGH[access].some((scope) => scopes.includes(scope)) ? undefined : 'scope';
}

/** What a level includes and the granted scopes do not allow: what somebody unticked at the sign-in. */
export function missingAccess(level: AccessLevel, scopes: readonly string[] | undefined): Access[] {
  const all: readonly Access[] = ['read', 'draft', 'organise', 'send'];
  return all.filter((access) => denialOf(access, level, scopes) === 'scope');
}

/** The least level that includes a kind of access. */
export function leastLevelFor(access: Access): AccessLevel {
  return LEAST_LEVEL[access];
}

/** The lower of two levels. */
export function lowerLevel(a: AccessLevel, b: AccessLevel): AccessLevel {
  return ACCESS_LEVELS.indexOf(a) <= ACCESS_LEVELS.indexOf(b) ? a : b;
}
