import type { LabellingOutcome, Organiser } from '../mailbox/organiser.ts';
import type { NamedLabel } from '../shared/changes/change-journal.ts';
import { clip } from '../shared/code-points.ts';
import type { ProblemCode } from '../shared/problems.ts';
import type { LabelSets } from './actions.ts';
import { ifPossible } from './if-possible.ts';
import type { ChangeRules } from './rules.ts';
import { planUndo } from './undo/undo-plan.ts';

/** What a change came to. */
export interface ChangeMade extends LabellingOutcome {
  /** How many messages Gmail's history shows changed; undefined where that could not be read. */
  changed: number | undefined;
  /** Whether it is noted, so that it can be taken back. */
  isNoted: boolean;
}

/** A request that ends like this has not been carried out; after others Gmail may have made the change all the same. */
const REFUSED: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['access_token_refused', 'grant_dead', 'scope_missing', 'request_refused', 'request_too_large'] as const),
  ...(['rate_limited', 'daily_limit', 'api_disabled', 'domain_policy', 'mailbox_missing'] as const),
]);

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
 * @throws Problem where nothing was changed; what fails later is answered
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
  const { to, changed } =
    (await ifPossible(async () => {
      const place = await organiser.place();
      const plan = planUndo({ ids, ...labels, window: { from } }, await organiser.history(from));
      return { to: place, changed: plan.groups.reduce((sum, group) => sum + group.ids.length, 0) };
    })) ?? {};
  const isRefused = outcome.done.length === 0 && outcome.problem !== undefined && REFUSED.has(outcome.problem.code);
  const isNoted = (await ifPossible(() => journal.end(id, to, changed ?? (isRefused ? 0 : undefined)))) ?? false;
  return { ...outcome, changed, isNoted };
}
