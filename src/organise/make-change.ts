import type { LabellingOutcome, Organiser } from '../mailbox/organiser.ts';
import type { NamedLabel } from '../shared/changes/change-journal.ts';
import { clip } from '../shared/code-points.ts';
import type { LabelSets } from './actions.ts';
import { ifPossible } from './if-possible.ts';
import type { ChangeRules } from './rules.ts';
import { corrected, isRefused, readBack } from './undo/read-back.ts';

/** What a change came to. */
export interface ChangeMade extends LabellingOutcome {
  /** How many messages Gmail's history shows changed; undefined where that could not be read. */
  changed: number | undefined;
  /** How many messages may have been changed at most. */
  most: number;
  /** Whether it is noted, so that it can be taken back. */
  isNoted: boolean;
}

/** How much of a label's name is remembered, in code points. */
const KEPT_NAME = 100;

interface ChangeToMake {
  ids: readonly string[];
  labels: LabelSets;
  /** Those of the labels that are the user's own. */
  own?: readonly NamedLabel[];
  /** What is done, in words for a person: `Archived`. */
  what: string;
}

/**
 * Changes the labels of messages, and notes it so that it can be taken back: before it is made, since a change that is
 * cut off has happened in part.
 *
 * @throws Problem where nothing was changed; what fails or is cancelled later is answered
 */
export async function makeChange(
  { ids, labels, own = [], what }: ChangeToMake,
  organiser: Organiser,
  { journal }: Pick<ChangeRules, 'journal'>,
): Promise<ChangeMade> {
  const from = await organiser.place();
  const id = await journal.begin(ids, {
    what,
    ...labels,
    own: own.map(({ id: label, name }) => ({ id: label, name: clip(name, KEPT_NAME) })),
    from,
  });
  const outcome = await organiser.change(ids, labels);
  // Gmail passes over ids that it does not know, and over messages that have the labels: only its history tells.
  const { to, changed } = await readBack({ ids, ...labels, from }, organiser);
  const confirmed = outcome.done.length;
  // A request that was cancelled on its way may still arrive.
  const isOver = outcome.stopped === undefined;
  const most = isOver ? (changed?.size ?? (isRefused(outcome) ? confirmed : ids.length)) : ids.length;
  const known = changed?.size || isOver ? (changed?.size ?? (most === 0 ? 0 : undefined)) : undefined;
  const isNoted = (await ifPossible(() => journal.end(id, { to, changed: known, confirmed }))) ?? false;
  return { ...corrected(outcome, changed), changed: known, most, isNoted };
}
