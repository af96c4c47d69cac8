import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { invalidArgument } from '../google-error.ts';

export interface Label {
  id: string;
  name: string;
  type: 'system' | 'user';
  messageListVisibility?: 'show' | 'hide';
  labelListVisibility?: 'labelShow' | 'labelShowIfUnread' | 'labelHide';
  /** Colours of Gmail's palette, which user labels can have. */
  color?: { textColor: string; backgroundColor: string };
}

const CATEGORIES = ['PERSONAL', 'SOCIAL', 'PROMOTIONS', 'UPDATES', 'FORUMS'].map((name) => `CATEGORY_${name}`);

const system = (id: string): Label => ({ id, name: id, type: 'system' });
const hidden = (id: string): Label => ({
  ...system(id),
  messageListVisibility: 'hide',
  labelListVisibility: 'labelHide',
});

/** The labels that every mailbox has. */
export const SYSTEM_LABELS: readonly Label[] = [
  ...['INBOX', 'SENT', 'DRAFT'].map(system),
  ...['SPAM', 'TRASH'].map(hidden),
  ...['UNREAD', 'STARRED'].map(system),
  ...['IMPORTANT', 'CHAT', 'YELLOW_STAR', ...CATEGORIES].map(hidden),
];

/** A label as the user would make it. */
export const userLabel = (id: string, name: string, color?: Label['color']): Label => ({
  id,
  name,
  type: 'user',
  messageListVisibility: 'show',
  labelListVisibility: 'labelShow',
  ...(color ? { color } : {}),
});

/** A label as labels.get shows it, with the numbers of its messages and threads, which labels.list lacks. */
export function countedLabel(
  label: Label,
  messages: readonly { threadId: string; labelIds: ReadonlySet<string> }[],
): gmail_v1.Schema$Label {
  const labelled = messages.filter(({ labelIds }) => labelIds.has(label.id));
  const unread = labelled.filter(({ labelIds }) => labelIds.has('UNREAD'));
  const threads = (of: typeof labelled) => new Set(of.map(({ threadId }) => threadId)).size;
  return {
    ...label,
    messagesTotal: labelled.length,
    messagesUnread: unread.length,
    threadsTotal: threads(labelled),
    threadsUnread: threads(unread),
  };
}

/**
 * Checks labels that a request names.
 *
 * @throws GoogleError 400 for one that the mailbox does not have
 */
export function requireLabels(known: readonly Label[], ids: readonly string[]): void {
  const unknown = ids.find((id) => !known.some((label) => label.id === id));
  if (unknown !== undefined) throw invalidArgument(`Invalid label: ${unknown}`);
}
