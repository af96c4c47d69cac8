import type { FilterAction, FilterCriteria, KnownLabel } from '../../mailbox/organiser.ts';
import { LONGEST_ADDRESS } from '../../shared/limits/longest.ts';
import { visibleStart } from '../../shared/visible.ts';
import { shownName } from '../label-names.ts';

/** The search that finds the mail of a filter, as far as a search can say it. */
export function searchOf({ from, to, subject, query, negatedQuery, ...rest }: FilterCriteria): string {
  const { hasAttachment, size, sizeComparison } = rest;
  return [
    ...(from ? [`from:(${from})`] : []),
    ...(to ? [`to:(${to})`] : []),
    ...(subject ? [`subject:(${subject})`] : []),
    ...(query ? [query] : []),
    ...(negatedQuery ? [`-{${negatedQuery}}`] : []),
    ...(hasAttachment ? ['has:attachment'] : []),
    ...(size ? [`${sizeComparison}:${size}`] : []),
  ].join(' ');
}

/** What putting labels on and taking them off comes to, where it is no label of the user's. */
const ADDS: Readonly<Record<string, string>> = {
  STARRED: 'star',
  IMPORTANT: 'mark as important',
  TRASH: 'move to the trash',
  SPAM: 'mark as spam',
};
const REMOVES: Readonly<Record<string, string>> = {
  INBOX: 'archive',
  UNREAD: 'mark as read',
  SPAM: 'never send to spam',
  IMPORTANT: 'never mark as important',
};

/** What a filter does, in words: `archive, label News`. */
export function deedsOf({ add, remove, forward }: FilterAction, labels: readonly KnownLabel[]): string {
  const nameOf = (id: string) => shownName(labels.find((label) => label.id === id)?.name ?? id);
  const deeds = [
    ...remove.map((id) => REMOVES[id] ?? `take off the label ${nameOf(id)}`),
    ...add.map((id) => ADDS[id] ?? `label ${nameOf(id)}`),
    ...(forward ? [`forward to ${visibleStart(forward, LONGEST_ADDRESS)}`] : []),
  ];
  return deeds.join(', ') || 'nothing';
}
