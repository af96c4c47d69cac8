import type { KnownLabel, Organiser } from '../mailbox/organiser.ts';
import { Problem } from '../shared/problems.ts';
import { ACTIONS, type Action, type LabelSets } from './actions.ts';
import type { Created } from './all-or-nothing.ts';
import type { Chosen, MessageChoice } from './chosen.ts';
import { isSameName, labelNamed, lookUp, type NamedLabels, shownName } from './label-names.ts';
import { labelsOf } from './labels/create-labels.ts';

/** What a call asks for. */
export interface ModifyRequest extends MessageChoice {
  action?: Action | undefined;
  add_labels?: readonly string[] | undefined;
  remove_labels?: readonly string[] | undefined;
  create_labels?: boolean | undefined;
  preview?: boolean | undefined;
}

/** The messages that a change is about, and the drafts that it leaves alone: Gmail puts no label on them but the trash. */
export function meantOf({ action, add_labels: add = [], whole_threads: whole = false }: ModifyRequest, chosen: Chosen) {
  const spec: LabelSets | undefined = action && ACTIONS[action];
  const putsOn = add.length > 0 || (spec?.add ?? []).some((label) => label !== 'TRASH');
  const drafts = putsOn || whole ? [...chosen.drafts] : [];
  return { ids: drafts.length > 0 ? chosen.ids.filter((id) => !chosen.drafts.has(id)) : chosen.ids, drafts };
}

/** The labels that a call puts on and takes off. */
export type NamedSets = Record<'add' | 'remove', NamedLabels>;

/**
 * Looks the labels of a call up.
 *
 * @param missing what becomes of labels that there are not and are not to be created
 * @throws Problem `labels_conflict`, and as `lookUp` does
 */
export async function namedLabels(
  request: ModifyRequest,
  organiser: Organiser,
  missing: 'refuse' | 'tell',
): Promise<NamedSets> {
  const { add_labels: add = [], remove_labels: remove = [], create_labels: creates = false } = request;
  const named = {
    add: await lookUp(add, organiser, creates ? 'create' : missing),
    remove: await lookUp(remove, organiser, missing),
  };
  assertNoConflict(named);
  return named;
}

/** What the call does by ids of labels; those that are missing are created. Throws as `labelsOf` does. */
export async function labelSets(
  action: Action | undefined,
  { add, remove }: NamedSets,
  { organiser, created }: { organiser: Organiser; created: Created },
): Promise<{ labels: LabelSets; own: KnownLabel[] }> {
  const spec: LabelSets = action ? ACTIONS[action] : { add: [], remove: [] };
  const [on, off] = [await labelsOf(add, organiser, created), await labelsOf(remove, organiser, created)];
  const labels = {
    add: [...spec.add, ...on.map(({ id }) => id)],
    remove: [...spec.remove, ...off.map(({ id }) => id)],
  };
  return { labels, own: [...on, ...off].filter(({ type }) => type === 'user') };
}

/** No action puts on or takes off what a label can be named for. Throws `labels_conflict`. */
function assertNoConflict({ add, remove }: NamedSets): void {
  const isSame = (one: string, other: string) => {
    const [on, off] = [labelNamed(add.labels, one), labelNamed(remove.labels, other)];
    return on && off ? on.id === off.id : isSameName(one, other);
  };
  const both = add.names.find((one) => remove.names.some((other) => isSame(one, other)));
  if (both !== undefined) throw Problem.of('labels_conflict', { label: shownName(both, 60) });
}
