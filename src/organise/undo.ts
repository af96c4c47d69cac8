import type { Organiser } from '../mailbox/organiser.ts';
import type { MadeChange } from '../shared/changes/change-journal.ts';
import { Problem } from '../shared/problems.ts';
import type { ChangeRules } from './rules.ts';
import { planUndo, type UndoneSince, type UndoPlan } from './undo-plan.ts';

/** What became of a change that was taken back. */
export interface Undone {
  change: MadeChange;
  /** Messages that are as before. */
  back: number;
  /** Messages that were changed again since, or are not there any more, and so left alone. What is hidden is not there. */
  left: readonly string[];
  /** Messages that Gmail did not take back; the change can be taken back again. */
  failed: readonly string[];
  problem?: Problem | undefined;
}

/** Which changes are taken back: the client's own last ones, or where the person asks, the last one or a certain one. */
export type UndoRequest = { whose: 'own'; count: number } | { whose: 'any'; id?: string | undefined };

/**
 * Takes changes back, the newest first.
 *
 * @throws Problem `nothing_to_undo`, `history_gone`
 */
export async function undoChanges(
  request: UndoRequest,
  organiser: Organiser,
  rules: Pick<ChangeRules, 'journal'>,
): Promise<Undone[]> {
  const { changes, client } = await rules.journal.list();
  const open = changes.filter(({ undone }) => undone === undefined);
  const own =
    request.whose === 'own'
      ? open.filter((change) => change.client === client).slice(0, request.count)
      : open.filter(({ id }) => request.id === undefined || id === request.id).slice(0, 1);
  if (own.length === 0) {
    const others = [...new Set(open.map((change) => change.client))].join(', ');
    throw Problem.of('nothing_to_undo', { others: others.slice(0, 200) });
  }
  const results: Undone[] = [];
  for (const change of own) {
    const result = await undoOne(change, organiser, rules);
    results.push(result);
    if (result.problem) break;
  }
  return results;
}

async function undoOne(
  change: MadeChange,
  organiser: Organiser,
  { journal }: Pick<ChangeRules, 'journal'>,
): Promise<Undone> {
  const { changes } = await journal.list();
  const since = changes.slice(
    0,
    changes.findIndex(({ id }) => id === change.id),
  );
  const undoneSince = await Promise.all(
    since.flatMap(({ undone, ...later }): Promise<UndoneSince>[] =>
      undone === undefined ? [] : [journal.idsOf(later.id).then((ids) => ({ ...later, undone, ids }))],
    ),
  );
  const ids = await journal.idsOf(change.id);
  const visible = new Set(await organiser.visible(ids));
  const records = await organiser.history(change.window.from);
  const plan = leavingOut((id) => !visible.has(id), planUndo({ ...change, ids }, records, undoneSince));
  const from = await organiser.place();
  let back = 0;
  const failed: string[] = [];
  let problem: Problem | undefined;
  for (const group of plan.groups) {
    const outcome = problem ? { done: [], left: group.ids } : await organiser.change(group.ids, group);
    back += outcome.done.length;
    failed.push(...outcome.left);
    problem ??= outcome.problem;
  }
  // One that failed half-way can be taken back again: what is back already counts as changed since.
  if (!problem) await journal.undone(change.id, { from, to: await organiser.place() });
  return { change, back, left: plan.left, failed, problem };
}

/** The same plan, but some of the messages that it would change are left alone. */
function leavingOut(isOut: (id: string) => boolean, { groups, left, unchanged }: UndoPlan): UndoPlan {
  const out = groups.flatMap(({ ids }) => ids.filter(isOut));
  return {
    groups: groups.map((group) => ({ ...group, ids: group.ids.filter((id) => !isOut(id)) })).filter(hasMessages),
    left: [...left, ...out],
    unchanged,
  };
}

const hasMessages = ({ ids }: { ids: readonly string[] }): boolean => ids.length > 0;
