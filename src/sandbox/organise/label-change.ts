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

/** Gmail alone sets these. */
const FIXED = ['SENT', 'DRAFT'];

/** A message lies in one of these at most. */
const PLACES = ['INBOX', 'SPAM', 'TRASH'];

/**
 * Reads `addLabelIds` and `removeLabelIds`.
 *
 * @throws GoogleError 400 where there is nothing to do, or a label is none that could be changed
 */
export function readChange(store: MailStore, fields: { addLabelIds?: unknown; removeLabelIds?: unknown }): LabelChange {
  const add = labelsOf(fields.addLabelIds, 'add_label_ids');
  const remove = labelsOf(fields.removeLabelIds, 'remove_label_ids');
  if (add.length + remove.length === 0) throw invalidArgument('No label add or removes specified');
  requireLabels(
    store.labels().filter(({ id }) => !FIXED.includes(id)),
    [...add, ...remove],
  );
  const places = add.filter((label) => PLACES.includes(label));
  if (places.length > 1) throw invalidArgument(`Invalid label: ${places[1]}`);
  return { add, remove };
}

function labelsOf(value: unknown, field: string): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((label) => typeof label === 'string')) {
    throw badField(`Invalid value at '${field}'`, field);
  }
  if (value.length > MOST_LABELS) throw invalidArgument(`Number of labels cannot exceed ${MOST_LABELS}`);
  return value;
}
