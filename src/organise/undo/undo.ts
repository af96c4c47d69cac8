import type { LabellingOutcome, Organiser } from '../../mailbox/organiser.ts';
import type { MadeChange } from '../../shared/changes/change-journal.ts';
import { clip } from '../../shared/code-points.ts';
import { Problem } from '../../shared/problems.ts';
import type { LabelSets } from '../actions.ts';
import { ifPossible } from '../if-possible.ts';
import type { ChangeRules } from '../rules.ts';
import { corrected, isRefused, placeNow, readBack } from './read-back.ts';
import { planUndo, type UndoGroup, type UndoneSince, type UndoPlan } from './undo-plan.ts';

/** What became of a change that was taken back. */
export interface Undone {
  change: MadeChange;
  /** Messages that are as before, but for labels that are gone. */
  back: number;
  /** Labels that were deleted since, and how many messages do not have theirs again for that. */
  gone: readonly { name: string; missing: number }[];
  /** Messages that were changed again since, or are not there any more, and so left alone. What is hidden is not there. */
  left: readonly string[];
  /** Messages that Gmail did not take back; the change can be taken back again. */
  failed: readonly string[];
  /** Whether Gmail may have taken some of these back all the same. */
  isUnknown?: boolean;
  problem?: Problem | undefined;
  /** Whether it is noted as taken back, where it was; otherwise it may be met once more. */
  isNoted?: boolean;
}

/** Which changes are taken back: the client's own last ones, or where the person asks, the last one or a certain one. */
export type UndoRequest = { whose: 'own'; count: number } | { whose: 'any'; id?: string | undefined };

type Journal = Pick<ChangeRules, 'journal'>;

/** How much of the names of other clients an error repeats, in code points. */
const OTHERS_LENGTH = 200;

/**
 * Takes changes back, the newest first. What fails after the first is answered, not thrown.
 *
 * @throws Problem `nothing_to_undo`, `undo_claimed`, `history_gone`
 */
export async function undoChanges(request: UndoRequest, organiser: Organiser, rules: Journal): Promise<Undone[]> {
  const { changes, client } = await rules.journal.list();
  const open = changes.filter(({ undone }) => undone === undefined);
  const isOwn = (change: MadeChange) => change.client === client;
  const isMeant = ({ id }: MadeChange) => request.whose === 'any' && (request.id ?? id) === id;
  const most = request.whose === 'own' ? request.count : 1;
  const results: Undone[] = [];
  for (const change of open.filter(request.whose === 'own' ? isOwn : isMeant)) {
    if (results.length === most || results.at(-1)?.problem) break;
    try {
      const result = await undoOne(change, organiser, rules);
      if (result) results.push(result);
    } catch (error) {
      if (results.length === 0 || !(error instanceof Problem)) throw error;
      results.push({ change, back: 0, gone: [], left: [], failed: [], problem: error });
    }
  }
  if (results.length > 0) return results;
  const others = request.whose === 'own' ? open.filter((change) => !isOwn(change)).map((change) => change.client) : [];
  throw Problem.of('nothing_to_undo', { others: clip([...new Set(others)].join(', '), OTHERS_LENGTH) });
}

/** Undefined where it turns out that it changed nothing. Throws `undo_claimed` where another call is at it. */
async function undoOne(change: MadeChange, organiser: Organiser, rules: Journal): Promise<Undone | undefined> {
  const { journal } = rules;
  const claim = await journal.claim(change.id);
  if (claim !== 'claimed') throw Problem.of('undo_claimed', { change: change.what, state: claim });
  try {
    return await takeBack(change, organiser, rules);
  } finally {
    // A claim that cannot be ended now, as behind a sign-out, ends by itself.
    await journal.release(change.id).catch(() => undefined);
  }
}

