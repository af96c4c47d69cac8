import { foldHistory, type HistoryRecord, type LabelChange } from '../../gmail/history-fold.ts';
import type { HistoryWindow } from '../../shared/changes/change-journal.ts';
import { alongside, type LabelSets } from '../actions.ts';

/** A change to take back. */
export interface ChangeToUndo extends LabelSets {
  window: HistoryWindow;
  /** The messages that it was asked for. */
  ids: readonly string[];
  /** Of how many of them, the first ones, Gmail has confirmed the request; none where that is not known. */
  confirmed?: number | undefined;
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
 * be told from it. Where the end of the window is not known, a message is taken back only where Gmail has confirmed the
 * request for it and the history shows nothing but that one change of it.
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
  const isOpen = change.window.to === undefined;
  const since = isOpen ? [] : records.filter(({ id }) => isAbove(id, change.window.to));
  const unconfirmed = new Set(change.ids.slice(change.confirmed ?? 0));
  const touched = touchedBy(isOpen ? during : since, undoneSince, isGone, isOpen ? change : undefined);
  const fates = fatesIn(during);
  // A request whose answer never came may have been carried out later.
  const late = fatesIn(since);
  const isLate = (id: string) => unconfirmed.has(id) && isLike(change, late.get(id));
  const deleted = new Set(foldHistory(during).deleted.map(({ id }) => id));
  const plan: UndoPlan = { groups: [], left: [], unchanged: 0 };
  const groups = new Map<string, UndoGroup>();
  for (const id of change.ids) {
    const fate = fates.get(id);
    const back = fate && labelsBack(change, fate);
    if (deleted.has(id)) plan.left.push(id);
    else if (!back && !isLate(id)) plan.unchanged += 1;
    else if (!back || touched.has(id) || (isOpen && unconfirmed.has(id))) plan.left.push(id);
    else addTo(groups, id, back, isGone);
  }
  return { ...plan, groups: [...groups.values()] };
}

const fatesIn = (records: readonly HistoryRecord[]) =>
  new Map(foldHistory(records).relabelled.map((fate) => [fate.id, fate]));

const isLike = (change: LabelSets, fate: Relabelled | undefined): boolean =>
  fate !== undefined && labelsBack(change, fate) !== undefined;

type Relabelled = Pick<LabelChange, 'labelsAdded' | 'labelsRemoved'>;

/** Which labels go back; undefined where the message was not changed in this way. */
export function labelsBack(
  change: LabelSets,
  { labelsAdded, labelsRemoved }: Relabelled,
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

/**
 * The messages that records speak of, but for what changes that were taken back since and gone labels did to them.
 *
 * @param change one that the records hold besides: what it does to each message, once
 */
function touchedBy(
  records: readonly HistoryRecord[],
  undoneSince: readonly UndoneSince[],
  isGone: IsGone,
  change?: ChangeToUndo,
): ReadonlySet<string> {
  const own = undoneSince.flatMap((each) => [traceOf(each, each.window), traceOf(each, each.undone)]);
  if (change) own.push(traceOf(change, change.window));
  const isOwn = (record: HistoryRecord, id: string, labels: readonly string[]) =>
    own.some((trace) => trace(record, id, labels));
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

/**
 * Whether what a record tells of a message is a change's doing. In a window without a known end it is so once for each
 * label of a message, and no more: what comes after that is another's.
 */
function traceOf({ ids, add, remove }: Omit<ChangeToUndo, 'window'>, window: HistoryWindow) {
  const [asked, isWithin, seen] = [new Set(ids), within(window), new Set<string>()];
  const own = new Set([...add, ...remove, ...alongside({ add, remove })]);
  return (record: HistoryRecord, id: string, labels: readonly string[]): boolean => {
    if (!asked.has(id) || !isWithin(record.id) || !labels.every((label) => own.has(label))) return false;
    const keys = labels.map((label) => `${id} ${label}`);
    if (window.to === undefined && keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  };
}

const isAbove = (id: string | null | undefined, other: string | undefined): boolean =>
  BigInt(id ?? 0) > BigInt(other ?? 0);

export const within =
  ({ from, to }: HistoryWindow) =>
  (id: string | null | undefined): boolean =>
    isAbove(id, from) && (to === undefined || !isAbove(id, to));
