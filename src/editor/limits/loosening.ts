import { ACCESS_LEVELS, type AccessLevel, LEVEL_NAMES, lowerLevel } from '../../shared/access.ts';
import { clip } from '../../shared/code-points.ts';
import { hideBoth, hidesAtLeast, problemIn } from '../../shared/hidden/hidden-query.ts';
import type { Privacy } from '../../shared/privacy.ts';
import { visible } from '../../shared/visible.ts';

/** The settings that keep mail and codes out of the agent's reach, and the one that keeps what it does in view. */
export interface Limits extends Privacy {
  maximumAccess: AccessLevel;
  recordsActivity: boolean;
}

/** Those that the person may be asked about. */
export type LimitName = keyof Limits;
export const LIMIT_NAMES: readonly LimitName[] = ['hiddenQuery', 'showsCodes', 'maximumAccess', 'recordsActivity'];

/** How much of a search the question shows, in code points. */
const LONGEST_SHOWN = 300;

/** What lets through no more than either does. */
export function stricter(one: Limits, other: Limits): Limits {
  return {
    hiddenQuery: hideBoth(one.hiddenQuery, other.hiddenQuery),
    showsCodes: one.showsCodes && other.showsCodes,
    maximumAccess: lowerLevel(one.maximumAccess, other.maximumAccess),
    recordsActivity: one.recordsActivity || other.recordsActivity,
  };
}

/** Which of the limits may let through more than before. */
export function loosened(before: Limits, after: Limits): LimitName[] {
  const isLooser: Record<LimitName, boolean> = {
    hiddenQuery: !problemIn(after.hiddenQuery) && !hidesAtLeast(after.hiddenQuery, before.hiddenQuery),
    showsCodes: after.showsCodes && !before.showsCodes,
    maximumAccess: ACCESS_LEVELS.indexOf(after.maximumAccess) > ACCESS_LEVELS.indexOf(before.maximumAccess),
    recordsActivity: before.recordsActivity && !after.recordsActivity,
  };
  return LIMIT_NAMES.filter((name) => isLooser[name]);
}

/** What each change means, for the question to the person. */
export function describeLoosening(name: LimitName, before: Limits, after: Limits): string {
  const shown = (query: string) => (query ? `mail that “${visible(clip(query, LONGEST_SHOWN))}” finds` : 'no mail');
  return {
    hiddenQuery: `Hide ${shown(after.hiddenQuery)} from the agent; until now: ${shown(before.hiddenQuery)} (setting headlessGmail.hiddenQuery).`,
    showsCodes:
      'Show the agent one-time codes and links that sign in or reset a password (setting headlessGmail.showCodes).',
    maximumAccess: `Let accounts allow the agent up to ${LEVEL_NAMES[after.maximumAccess]}; until now: ${LEVEL_NAMES[before.maximumAccess]} (setting headlessGmail.maximumAccess).`,
    recordsActivity: 'Record no longer what agents read, send and change (setting headlessGmail.recordActivity).',
  }[name];
}
