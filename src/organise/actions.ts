import type { ChangeKind } from '../shared/changes/change-allowance.ts';

/** Labels to put on and to take off, by their ids. */
export interface LabelSets {
  add: readonly string[];
  remove: readonly string[];
}

interface ActionSpec extends LabelSets {
  kind: ChangeKind;
  /** What is about to be done, with % for the messages, and what was done, as a person reads it. */
  verb: string;
  done: string;
  /** Labels that Gmail itself may change along with these, and that are taken back with them. */
  alongside?: readonly string[];
}

const label = (verb: string, done: string, add: readonly string[], remove: readonly string[] = []): ActionSpec => {
  return { kind: 'labels', verb, done, add, remove };
};

/** What can be done to messages without naming a label. */
export const ACTIONS = {
  archive: label('Archive %', 'Archived', [], ['INBOX']),
  unarchive: label('Move % to the inbox', 'Moved to the inbox', ['INBOX']),
  read: label('Mark % as read', 'Marked as read', [], ['UNREAD']),
  unread: label('Mark % as unread', 'Marked as unread', ['UNREAD']),
  star: label('Star %', 'Starred', ['STARRED']),
  unstar: label('Unstar %', 'Unstarred', [], ['STARRED']),
  important: label('Mark % as important', 'Marked as important', ['IMPORTANT']),
  not_important: label('Mark % as not important', 'Marked as not important', [], ['IMPORTANT']),
  spam: { ...label('Report % as spam', 'Reported as spam', ['SPAM'], ['INBOX']), kind: 'bin' },
  not_spam: label('Take % out of spam', 'Taken out of spam', ['INBOX'], ['SPAM']),
  // Whether Gmail takes a message that goes to the trash out of the inbox is reported both ways.
  trash: {
    ...label('Move % to the trash', 'Moved to the trash', ['TRASH']),
    kind: 'bin',
    alongside: ['INBOX', 'SPAM'],
  },
  untrash: { ...label('Take % out of the trash', 'Taken out of the trash', [], ['TRASH']), alongside: ['INBOX'] },
} as const satisfies Readonly<Record<string, ActionSpec>>;

export type Action = keyof typeof ACTIONS;

export const ACTION_NAMES = Object.keys(ACTIONS) as [Action, ...Action[]];

/** What Gmail may have changed along with the labels of a change that was noted. */
export function alongside({ add, remove }: LabelSets): readonly string[] {
  const [on, off] = [add.includes('TRASH'), remove.includes('TRASH')];
  if (on) return ACTIONS.trash.alongside;
  return off ? ACTIONS.untrash.alongside : [];
}
