import type { KnownLabel, LabelColour, Organiser } from '../../mailbox/organiser.ts';
import { Problem } from '../../shared/problems.ts';
import type { Created } from '../all-or-nothing.ts';
import {
  findLabel,
  isBelow,
  isSameName,
  labelCalled,
  labelNamed,
  type NamedLabels,
  spelledName,
} from '../label-names.ts';

/**
 * Labels by their names; those that are missing are created, and the labels above a nested one with it.
 *
 * @throws Problem `label_name_wrong`, `label_hides_mail`
 */
export async function labelsOf(
  { names, labels: known, fresh }: NamedLabels,
  organiser: Organiser,
  created: Created,
): Promise<KnownLabel[]> {
  // While a person was asked another call may have created them.
  let labels = fresh.length > 0 ? await organiser.labels() : known;
  const found = new Set<KnownLabel>();
  for (const name of names) {
    if (!labelNamed(labels, name)) labels = await withLabel(name, labels, organiser, created);
    found.add(findLabel(labels, name));
  }
  return [...found];
}

/** The labels with one that was missing, which another call may create in the same moment. Throws as `createNested` does. */
async function withLabel(
  name: string,
  labels: readonly KnownLabel[],
  organiser: Organiser,
  created: Created,
): Promise<readonly KnownLabel[]> {
  try {
    return [...labels, ...(await createNested({ name }, labels, organiser, created))];
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'label_name_wrong') throw error;
    const now = await organiser.labels();
    const known = new Set([...labels, ...created.labels].map(({ id }) => id));
    // Another's label can stand in the way only once.
    if (!now.some((label) => !known.has(label.id) && (isSameName(label.name, name) || isBelow(name, label.name))))
      throw error;
    return labelNamed(now, name) ? now : withLabel(name, now, organiser, created);
  }
}

/**
 * Creates a label, and those above it that are missing: the labels that are new, the one that was asked for last.
 *
 * @throws Problem `label_name_wrong`, `label_hides_mail`
 */
export async function createNested(
  { name, color }: { name: string; color?: LabelColour | undefined },
  labels: readonly KnownLabel[],
  organiser: Organiser,
  created: Created,
): Promise<KnownLabel[]> {
  const parts = spelledName(name, labels).split('/');
  const fresh: KnownLabel[] = [];
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const each = parts.slice(0, depth).join('/');
    if (labelCalled(labels, each)) continue;
    const look = depth === parts.length && color ? { color } : {};
    const label = await organiser.createLabel({ name: each, ...look });
    created.labels.push(label);
    fresh.push(label);
  }
  return fresh;
}
