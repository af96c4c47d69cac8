import type { MessageRow } from '../../gmail/messages/message-row.ts';
import { maskLine, maskNames } from '../../masking/mask.ts';
import { cleanLine } from '../../shared/invisible.ts';
import { chunkOf } from './budget.ts';
import { shortDate } from './formats.ts';

/** What the letters before a sender mean; said once in each list. */
export const FLAGS_LEGEND = 'U unread, * starred, ! important, + has files';

/** How much of a sender and a subject a row shows, in code points. */
const SENDER_LENGTH = 26;
const SUBJECT_LENGTH = 60;

export interface RowLengths {
  /** Code points of the snippet; none where 0. */
  snippet: number;
}

/** How much of a snippet a row shows where there is room, in code points. */
export const SNIPPET_LENGTH = 50;

/** One message on one line: `date flags sender | subject | snippet | id`. */
export function renderRow(row: MessageRow, { snippet }: RowLengths, showsCodes: boolean, now: number): string {
  const line = (text: string, context: string) =>
    showsCodes ? cleanLine(text) : maskLine(cleanLine(text), context).text;
  const { from, subject } = row;
  const context = `${from} ${subject} ${row.snippet}`;
  const sender = (name: string) => (showsCodes ? name : maskNames(name, context));
  const flags = [
    row.unread ? 'U' : '',
    row.starred ? '*' : '',
    row.important ? '!' : '',
    row.hasAttachment ? '+' : '',
  ].join('');
  const cells = [
    [shortDate(row.date, now), flags, clip(sender(senderOf(from)), SENDER_LENGTH)].filter(Boolean).join(' '),
    clip(line(subject, context), SUBJECT_LENGTH) || '(no subject)',
    ...(snippet > 0 ? [clip(line(row.snippet, context), snippet)] : []),
    row.id,
  ];
  return cells.map((cell) => cell.replaceAll('|', '/')).join(' | ');
}

/** The name of a sender, or the address where there is none. */
function senderOf(from: string): string {
  const text = cleanLine(from);
  const name = /^\s*"?([^"<]*?)"?\s*</.exec(text)?.[1]?.trim();
  return name || text.replace(/[<>]/g, '').trim() || '(no sender)';
}

/** The beginning of a text, with a sign where more follows. */
export function clip(text: string, length: number): string {
  const { text: piece, isLast } = chunkOf(text.trim(), 0, length);
  return isLast ? piece : `${piece.trimEnd()}…`;
}
