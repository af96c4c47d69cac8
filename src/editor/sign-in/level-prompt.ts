import { type QuickPick, type QuickPickItem, window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import {
  ACCESS_LEVELS,
  ACCESS_NAMES,
  type Access,
  type AccessLevel,
  holdsFilters,
  LEVEL_NAMES,
  mayHaveFilters,
} from '../../shared/access.ts';
import { type Answer, ask, BACK, type Place } from './steps.ts';

const WIDER = 'Google’s permission includes sending; the agent is not offered it.';

/** What a level means, in plain words. */
const LEVELS: Record<AccessLevel, { may: string; detail: string }> = {
  read: {
    may: 'find and read mail',
    detail: 'Nothing in the mailbox is changed. Google’s permission is to read.',
  },
  draft: { may: 'read mail and write drafts', detail: `You send them yourself. ${WIDER}` },
  organise: {
    may: 'read mail, write drafts, and label, archive or trash messages',
    detail: `Deletes nothing for good. ${WIDER}`,
  },
  full: {
    may: 'read, write, organise, and send mail',
    detail: 'Each send waits for your yes. Nothing is deleted for good.',
  },
};

/** What a person lets the agent do. */
export interface ChosenAccess {
  level: AccessLevel;
  /** Whether filters too, which are no part of any level. */
  filters: boolean;
}

/** For example `find and read mail`. */
export function describeLevel(level: AccessLevel, filters = false): string {
  return `${LEVELS[level].may}${filters ? ', and manage filters' : ''}`;
}

/** Whether the agent may manage the filters of an account. */
export function hasFilters({ level, scopes }: Pick<Account, 'level' | 'scopes'>): boolean {
  return mayHaveFilters(level) && holdsFilters(scopes);
}

/** For example `reading mail and sending mail`. */
export function describeAccess(access: readonly Access[]): string {
  return new Intl.ListFormat('en').format(access.map((each) => ACCESS_NAMES[each]));
}

/** The levels that may be chosen: where there is one, nobody is asked. */
export const levelsUpTo = (maximum: AccessLevel): readonly AccessLevel[] =>
  ACCESS_LEVELS.slice(0, ACCESS_LEVELS.indexOf(maximum) + 1);

/** A level to choose, or the tick for filters, which has none. */
type Item = QuickPickItem & { level?: AccessLevel };

/** What the question begins with, and where it stands. */
interface AccessQuestion {
  now?: ChosenAccess;
  chosen?: ChosenAccess;
  place?: Place;
  onBack?(chosen: ChosenAccess): void;
}

/**
 * Asks what the agent may do, in one step: a level is chosen, and filters are a tick in the same list, so that whoever
 * does not want them meets no further step. Undefined when the person leaves.
 *
 * @param maximum the most that may be chosen; where that leaves one level, nobody is asked
 * @param now what the account allows
 * @param chosen what is chosen so far in these steps
 * @param onBack is told of it when the person goes back, so that it is there again afterwards
 */
export async function askForAccess(
  title: string,
  maximum: AccessLevel,
  { now, chosen = now, place, onBack }: AccessQuestion = {},
): Promise<Answer<ChosenAccess>> {
  const possible = levelsUpTo(maximum);
  const [least] = possible;
  if (possible.length === 1 && least) return { level: least, filters: false };
  const levels = possible.map((level) => ({
    label: LEVEL_NAMES[level],
    description: `may ${LEVELS[level].may}${level === now?.level ? ' (as now)' : ''}`,
    detail: LEVELS[level].detail,
    level,
  }));
  let filters = chosen?.filters ?? false;
  const items = (): Item[] => (mayHaveFilters(maximum) ? [...levels, filterItem(filters)] : levels);
  const picker: QuickPick<Item> = window.createQuickPick<Item>();
  picker.placeholder = 'The least that your work needs is the safest; it can be changed later';
  picker.items = items();
  // Without one in focus a screen reader would say nothing, and Enter would do nothing.
  const focused = chosen?.level ?? least;
  picker.activeItems = picker.items.filter(({ level }) => level !== undefined && level === focused);
  const level = await ask<AccessLevel>(picker, { title, place }, (answer) =>
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item?.level) return answer(item.level);
      if (!item) return;
      filters = !filters;
      const next = items();
      picker.items = next;
      picker.activeItems = next.slice(-1);
    }),
  );
  if (level === BACK) {
    const inFocus = picker.activeItems[0]?.level ?? focused;
    if (inFocus) onBack?.({ level: inFocus, filters });
  }
  if (level === undefined || level === BACK) return level;
  return { level, filters: filters && mayHaveFilters(level) };
}

const filterItem = (isTicked: boolean): Item => ({
  label: `${isTicked ? '$(pass-filled)' : '$(circle-large-outline)'} Filters too`,
  description: `${isTicked ? 'ticked' : 'not ticked'}: with Organise or Full, list, create and delete filters`,
  detail: 'Each change waits for your yes. Google’s permission includes other settings of Gmail.',
});
