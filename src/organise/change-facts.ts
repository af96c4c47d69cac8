import type { ChangeQuestion } from '../broker/change-protocol.ts';
import type { Organiser } from '../mailbox/organiser.ts';
import type { ShownRow } from '../mailbox/shown-row.ts';
import { clip } from '../shared/code-points.ts';

/** How many messages are looked at to tell from whom they are, spread evenly over all. */
const LOOKED_AT = 50;
const SHOWN_SENDERS = 6;
export const SHOWN_EXAMPLES = 5;

/** How much of a sender and of a subject shows, in code points. */
const SENDER_LENGTH = 50;
const SUBJECT_LENGTH = 80;

/** `1 message`, `12 messages`. */
export const counted = (count: number, one = 'message'): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;

/** What a person decides on: how many messages, from whom, and five of them. */
export async function changeQuestion(
  { verb, ids, more }: { verb: string; ids: readonly string[]; more: readonly string[] },
  organiser: Organiser,
): Promise<ChangeQuestion> {
  const rows = await organiser.rows(spread(ids, LOOKED_AT));
  const which = ids.length > rows.length ? ` (of ${rows.length} that were looked at)` : '';
  return {
    title: `${verb}: ${counted(ids.length)}?`,
    verb: `${verb} (${ids.length.toLocaleString('en')})`,
    facts: [`From${which}: ${sendersOf(rows)}`, ...more],
    examples: spread(rows, SHOWN_EXAMPLES).map(exampleOf),
  };
}

/** So many of a list, evenly spread over it. */
export function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)] as T);
}

function sendersOf(rows: readonly ShownRow[]): string {
  const counts = new Map<string, number>();
  for (const { sender } of rows) counts.set(sender, (counts.get(sender) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = sorted.slice(0, SHOWN_SENDERS).map(([sender, count]) => `${clip(sender, SENDER_LENGTH)} (${count})`);
  const rest = sorted.length - shown.length;
  return `${shown.join(', ') || 'nobody'}${rest > 0 ? ` and ${counted(rest, 'other')}` : ''}`;
}

/** A message in one line. */
export const exampleOf = ({ sender, subject }: ShownRow): string =>
  `${clip(sender, SENDER_LENGTH)}: ${clip(subject, SUBJECT_LENGTH) || '(no subject)'}`;
