import { foldHistory, type HistoryRecord } from '../../gmail/history-fold.ts';
import type { HistoryWindow } from '../../shared/changes/change-journal.ts';
import { alongside, type LabelSets } from '../actions.ts';

/** A change to take back. */
export interface ChangeToUndo extends LabelSets {
  window: HistoryWindow;
  /** The messages that it was asked for. */
  ids: readonly string[];
}

/** A later change that was taken back since: what it did and undid is no reason to leave a message alone. */
export interface UndoneSince extends ChangeToUndo {
  undone: HistoryWindow;
}

/** Whether a label was deleted since. */
type IsGone = (label: string) => boolean;

/** What has happened since a change was made and is no reason to leave a message alone. */
interface Circumstances {
  undoneSince?: readonly UndoneSince[];
  /** Gmail takes a label that is deleted off all mail. */
  isGone?: IsGone;
}

/** Messages that need the same labels back; there may be none, where all that was put on is gone. */
export interface UndoGroup extends LabelSets {
  ids: string[];
  /** Labels that they had, and that are not there any more. */
  missing: readonly string[];
}

export interface UndoPlan {
  groups: UndoGroup[];
  /** Messages that were changed or deleted again since; they are left alone. */
  left: string[];
  /** Messages that the change found as it would have left them. */
  unchanged: number;
}

/**
 * What takes a change back: of the messages that it was asked for, those that Gmail's history shows changed in this way
 * within its window, and neither changed nor deleted since. A like change that was made elsewhere in that window cannot
 * be told from it.
 *
 * @param records every record of the history since the window began, in Gmail's order
 */
export function planUndo(
  change: ChangeToUndo,
  records: readonly HistoryRecord[],
  { undoneSince = [], isGone = () => false }: Circumstances = {},
): UndoPlan {
  const isWithin = within(change.window);
  const during = records.filter(({ id }) => isWithin(id));
  const since = change.window.to === undefined ? [] : records.filter(({ id }) => isAbove(id, change.window.to));
  const touched = touchedBy(since, undoneSince, isGone);
  const fates = new Map(foldHistory(during).relabelled.map((fate) => [fate.id, fate]));
  const deleted = new Set(foldHistory(during).deleted.map(({ id }) => id));
  const plan: UndoPlan = { groups: [], left: [], unchanged: 0 };
  const groups = new Map<string, UndoGroup>();
  for (const id of change.ids) {
    const fate = fates.get(id);
    const back = fate && labelsBack(change, fate);
    if (deleted.has(id)) plan.left.push(id);
    else if (!back) plan.unchanged += 1;
    else if (touched.has(id)) plan.left.push(id);
    else addTo(groups, id, back, isGone);
  }
  return { ...plan, groups: [...groups.values()] };
}

/** Which labels go back; undefined where the message was not changed in this way. */
function labelsBack(
  change: ChangeToUndo,
  { labelsAdded, labelsRemoved }: { labelsAdded: readonly string[]; labelsRemoved: readonly string[] },
): { add: string[]; remove: string[] } | undefined {
  const added = labelsAdded.filter((label) => change.add.includes(label));
  const removed = labelsRemoved.filter((label) => change.remove.includes(label));
  if (added.length + removed.length === 0) return undefined;
  const beside = alongside(change);
  return {
    add: [...removed, ...labelsRemoved.filter((label) => beside.includes(label) && !removed.includes(label))],
    remove: [...added, ...labelsAdded.filter((label) => beside.includes(label) && !added.includes(label))],
  };
}

function addTo(groups: Map<string, UndoGroup>, id: string, back: LabelSets, isGone: IsGone): void {
  const key = JSON.stringify([[...back.add].sort(), [...back.remove].sort()]);
  const group = groups.get(key);
  if (group) group.ids.push(id);
  else {
    const isThere = (label: string) => !isGone(label);
    const missing = back.add.filter(isGone);
    groups.set(key, { ids: [id], add: back.add.filter(isThere), remove: back.remove.filter(isThere), missing });
  }
}

/** The messages that records speak of, but for what changes that were taken back since and gone labels did to them. */
function touchedBy(
  records: readonly HistoryRecord[],
  undoneSince: readonly UndoneSince[],
  isGone: IsGone,
): ReadonlySet<string> {
  const own = undoneSince.map(({ ids, add, remove, window, undone }) => ({
    ids: new Set(ids),
    labels: new Set([...add, ...remove, ...alongside({ add, remove })]),
    isWithin: [within(window), within(undone)],
  }));
  const isOwn = (record: HistoryRecord, id: string, labels: readonly string[]) =>
    own.some(
      (each) =>
        each.ids.has(id) &&
        each.isWithin.some((test) => test(record.id)) &&
        labels.every((one) => each.labels.has(one)),
    );
  const touched = new Set<string>();
  for (const record of records) {
    for (const { message } of record.messagesDeleted ?? []) touched.add(message?.id ?? '');
    for (const { message, labelIds } of [...(record.labelsAdded ?? []), ...(record.labelsRemoved ?? [])]) {
      const id = message?.id ?? '';
      const there = labelIds?.filter((label) => !isGone(label));
      if (there?.length !== 0 && !isOwn(record, id, there ?? [])) touched.add(id);
    }
  }
  return touched;
}

const isAbove = (id: string | null | undefined, other: string | undefined): boolean =>
  BigInt(id ?? 0) > BigInt(other ?? 0);

const within =
  ({ from, to }: HistoryWindow) =>
  (id: string | null | undefined): boolean =>
    isAbove(id, from) && (to === undefined || !isAbove(id, to));
