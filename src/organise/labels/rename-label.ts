import type { KnownLabel, Organiser } from '../../mailbox/organiser.ts';
import { listed } from '../../shared/limits/listed.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { Problem, sentence } from '../../shared/problems.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { isBelow, labelCalled, partsOf, shownName, spelledName } from '../label-names.ts';
import { createNested } from './create-labels.ts';

/** What a label was and is called. */
export interface Renamed {
  from: string;
  to: string;
  /** How many labels below it were renamed with it. */
  below: number;
}

interface Move {
  label: KnownLabel;
  to: string;
}

/** How many labels an error names. */
const NAMED = 20;

/**
 * Renames a label and all that lie below it: Gmail nests by names alone, and leaves those where they were. Whatever can
 * be told before is told before anything is changed; the labels above the new name are created where they are missing.
 *
 * @throws Problem `label_name_wrong`, `label_hides_mail`, `labels_renamed_partly`
 */
export async function renameLabel(
  label: KnownLabel,
  newName: string,
  labels: readonly KnownLabel[],
  { organiser, source }: { organiser: Organiser; source: CredentialSource },
): Promise<Renamed> {
  const moves = movesOf(label, newName, labels);
  const [own = { label, to: newName }, ...below] = moves;
  if (own.to === label.name) return { from: label.name, to: label.name, below: 0 };
  organiser.assertHidesNothing(moves.flatMap((move) => [move.label.name, move.to]));
  const { name: to } = await renameFirst(own, labels, organiser);
  for (const [index, move] of below.entries()) {
    try {
      await organiser.changeLabel(move.label, { name: move.to });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const left = below.slice(index).map((each) => shownName(each.label.name, 60));
      throw Problem.of('labels_renamed_partly', {
        ...{ label: shownName(label.name, 60), to: shownName(to, 60), done: String(index) },
        left: listed(left, NAMED),
        reason: sentence(error.explain(source)),
      });
    }
  }
  return { from: label.name, to, below: below.length };
}

/** The label itself comes first, so that a name that Gmail does not take changes nothing. */
function renameFirst({ label, to }: Move, labels: readonly KnownLabel[], organiser: Organiser) {
  const above = to.split('/').slice(0, -1).join('/');
  return allOrNothing(organiser, async (created) => {
    if (above) await createNested({ name: above }, labels, organiser, created);
    return organiser.changeLabel(label, { name: to });
  });
}

/** The label and those below it, each with its new name. Throws `label_name_wrong`. */
function movesOf(label: KnownLabel, newName: string, labels: readonly KnownLabel[]): Move[] {
  const depth = label.name.split('/').length;
  const below = labels.filter(({ name, type }) => type === 'user' && isBelow(name, label.name));
  const moved = new Set([label, ...below]);
  const others = labels.filter((each) => !moved.has(each));
  const to = spelledName(newName, others);
  const wrong = (name: string, reason: string) =>
    Problem.of('label_name_wrong', { label: shownName(name, 60), reason });
  if (isBelow(to, label.name)) throw wrong(to, 'It lies below the label itself.');
  const moves = [label, ...below].map((each) => ({
    label: each,
    to: [to, ...each.name.split('/').slice(depth)].join('/'),
  }));
  for (const move of moves) {
    partsOf(move.to);
    const taken = labelCalled(others, move.to);
    if (taken) throw wrong(taken.name, takenBy(taken));
  }
  return moves;
}

/** Why a name cannot be had. */
export const takenBy = ({ type }: KnownLabel): string =>
  type === 'system' ? 'Gmail keeps this name for itself.' : 'There is a label of this name already.';
