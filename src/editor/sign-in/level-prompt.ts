import { window } from 'vscode';
import { ACCESS_LEVELS, ACCESS_NAMES, type Access, type AccessLevel, LEVEL_NAMES } from '../../shared/access.ts';

const WIDER = 'Google’s own permission for this includes sending; the extension does not offer it to the agent.';

/** What a level means, in plain words. */
const LEVELS: Record<AccessLevel, { may: string; detail: string }> = {
  read: {
    may: 'find and read mail',
    detail: 'Nothing in the mailbox is changed. Google’s permission is to read.',
  },
  draft: { may: 'read mail and write drafts', detail: `You send the drafts yourself. ${WIDER}` },
  organise: {
    may: 'read mail, write drafts, and label, archive or trash messages',
    detail: `Nothing is deleted for good. ${WIDER}`,
  },
  full: {
    may: 'read, write, organise, and send mail',
    detail: 'Each send waits for your yes. Nothing is deleted for good.',
  },
};

/** For example `find and read mail`. */
export function describeLevel(level: AccessLevel): string {
  return LEVELS[level].may;
}

/** For example `reading mail and sending mail`. */
export function describeAccess(access: readonly Access[]): string {
  return new Intl.ListFormat('en').format(access.map((each) => ACCESS_NAMES[each]));
}

/**
 * Asks what the agent may do. Undefined when the person leaves.
 *
 * @param maximum the most that may be chosen; where that leaves one level, nobody is asked
 * @param current the level that the account has
 */
export async function askForLevel(
  title: string,
  maximum: AccessLevel,
  current?: AccessLevel,
): Promise<AccessLevel | undefined> {
  const possible = ACCESS_LEVELS.slice(0, ACCESS_LEVELS.indexOf(maximum) + 1);
  if (possible.length === 1) return possible[0];
  const items = possible.map((level) => ({
    label: LEVEL_NAMES[level],
    description: `may ${LEVELS[level].may}${level === current ? ' (as now)' : ''}`,
    detail: LEVELS[level].detail,
    level,
  }));
  const placeHolder = 'The least that your work needs is the safest; it can be changed later';
  return (await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.level;
}
