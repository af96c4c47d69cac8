import type { LabellingOutcome, Organiser } from '../mailbox/organiser.ts';
import { Problem } from '../shared/problems.ts';
import type { LabelSets } from './actions.ts';
import type { ChangeRules } from './rules.ts';
import type { UndoneSince } from './undo-plan.ts';
import { planUndo } from './undo-plan.ts';

/** What a change came to. */
export interface ChangeMade extends LabellingOutcome {
  /** How many messages Gmail's history shows changed; undefined where that could not be read. */
  changed: number | undefined;
}

/**
 * Changes the labels of messages, and notes it so that it can be taken back: before it is made, since a change that is
 * cut off has happened in part.
 */
export async function makeChange(
  { ids, labels, what }: { ids: readonly string[]; labels: LabelSets; what: string },
  organiser: Organiser,
  { journal }: Pick<ChangeRules, 'journal'>,
): Promise<ChangeMade> {
  const from = await organiser.place();
  const id = await journal.begin(ids, { what, ...labels, from });
  const outcome = await organiser.change(ids, labels);
  const { to, changed } = await readBack({ ids, ...labels, window: { from } }, organiser);
  await journal.end(id, to, changed ?? outcome.done.length);
  return { ...outcome, changed };
}

/** Gmail passes over ids that it does not know, and over messages that have the labels: only its history tells. */
async function readBack(
  change: Omit<UndoneSince, 'undone'>,
  organiser: Organiser,
): Promise<{ to: string | undefined; changed: number | undefined }> {
  try {
    const to = await organiser.place();
    const plan = planUndo(change, await organiser.history(change.window.from));
    return { to, changed: plan.groups.reduce((sum, { ids }) => sum + ids.length, 0) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { to: undefined, changed: undefined };
  }
}
