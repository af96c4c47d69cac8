import type { KnownLabel, Organiser } from '../mailbox/organiser.ts';
import { clip } from '../shared/code-points.ts';
import { Problem } from '../shared/problems.ts';

/** How many labels an error names. */
const NAMED = 30;

/** Gmail's own labels that a person may put on and take off like one of their own. */
const FREE = /^CATEGORY_/;

/** The same label: Gmail minds neither letter case nor blanks around the parts of a nested name. */
export const isSameName = (one: string, other: string): boolean => keyOf(one) === keyOf(other);

const keyOf = (name: string) =>
  name
    .normalize('NFC')
    .split('/')
    .map((part) => part.trim().toLowerCase())
    .join('/');

/** A label by its name or its id, of the user's own. Throws `label_unknown`, `label_fixed`. */
export function findLabel(labels: readonly KnownLabel[], wanted: string): KnownLabel {
  const found = labels.find(({ id }) => id === wanted) ?? labels.find(({ name }) => isSameName(name, wanted));
  if (found && found.type === 'system' && !FREE.test(found.id)) throw Problem.of('label_fixed', { label: found.id });
  if (found) return found;
  const own = labels.filter(({ type }) => type === 'user').map(({ name }) => clip(name, 60));
  const more = own.length > NAMED ? ` and ${own.length - NAMED} more` : '';
  const known = own.length === 0 ? 'none of the user’s own yet' : `${own.slice(0, NAMED).join(', ')}${more}`;
  throw Problem.of('label_unknown', { label: clip(wanted, 60), known });
}

/** Labels by their names, and which of them there are not yet. */
export interface NamedLabels {
  names: readonly string[];
  labels: readonly KnownLabel[];
}

/**
 * Looks labels up before anybody is asked about them.
 *
 * @param creates whether one that there is not is created later
 * @throws Problem `label_unknown`, `label_fixed`, `label_name_wrong`
 */
export async function lookUp(names: readonly string[], organiser: Organiser, creates: boolean): Promise<NamedLabels> {
  if (names.length === 0) return { names, labels: [] };
  const labels = await organiser.labels();
  for (const name of names) {
    if (creates && !isThere(labels, name)) partsOf(name);
    else findLabel(labels, name);
  }
  return { names, labels };
}

/** The ids of labels; those that are missing are created, and the labels above a nested one with it. */
export async function labelIds({ names, labels: known }: NamedLabels, organiser: Organiser): Promise<string[]> {
  const labels = [...known];
  const ids: string[] = [];
  for (const name of names) {
    if (!isThere(labels, name)) labels.push(...(await createNested(name, labels, organiser)));
    ids.push(findLabel(labels, name).id);
  }
  return [...new Set(ids)];
}

const isThere = (labels: readonly KnownLabel[], wanted: string): boolean =>
  labels.some(({ id, name }) => id === wanted || isSameName(name, wanted));

/** The parts of a nested name. Throws `label_name_wrong`. */
function partsOf(name: string): string[] {
  const parts = name.split('/').map((part) => part.trim());
  if (parts.every((part) => part !== '')) return parts;
  throw Problem.of('label_name_wrong', { label: clip(name, 60), reason: 'A part of it, between slashes, is blank.' });
}

async function createNested(name: string, labels: readonly KnownLabel[], organiser: Organiser): Promise<KnownLabel[]> {
  const parts = partsOf(name);
  const created: KnownLabel[] = [];
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const above = parts.slice(0, depth).join('/');
    if (!isThere([...labels, ...created], above)) created.push(await organiser.createLabel(above));
  }
  return created;
}
