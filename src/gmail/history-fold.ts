import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';

/** What happened to some messages at once, as Gmail tells it. */
export type HistoryRecord = gmail_v1.Schema$History;

export interface MessageRef {
  id: string;
  threadId: string;
}

/** What became of the labels of a message; neither list holds what was put on and taken off again. */
export interface LabelChange extends MessageRef {
  labelsAdded: string[];
  labelsRemoved: string[];
}

interface Fate extends MessageRef {
  added: boolean;
  deleted: boolean;
  /** true for a label that was put on, false for one that was taken off. */
  labels: Map<string, boolean>;
}

/**
 * Takes the records of a history together, message by message: only what is different at its end counts. A message that
 * came and went is left out, and of a new one the labels: it is read anyway.
 *
 * @param records in the order in which Gmail lists them
 * @returns the ids of new messages, the newest first; the others in the order in which they were first met
 */
export function foldHistory(records: readonly gmail_v1.Schema$History[]): {
  added: string[];
  deleted: MessageRef[];
  relabelled: LabelChange[];
} {
  const fates = new Map<string, Fate>();
  for (const record of records) {
    for (const { message } of record.messagesAdded ?? []) fateOf(fates, message).added = true;
    for (const { message } of record.messagesDeleted ?? []) fateOf(fates, message).deleted = true;
    for (const { message, labelIds } of record.labelsAdded ?? []) relabel(fateOf(fates, message), labelIds, true);
    for (const { message, labelIds } of record.labelsRemoved ?? []) relabel(fateOf(fates, message), labelIds, false);
  }
  const all = [...fates.values()].filter(({ id }) => id !== '');
  return {
    added: all.flatMap(({ id, added, deleted }) => (added && !deleted ? id : [])).reverse(),
    deleted: all.flatMap(({ id, threadId, added, deleted }) => (deleted && !added ? { id, threadId } : [])),
    relabelled: all.flatMap((fate) => (fate.added || fate.deleted || fate.labels.size === 0 ? [] : labelChange(fate))),
  };
}

function fateOf(fates: Map<string, Fate>, message: gmail_v1.Schema$Message | undefined): Fate {
  const id = message?.id ?? '';
  const known = fates.get(id);
  if (known) return known;
  const fate: Fate = { id, threadId: message?.threadId ?? '', added: false, deleted: false, labels: new Map() };
  fates.set(id, fate);
  return fate;
}

/** A change and its opposite cancel each other out: a label can only go where it was. */
function relabel({ labels }: Fate, labelIds: readonly string[] | null | undefined, on: boolean): void {
  for (const label of labelIds ?? []) {
    if (labels.get(label) === !on) labels.delete(label);
    else labels.set(label, on);
  }
}

function labelChange({ id, threadId, labels }: Fate): LabelChange {
  const those = (wanted: boolean) => [...labels].flatMap(([label, on]) => (on === wanted ? label : []));
  return { id, threadId, labelsAdded: those(true), labelsRemoved: those(false) };
}
