import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { Problem } from '../shared/problems.ts';
import { visibleStart } from '../shared/visible.ts';
import { foundOf } from './connection/batch.ts';
import type { GmailConnection } from './connection/connection.ts';

export interface CountedLabel {
  id: string;
  /** As a person knows it: Gmail's own labels by the names of its interface. */
  name: string;
  type: 'system' | 'user';
  messagesTotal: number;
  messagesUnread: number;
  threadsTotal: number;
  threadsUnread: number;
}

/** Gmail's own labels in the order in which a person looks for them. */
const SYSTEM_NAMES: ReadonlyMap<string, string> = new Map([
  ['INBOX', 'Inbox'],
  ['UNREAD', 'Unread'],
  ['STARRED', 'Starred'],
  ['IMPORTANT', 'Important'],
  ['SENT', 'Sent'],
  ['DRAFT', 'Drafts'],
  ['SPAM', 'Spam'],
  ['TRASH', 'Trash'],
  ['CATEGORY_PERSONAL', 'Primary category'],
  ['CATEGORY_SOCIAL', 'Social category'],
  ['CATEGORY_PROMOTIONS', 'Promotions category'],
  ['CATEGORY_UPDATES', 'Updates category'],
  ['CATEGORY_FORUMS', 'Forums category'],
]);

/** Chats have left Gmail, so their label holds nothing that is mail; the yellow star is that of STARRED. */
const USELESS = new Set(['CHAT', 'YELLOW_STAR']);

/**
 * The labels of the mailbox with their counts: Gmail's own first, then the user's by name. Counts come with labels.get
 * alone, so it takes one request for the list and one for each 25 labels. The counts include hidden messages.
 */
export async function listLabels(gmail: GmailConnection, signal: AbortSignal): Promise<CountedLabel[]> {
  const { labels = [] } = await gmail.run(signal, (api, options) =>
    api.users.labels.list({ userId: 'me', fields: 'labels/id' }, options),
  );
  const requests = labels
    .flatMap(({ id }) => (id && !USELESS.has(id) ? id : []))
    .map((id) => ({ path: ['labels', id], subject: { kind: 'label', id } }));
  const counted = foundOf(await gmail.batch<gmail_v1.Schema$Label>(requests, signal));
  return counted.map(toLabel).sort(compare);
}

function toLabel(label: gmail_v1.Schema$Label): CountedLabel {
  const id = label.id ?? '';
  const isSystem = label.type === 'system';
  return {
    id,
    name: isSystem ? systemName(id) : (label.name ?? id),
    type: isSystem ? 'system' : 'user',
    messagesTotal: label.messagesTotal ?? 0,
    messagesUnread: label.messagesUnread ?? 0,
    threadsTotal: label.threadsTotal ?? 0,
    threadsUnread: label.threadsUnread ?? 0,
  };
}

/** Gmail has further ones for some users, such as RED_BANG. */
function systemName(id: string): string {
  const words = id.toLowerCase().replaceAll('_', ' ');
  return SYSTEM_NAMES.get(id) ?? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

const ORDER = [...SYSTEM_NAMES.keys()];

function rank({ id, type }: CountedLabel): number {
  if (type === 'user') return ORDER.length + 1;
  const index = ORDER.indexOf(id);
  return index < 0 ? ORDER.length : index;
}

function compare(a: CountedLabel, b: CountedLabel): number {
  return rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }) || (a.id < b.id ? -1 : 1);
}

/** A label without its counts. */
export interface KnownLabel {
  id: string;
  name: string;
  type: 'system' | 'user';
}

/** Every label, in one request. */
export async function knownLabels(gmail: GmailConnection, signal: AbortSignal): Promise<KnownLabel[]> {
  const { labels = [] } = await gmail.run(signal, (api, options) =>
    api.users.labels.list({ userId: 'me', fields: 'labels(id,name,type)' }, options),
  );
  return labels.map(toKnown);
}

/** Colours of a label, each as `#rrggbb` of Gmail's palette. */
export interface LabelColour {
  textColor: string;
  backgroundColor: string;
}

/** What a label can be besides its messages. */
export interface LabelLook {
  name?: string;
  color?: LabelColour;
  /** Whether it stands in the list of labels. */
  labelListVisibility?: 'labelShow' | 'labelHide';
}

/**
 * Creates a label (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/create).
 *
 * @throws Problem `label_name_wrong` where the name is taken, reserved or no name
 */
export async function createLabel(
  gmail: GmailConnection,
  { name, color }: Pick<LabelLook, 'color'> & { name: string },
  signal: AbortSignal,
): Promise<KnownLabel> {
  const shown = { labelListVisibility: 'labelShow', messageListVisibility: 'show' };
  const requestBody = { name, ...shown, ...(color ? { color } : {}) };
  return toKnown(
    await nameRefused(name, () =>
      gmail.run(signal, (api, options) => api.users.labels.create({ userId: 'me', requestBody }, options)),
    ),
  );
}

/**
 * Changes a label, and leaves of it what is not given
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/patch).
 *
 * @throws Problem `label_name_wrong` as `createLabel` does; `not_found`
 */
export async function changeLabel(
  gmail: GmailConnection,
  { id, look }: { id: string; look: LabelLook },
  signal: AbortSignal,
): Promise<KnownLabel> {
  return toKnown(
    await nameRefused(look.name ?? id, () =>
      gmail.run(
        signal,
        (api, options) => api.users.labels.patch({ userId: 'me', id, requestBody: look }, options),
        subjectOf(id),
      ),
    ),
  );
}

/** Takes a label off all mail and deletes it; the messages stay. Throws `not_found`. */
export async function deleteLabel(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<void> {
  await gmail.run(signal, (api, options) => api.users.labels.delete({ userId: 'me', id }, options), subjectOf(id));
}

/** How many messages have a label, hidden ones included. Throws `not_found`. */
export async function countOfLabel(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<number> {
  const { messagesTotal } = await gmail.run(
    signal,
    (api, options) => api.users.labels.get({ userId: 'me', id, fields: 'messagesTotal' }, options),
    subjectOf(id),
  );
  return messagesTotal ?? 0;
}

const subjectOf = (id: string) => ({ kind: 'label', id });

/** What Gmail says of a name that it does not take: 409 for one that is there, 400 for one that is reserved. */
async function nameRefused<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = error instanceof Problem ? (error.details ?? '') : '';
    if (!/label name/i.test(said)) throw error;
    throw Problem.of('label_name_wrong', { label: visibleStart(name, 60), reason: `Google said: ${said}` });
  }
}

const toKnown = ({ id, name, type }: gmail_v1.Schema$Label): KnownLabel => ({
  id: id ?? '',
  name: name ?? '',
  type: type === 'system' ? 'system' : 'user',
});
