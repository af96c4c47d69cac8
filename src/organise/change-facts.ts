import type { ChangeQuestion } from '../broker/change-protocol.ts';
import type { Organiser } from '../mailbox/organiser.ts';
import type { ShownRow } from '../mailbox/shown-row.ts';
import { type Allowance, MOST_UNASKED } from '../shared/changes/change-allowance.ts';
import { clip } from '../shared/code-points.ts';
import type { Verb } from './actions.ts';

/** How many messages are looked at to tell from whom they are, spread evenly over all. */
const LOOKED_AT = 50;
const SHOWN_SENDERS = 6;
export const SHOWN_EXAMPLES = 5;

/** How much of a sender and of a subject shows, in code points. */
const SENDER_LENGTH = 50;
const SUBJECT_LENGTH = 80;
const TITLE_LENGTH = 200;
const VERB_LENGTH = 60;

/** `1 message`, `12 messages`. */
export const counted = (count: number, one = 'message'): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;

/**
 * What a person decides on: how many messages, from whom, and up to five of them.
 *
 * @param verbs what is about to be done, one after the other
 */
export async function changeQuestion(
  { verbs, ids, more }: { verbs: readonly Verb[]; ids: readonly string[]; more: readonly string[] },
  organiser: Organiser,
): Promise<ChangeQuestion> {
  const rows = await organiser.rows(spread(ids, LOOKED_AT));
  const which = ids.length > rows.length ? ` (of ${rows.length} that were looked at)` : '';
  return {
    title: `${titleOf(verbs, counted(ids.length))}?`,
    verb: `${clip(verbs[0]?.('') ?? '', VERB_LENGTH)} (${ids.length.toLocaleString('en')})`,
    facts: [`From${which}: ${sendersOf(rows)}`, ...more],
    examples: spread(rows, SHOWN_EXAMPLES).map(exampleOf),
  };
}

/** Why a person is asked about a change that may be small by itself. */
export function reasonToAsk({ limit, recent }: Pick<Allowance, 'limit' | 'recent'>): string {
  const { labels, bin } = MOST_UNASKED;
  const asked = `beyond ${labels} messages (${bin} for spam and trash) the person is asked.`;
  if (recent === 0) return `Within ten minutes, ${asked}`;
  const already = limit === 'bin' ? 'put into spam or the trash' : 'changed';
  return `${counted(recent)} ${recent === 1 ? 'was' : 'were'} already ${already} within ten minutes without a question; ${asked}`;
}

/** `Archive 12 messages and label them Receipts`. */
function titleOf(verbs: readonly Verb[], messages: string): string {
  const words = verbs.map((verb, index) =>
    index === 0 ? verb(` ${messages}`) : verb(' them').replace(/^./u, (first) => first.toLowerCase()),
  );
  return clip(words.join(' and '), TITLE_LENGTH);
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
