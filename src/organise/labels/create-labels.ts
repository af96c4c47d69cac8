import type { KnownLabel, LabelColour, Organiser } from '../../mailbox/organiser.ts';
import type { Created } from '../all-or-nothing.ts';
import { findLabel, labelCalled, labelNamed, type NamedLabels, spelledName } from '../label-names.ts';

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
  const labels = fresh.length > 0 ? await organiser.labels() : [...known];
  const found = new Set<KnownLabel>();
  for (const name of names) {
    if (!labelNamed(labels, name)) labels.push(...(await createNested({ name }, labels, organiser, created)));
    found.add(findLabel(labels, name));
  }
  return [...found];
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
