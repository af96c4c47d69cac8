/** What a person allows the agent to do with an account, from the least to the most; each includes those before it. */
export const ACCESS_LEVELS = ['read', 'draft', 'organise', 'full'] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** What a tool needs to be allowed; 'none' for tools that touch no mail. */
export type Access = 'none' | 'read' | 'draft' | 'organise' | 'filters' | 'send';

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
  filters: 'managing filters',
  send: 'sending mail',
};

const SCOPE = {
  everything: 'https://mail.google.com/',
  modify: 'https://www.googleapis.com/auth/gmail.modify',
  readonly: 'https://www.googleapis.com/auth/gmail.readonly',
  compose: 'https://www.googleapis.com/auth/gmail.compose',
  send: 'https://www.googleapis.com/auth/gmail.send',
  settings: 'https://www.googleapis.com/auth/gmail.settings.basic',
} as const;

/** The least level that includes each kind of access. */
const LEAST_LEVEL: Record<Access, AccessLevel> = {
  none: 'read',
  read: 'read',
  draft: 'draft',
  organise: 'organise',
  filters: 'organise',
  send: 'full',
};

/** Kinds of access for which one scope is enough. */
type PlainAccess = Exclude<Access, 'none' | 'filters'>;

/** Scopes of which one is enough (https://developers.google.com/workspace/gmail/api/auth/scopes). */
const ENOUGH: Record<PlainAccess, readonly string[]> = {
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

/**
 * The scopes to ask Google for, so that everything of the level works.
 *
 * @param filters whether the person wants filters managed too; below the level that includes them it counts for nothing
 */
export function scopesOf(level: AccessLevel, filters = false): readonly string[] {
  return filters && mayHaveFilters(level) ? [...ASKED[level], SCOPE.settings] : ASKED[level];
}

/** Whether a level includes filters, where Google grants the scope for them. */
export function mayHaveFilters(level: AccessLevel): boolean {
  return denialOf('filters', level, undefined) === undefined;
}

/** Whether scopes hold the one for filters, which also changes other settings, such as the signature. */
export function holdsFilters(scopes: readonly string[] | undefined): boolean {
  return scopes?.includes(SCOPE.settings) === true;
}

/** Scopes without the one for filters: what is kept of a sign-in for which nobody has ticked it. */
export function withoutFilters(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== SCOPE.settings);
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
  const isGranted = (kind: PlainAccess) => ENOUGH[kind].some((scope) => scopes.includes(scope));
  // The scope for filters opens no mail, and no filter is made without a look at the mail that it would have found.
  if (access === 'filters') return holdsFilters(scopes) && isGranted('organise') ? undefined : 'scope';
  return isGranted(access) ? undefined : 'scope';
}

/**
 * Whether a tool is shown to a model. The scope for filters is one that hardly anybody grants, so that what needs it is
 * shown only where it is known to be there.
 */
export function isOffered(access: Access, level: AccessLevel, scopes: readonly string[] | undefined): boolean {
  return denialOf(access, level, scopes) === undefined && (access !== 'filters' || scopes !== undefined);
}

/**
 * What a level includes and the granted scopes do not allow: what somebody unticked at the sign-in.
 *
 * @param filters whether the person wants filters managed too
 */
export function missingAccess(level: AccessLevel, scopes: readonly string[] | undefined, filters = false): Access[] {
  const all: readonly Access[] = ['read', 'draft', 'organise', 'send', ...(filters ? (['filters'] as const) : [])];
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
