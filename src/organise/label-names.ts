import type { KnownLabel, Organiser } from '../mailbox/organiser.ts';
import { lengthOf } from '../shared/code-points.ts';
import { listed } from '../shared/limits/listed.ts';
import { LONGEST_LABEL } from '../shared/limits/longest.ts';
import { Problem } from '../shared/problems.ts';
import { visible, visibleStart } from '../shared/visible.ts';
import { closestLabel } from './labels/closest-label.ts';

/** How much of a label that is new, and of the one that is like it, shows, in code points. */
const FRESH_LENGTH = 40;

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
  throw labelUnknown(labels, wanted);
}

/** `label_unknown`, with the labels that there are, the closest first. */
export function labelUnknown(labels: readonly KnownLabel[], wanted: string): Problem {
  const closest = closestLabel(labels, wanted);
  const others = labels.filter((label) => label.type === 'user' && label !== closest);
  const own = [...(closest ? [closest] : []), ...others].map(({ name }) => shownName(name, 60));
  const known = listed(own, NAMED) || 'none of the user’s own yet';
  return Problem.of('label_unknown', { label: shownName(wanted, 60), known });
}

/** The name of a label in one line, with what is invisible in it made visible: another client may have chosen it. */
export const shownName = (name: string, length = LONGEST_LABEL): string => visibleStart(name, length);

/** Labels by their names, and which of them there are not yet. */
export interface NamedLabels {
  names: readonly string[];
  labels: readonly KnownLabel[];
  /** The names of those that there are not. */
  fresh: readonly string[];
}

/**
 * Looks labels up before anybody is asked about them.
 *
 * @param missing what becomes of one that there is not: it is created later, refused, or told of in a preview
 * @throws Problem `label_unknown`, `label_fixed`, `label_name_wrong`, `label_hides_mail`
 */
export async function lookUp(
  names: readonly string[],
  organiser: Organiser,
  missing: 'create' | 'refuse' | 'tell',
): Promise<NamedLabels> {
  if (names.length === 0) return { names, labels: [], fresh: [] };
  const labels = await organiser.labels();
  const fresh = names.filter((name) => !labelNamed(labels, name));
  for (const name of names) {
    // By what hides mail the agent would put mail out of its own sight, where no undo reaches it.
    if (!fresh.includes(name) || missing === 'refuse') organiser.assertHidesNothing([findLabel(labels, name).name]);
    else if (missing === 'create') organiser.assertHidesNothing([partsOf(name).join('/')]);
  }
  return { names, labels, fresh };
}

/** Labels as a person reads them: those that are there as Gmail spells them. */
export const shownNames = ({ names, labels }: NamedLabels): string[] =>
  names.map((name) => shownName(labelNamed(labels, name)?.name || name));

/** Each label that there is not yet, with the one that may be meant: `Nwes (there is News)`. */
export const freshNames = ({ labels, fresh }: NamedLabels): string[] =>
  fresh.map((name) => {
    const closest = closestLabel(labels, name);
    return `${shownName(name, FRESH_LENGTH)}${closest ? ` (there is ${shownName(closest.name, FRESH_LENGTH)})` : ''}`;
  });

/** A label by its name or its id; undefined where there is none. A label may be called as another one's id is. */
export const labelNamed = (labels: readonly KnownLabel[], wanted: string): KnownLabel | undefined =>
  labels.find(({ name }) => name === wanted) ?? labels.find(({ id }) => id === wanted) ?? labelCalled(labels, wanted);

/** A label by its name alone. */
export const labelCalled = (labels: readonly KnownLabel[], name: string): KnownLabel | undefined =>
  labels.find((label) => isSameName(label.name, name));

/** The parts of a nested name. Throws `label_name_wrong`. */
export function partsOf(name: string): string[] {
  const parts = name.split('/').map((part) => part.trim());
  const length = lengthOf(parts.join('/'));
  const reason = parts.includes('')
    ? 'A part of it, between slashes, is blank.'
    : length > LONGEST_LABEL
      ? `It has ${length} characters, and Gmail takes ${LONGEST_LABEL} at most.`
      : !isAsSeen(name) &&
        'It holds a line break or another character that nobody sees, so that it would read as another.';
  if (reason) throw Problem.of('label_name_wrong', { label: shownName(name, 60), reason });
  return parts;
}

/** Whether a name holds nothing but what a person sees. */
const isAsSeen = (name: string): boolean => name.isWellFormed() && !name.includes('\t') && visible(name) === name;

/** A nested name with the labels above it as they are spelled, where they are there. Throws `label_name_wrong`. */
export function spelledName(name: string, labels: readonly KnownLabel[]): string {
  return partsOf(name).reduce((above, part) => `${labelCalled(labels, above)?.name ?? above}/${part}`);
}

/** Whether a name is that of a label below another: Gmail nests by names alone. */
export function isBelow(name: string, above: string): boolean {
  const [parts, depth] = [name.split('/'), above.split('/').length];
  return parts.length > depth && isSameName(parts.slice(0, depth).join('/'), above);
}
