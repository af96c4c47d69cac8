import type { Changes } from '../gmail/history.ts';
import type { MessageRow } from '../gmail/messages/message-row.ts';
import { senderOf } from '../mail/text/sender-name.ts';
import { asItLooks } from '../mail/text/turned.ts';
import { maskNames, maskRow, speaksOfCodes } from '../masking/mask.ts';
import { cleanLine } from '../shared/invisible.ts';

/** A message as a list shows it: cleaned of what nobody can see, and masked. */
export interface ShownRow extends Pick<MessageRow, Kept> {
  /** The name of the sender, or the address where there is none or the name poses as another. */
  sender: string;
  /** The whole sender, by which it is found. */
  from: string;
  subject: string;
  snippet: string;
  /** Whether something is masked in it, or it speaks of codes, so that the message may hold one further down. */
  holdsMasked: boolean;
}

/** A row with what was masked in it, as it stood there. */
export interface ReadRow {
  shown: ShownRow;
  secrets: readonly string[];
}

export type ShownChanges = Changes<ShownRow>;

/** Changes that were read, all of them or the beginning. */
export interface KnownChanges {
  /** How many records of Gmail's history they come from. */
  records: number;
  /** What the first records come to; the place to go on from is exactly behind the last of them. */
  upTo(records: number): ShownChanges;
}

type Kept = 'id' | 'threadId' | 'date' | 'unread' | 'starred' | 'important' | 'hasAttachment' | 'isNewsletter';

/** Reads a row of Gmail for showing it. Whatever is made of the row after this may cut it, and needs no masking. */
export function showRow(row: MessageRow, showsCodes: boolean): ReadRow {
  const { date } = row;
  const context = `${row.from} ${row.subject} ${row.snippet}`;
  const age = date > 0 ? Math.max(0, Date.now() - date) : 0;
  const names = (text: string) => (showsCodes ? text : maskNames(text, context));
  const from = cleanLine(row.from);
  const looked = (words: string) => cleanLine(asItLooks(words));
  const clean = { from: row.from, subject: looked(row.subject), snippet: looked(row.snippet) };
  const none: ReadonlySet<string> = new Set();
  const masked = showsCodes ? { ...clean, count: 0, secrets: none } : maskRow(clean, { age });
  const shown = {
    ...keptOf(row),
    sender: names(senderOf(from)),
    from: names(from),
    subject: masked.subject,
    snippet: masked.snippet,
  };
  const isMasked = masked.count > 0 || shown.from !== from;
  const holdsMasked = !showsCodes && (isMasked || speaksOfCodes(row.subject) || speaksOfCodes(row.snippet));
  return { shown: { ...shown, holdsMasked }, secrets: [...masked.secrets] };
}

/** What a row takes over as it is. */
const keptOf = ({ id, threadId, date, unread, starred, important, hasAttachment, isNewsletter }: MessageRow) => ({
  ...{ id, threadId, date, unread, starred, important, hasAttachment, isNewsletter },
});

/** A row that was read, and what it was made of. */
export interface KnownRow {
  row: MessageRow;
  read: ReadRow;
}

/** What was read of a row before, where it said the same: labels change. */
export function rowAgain(before: KnownRow | undefined, row: MessageRow): ReadRow | undefined {
  const saysSame = (['from', 'subject', 'snippet', 'date'] as const).every((name) => before?.row[name] === row[name]);
  if (!before || !saysSame) return undefined;
  const { shown, secrets } = before.read;
  return { shown: { ...shown, ...keptOf(row) }, secrets };
}
