import { foldHistory, type HistoryRecord } from '../../gmail/history-fold.ts';
import type { LabellingOutcome, Organiser } from '../../mailbox/organiser.ts';
import type { ProblemCode } from '../../shared/problems.ts';
import { ifPossible } from '../if-possible.ts';
import { type ChangeToUndo, labelsBack, within } from './undo-plan.ts';

/** What Gmail's history tells of a change once it has ended, in whatever way. */
export interface ReadBack {
  /** Where it ended. */
  to?: string | undefined;
  /** Messages that the history shows changed in this way; undefined where it could not be read. */
  changed?: ReadonlySet<string> | undefined;
}

/** A request that ends like this has not been carried out; after others Gmail may have made the change all the same. */
const REFUSED: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['access_token_refused', 'grant_dead', 'scope_missing', 'request_refused', 'request_too_large'] as const),
  ...(['rate_limited', 'daily_limit', 'api_disabled', 'domain_policy', 'mailbox_missing'] as const),
  ...(['not_found'] as const),
]);

export const isRefused = ({ problem }: Pick<LabellingOutcome, 'problem'>): boolean =>
  problem !== undefined && REFUSED.has(problem.code);

/** How long Gmail is asked what became of a change, in milliseconds. */
const ASKED_FOR_MS = 30_000;

/** Where Gmail's history is now, whether or not the client still waits; undefined where that cannot be read. */
export const placeNow = (organiser: Pick<Organiser, 'place'>): Promise<string | undefined> =>
  ifPossible(() => organiser.place(AbortSignal.timeout(ASKED_FOR_MS)));

/** Reads what became of a change, whether or not the client still waits. */
export async function readBack(
  change: Omit<ChangeToUndo, 'window'> & { from: string },
  organiser: Pick<Organiser, 'place' | 'history'>,
): Promise<ReadBack> {
  const { from } = change;
  const place = await placeNow(organiser);
  const records = await ifPossible(() => organiser.history(from, AbortSignal.timeout(ASKED_FOR_MS)));
  const to = place ?? (records && (records.at(-1)?.id ?? from));
  return { to, changed: records && changedBy({ ...change, window: { from, to } }, records) };
}

/**
 * What a change came to by the history: what has failed and is done all the same counts as done, and where nothing has
 * failed then, there is no problem.
 */
export function corrected(outcome: LabellingOutcome, changed: ReadonlySet<string> | undefined): LabellingOutcome {
  if (!changed) return outcome;
  const left = outcome.left.filter((id) => !changed.has(id));
  const done = [...outcome.done, ...outcome.left.filter((id) => changed.has(id))];
  return left.length === 0 && outcome.stopped === undefined ? { done, left } : { ...outcome, done, left };
}

function changedBy(change: ChangeToUndo, records: readonly HistoryRecord[]): ReadonlySet<string> {
  const isWithin = within(change.window);
  const { relabelled } = foldHistory(records.filter(({ id }) => isWithin(id)));
  const asked = new Set(change.ids);
  return new Set(relabelled.filter((fate) => asked.has(fate.id) && labelsBack(change, fate)).map(({ id }) => id));
}
