import type { KnownLabel, LabelColour, Organiser } from '../mailbox/organiser.ts';
import { clip, lengthOf } from '../shared/code-points.ts';
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
  const found = labelNamed(labels, wanted);
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
    if (creates && !labelNamed(labels, name)) organiser.assertHidesNothing([partsOf(name).join('/')]);
    else findLabel(labels, name);
  }
  return { names, labels };
}

/** Labels by their names; those that are missing are created, and the labels above a nested one with it. */
export async function labelsOf({ names, labels: known }: NamedLabels, organiser: Organiser): Promise<KnownLabel[]> {
  const labels = [...known];
  const found = new Set<KnownLabel>();
  for (const name of names) {
    if (!labelNamed(labels, name)) labels.push(...(await createNested({ name }, labels, organiser)));
    found.add(findLabel(labels, name));
  }
  return [...found];
}

/** The ids of such labels. */
export const labelIds = async (named: NamedLabels, organiser: Organiser): Promise<string[]> =>
  (await labelsOf(named, organiser)).map(({ id }) => id);

/** A label by its name or its id; undefined where there is none. */
export const labelNamed = (labels: readonly KnownLabel[], wanted: string): KnownLabel | undefined =>
  labels.find(({ id }) => id === wanted) ?? labelCalled(labels, wanted);

/** A label by its name alone. */
export const labelCalled = (labels: readonly KnownLabel[], name: string): KnownLabel | undefined =>
  labels.find((label) => isSameName(label.name, name));

/** Gmail takes no longer names, in characters. */
const LONGEST_NAME = 225;

/** The parts of a nested name. Throws `label_name_wrong`. */
export function partsOf(name: string): string[] {
  const parts = name.split('/').map((part) => part.trim());
  const length = lengthOf(parts.join('/'));
  const reason = parts.includes('')
    ? 'A part of it, between slashes, is blank.'
    : length > LONGEST_NAME && `It has ${length} characters, and Gmail takes ${LONGEST_NAME} at most.`;
  if (reason) throw Problem.of('label_name_wrong', { label: clip(name, 60), reason });
  return parts;
}

/** A nested name with the labels above it as they are spelled, where they are there. Throws `label_name_wrong`. */
export function spelledName(name: string, labels: readonly KnownLabel[]): string {
  return partsOf(name).reduce((above, part) => `${labelCalled(labels, above)?.name ?? above}/${part}`);
}

/**
 * Creates a label, and those above it that are missing: the labels that are new, the one that was asked for last. Where
 * one of them cannot be created the others go again.
 *
 * @throws Problem `label_name_wrong`, `label_hides_mail`
 */
export async function createNested(
  { name, color }: { name: string; color?: LabelColour | undefined },
  labels: readonly KnownLabel[],
  organiser: Organiser,
): Promise<KnownLabel[]> {
  const parts = spelledName(name, labels).split('/');
  const created: KnownLabel[] = [];
  try {
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const each = parts.slice(0, depth).join('/');
      if (labelCalled(labels, each)) continue;
      const look = depth === parts.length && color ? { color } : {};
      created.push(await organiser.createLabel({ name: each, ...look }));
    }
  } catch (error) {
    await removeAgain(created, organiser);
    throw error;
  }
  return created;
}

/** Deletes labels that were created just now. What fails here is told of nowhere: the first failure is what counts. */
export async function removeAgain(created: readonly KnownLabel[], organiser: Organiser): Promise<void> {
  for (const label of created.toReversed()) await organiser.deleteLabel(label).catch(() => undefined);
}
