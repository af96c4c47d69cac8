import type { ChangeKind } from '../shared/changes/change-allowance.ts';

/** Labels to put on and to take off, by their ids. */
export interface LabelSets {
  add: readonly string[];
  remove: readonly string[];
}

/**
 * Says what is about to be done.
 *
 * @param messages the words for them, with a blank in front; nothing where they go without saying
 */
export type Verb = (messages: string) => string;

interface ActionSpec extends LabelSets {
  kind: ChangeKind;
  /** What is about to be done, and what was done, as a person reads it. */
  verb: Verb;
  done: string;
  /** Labels that Gmail itself may change along with these, and that are taken back with them. */
  alongside?: readonly string[];
}

const label = (verb: Verb, done: string, add: readonly string[], remove: readonly string[] = []): ActionSpec => {
  return { kind: 'labels', verb, done, add, remove };
};

/** What can be done to messages without naming a label. */
export const ACTIONS = {
  archive: label((them) => `Archive${them}`, 'Archived', [], ['INBOX']),
  unarchive: label((them) => `Move${them} to the inbox`, 'Moved to the inbox', ['INBOX']),
  read: label((them) => `Mark${them} as read`, 'Marked as read', [], ['UNREAD']),
  unread: label((them) => `Mark${them} as unread`, 'Marked as unread', ['UNREAD']),
  star: label((them) => `Star${them}`, 'Starred', ['STARRED']),
  unstar: label((them) => `Unstar${them}`, 'Unstarred', [], ['STARRED']),
  important: label((them) => `Mark${them} as important`, 'Marked as important', ['IMPORTANT']),
  not_important: label((them) => `Mark${them} as not important`, 'Marked as not important', [], ['IMPORTANT']),
  spam: {
    ...label((them) => `Report${them} as spam`, 'Reported as spam', ['SPAM'], ['INBOX']),
    kind: 'bin',
    alongside: ['TRASH'],
  },
  not_spam: label((them) => `Take${them} out of spam`, 'Taken out of spam', ['INBOX'], ['SPAM']),
  // Whether Gmail takes a message that goes to the trash out of the inbox is reported both ways.
  trash: {
    ...label((them) => `Move${them} to the trash`, 'Moved to the trash', ['TRASH']),
    kind: 'bin',
    alongside: ['INBOX', 'SPAM'],
  },
  untrash: {
    ...label((them) => `Take${them} out of the trash`, 'Taken out of the trash', [], ['TRASH']),
    alongside: ['INBOX'],
  },
} as const satisfies Readonly<Record<string, ActionSpec>>;

export type Action = keyof typeof ACTIONS;

export const ACTION_NAMES = Object.keys(ACTIONS) as [Action, ...Action[]];

/** What Gmail may have changed along with the labels of a change that was noted. */
export function alongside({ add, remove }: LabelSets): readonly string[] {
  if (add.includes('TRASH')) return ACTIONS.trash.alongside;
  if (add.includes('SPAM')) return ACTIONS.spam.alongside;
  return remove.includes('TRASH') ? ACTIONS.untrash.alongside : [];
}