async function takeBack(change: MadeChange, organiser: Organiser, { journal }: Journal): Promise<Undone | undefined> {
  const ids = await journal.idsOf(change.id);
  const visible = new Set(await organiser.visible(ids));
  const isGone = await goneLabels(change, organiser);
  const circumstances = { undoneSince: await undoneSince(change, journal), isGone };
  const records = await organiser.history(change.window.from);
  const plan = leavingOut((id) => !visible.has(id), planUndo({ ...change, ids }, records, circumstances));
  if (change.changed === undefined && plan.groups.length + plan.left.length === 0) {
    await journal.end(change.id, { changed: 0 });
    return undefined;
  }
  const from = await organiser.place();
  const missing = new Map<string, number>();
  const failed: string[] = [];
  let [back, end]: [number, Ending] = [0, {}];
  for (const group of plan.groups) {
    const isOver = end.problem !== undefined || end.stopped !== undefined;
    const outcome = isOver ? { done: [], left: group.ids } : await changeBack(group, from, organiser);
    if (!isVain(group)) back += outcome.done.length;
    for (const label of group.missing) missing.set(label, (missing.get(label) ?? 0) + outcome.done.length);
    failed.push(...outcome.left);
    if (!isOver) end = outcome;
  }
  if (end.stopped !== undefined) throw end.stopped;
  const { problem, isUnknown = false } = end;
  // One that failed half-way can be taken back again: what is back already counts as changed since.
  const isNoted = problem === undefined && (await noteUndone(change, from, { organiser, journal }));
  const told = change.own
    .filter(({ id }) => isGone(id))
    .map(({ id, name }) => ({ name, missing: missing.get(id) ?? 0 }));
  return { change, back, gone: told, left: plan.left, failed, isUnknown, problem, isNoted };
}

/** How the requests ended. */
interface Ending extends Pick<LabellingOutcome, 'problem' | 'stopped'> {
  isUnknown?: boolean;
}

/** Whether all that would be done is to put labels on that are not there any more. */
const isVain = ({ add, remove, missing }: UndoGroup) => missing.length > 0 && add.length + remove.length === 0;

/** Gmail refuses a change of no label; where only labels that are gone were put on, nothing is left to be done. */
async function changeBack(group: UndoGroup, from: string, organiser: Organiser): Promise<LabellingOutcome & Ending> {
  let outcome: LabellingOutcome = { done: group.ids, left: [] };
  for (const step of stepsOf(group)) {
    outcome = await organiser.change(group.ids, step);
    if (outcome.left.length > 0) break;
  }
  if (!outcome.problem || isRefused(outcome)) return outcome;
  // Gmail may have done it all the same.
  const { changed } = await readBack({ ...group, from }, organiser);
  return { ...corrected(outcome, changed), isUnknown: changed === undefined };
}

/** A message lies in one of these at most, and a request that puts two of them on is refused. */
const PLACES: readonly string[] = ['INBOX', 'SPAM', 'TRASH'];

/** A message in the trash may keep the inbox, so that each place takes a request of its own. */
function stepsOf({ add, remove }: UndoGroup): LabelSets[] {
  const [first = '', ...further] = PLACES.filter((label) => add.includes(label));
  if (add.length + remove.length === 0) return [];
  return [
    { add: add.filter((label) => label === first || !PLACES.includes(label)), remove },
    ...further.map((place) => ({ add: [place], remove: [] })),
  ];
}

/** Which labels were deleted since: Gmail refuses every change that names one. Its own labels always are there. */
async function goneLabels({ own, add, remove }: MadeChange, organiser: Organiser): Promise<(id: string) => boolean> {
  const there = new Set((await organiser.labels()).map(({ id }) => id));
  const fixed = [...add, ...remove].filter((label) => own.every(({ id }) => id !== label));
  return (id) => !there.has(id) && !fixed.includes(id);
}

/** Changes later than this one that were taken back. */
async function undoneSince({ id }: MadeChange, journal: ChangeRules['journal']): Promise<UndoneSince[]> {
  const { changes } = await journal.list();
  const later = changes.slice(
    0,
    changes.findIndex((each) => each.id === id),
  );
  return Promise.all(
    later.flatMap(({ undone, ...each }): Promise<UndoneSince>[] =>
      undone === undefined ? [] : [journal.idsOf(each.id).then((ids) => ({ ...each, undone, ids }))],
    ),
  );
}

/** All is taken back by then, whether or not Gmail and the window still answer. Answers whether it is noted. */
async function noteUndone(
  { id }: MadeChange,
  from: string,
  { organiser, journal }: { organiser: Organiser; journal: ChangeRules['journal'] },
): Promise<boolean> {
  const to = await placeNow(organiser);
  const noted = await ifPossible(async () => {
    await journal.undone(id, { from, to });
    return true;
  });
  return noted ?? false;
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
