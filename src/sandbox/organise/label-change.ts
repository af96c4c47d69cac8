import { badField, invalidArgument } from '../google-error.ts';
import { requireLabels } from '../store/labels.ts';
import type { MailStore } from '../store/mail-store.ts';

/** Labels to put on and to take off, by their ids. */
export interface LabelChange {
  add: readonly string[];
  remove: readonly string[];
}

/** More labels at once are refused. */
const MOST_LABELS = 100;

/** Gmail alone sets these (https://developers.google.com/workspace/gmail/api/guides/labels). */
const FIXED = ['SENT', 'DRAFT'];

/** A message lies in one of these at most. */
export const PLACES: readonly string[] = ['INBOX', 'SPAM', 'TRASH'];

/**
 * Reads `addLabelIds` and `removeLabelIds`.
 *
 * @throws GoogleError 400 where there is nothing to do, or a label is none that could be changed
 */
export function readChange(store: MailStore, fields: { addLabelIds?: unknown; removeLabelIds?: unknown }): LabelChange {
  const add = labelsOf(fields.addLabelIds, 'add_label_ids');
  const remove = labelsOf(fields.removeLabelIds, 'remove_label_ids');
  if (add.length + remove.length === 0) throw invalidArgument('No label add or removes specified');
  requireChangeable(store, add, remove);
  const places = add.filter((label) => PLACES.includes(label));
  if (places.length > 1) throw invalidArgument(`Invalid label: ${places[1]}`);
  return { add, remove };
}

/**
 * Checks labels that shall go on and off messages, by a request or by a filter.
 *
 * @throws GoogleError 400 for a label that nobody may change, that there is not, or that shall do both
 */
export function requireChangeable(store: MailStore, add: readonly string[], remove: readonly string[]): void {
  requireLabels(
    store.labels().filter(({ id }) => !FIXED.includes(id)),
    [...add, ...remove],
  );
  if (add.some((label) => remove.includes(label))) throw invalidArgument('Cannot both add and remove the same label');
}

/**
 * The ids of labels, or of messages, that a field holds.
 *
 * @throws GoogleError 400 for anything else
 */
export function idsOf(value: unknown, field: string): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((id) => typeof id === 'string')) return value;
  throw badField(`Invalid value at '${field}'`, field);
}

function labelsOf(value: unknown, field: string): string[] {
  const labels = idsOf(value, field);
  if (labels.length > MOST_LABELS) throw invalidArgument(`Number of labels cannot exceed ${MOST_LABELS}`);
  return labels;
}
