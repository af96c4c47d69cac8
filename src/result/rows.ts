import type { ShownRow } from '../mailbox/shown-row.ts';
import { chunkOf, clip, lengthOf } from '../shared/code-points.ts';
import { shortDate } from './formats.ts';

/** What the letters before a sender mean; said once in each list. */
export const FLAGS_LEGEND = 'U unread, * starred, ! important, + has files';

/** How much of a sender and a subject a row shows, in code points. */
const SENDER_LENGTH = 26;
const SUBJECT_LENGTH = 60;

/** How much of a snippet a row shows where there is room, in code points. */
export const SNIPPET_LENGTH = 50;

/**
 * One message on one line: `date flags sender | subject | snippet | id`.
 *
 * @param snippet how much of the snippet shows, in code points; none where 0
 */
export function renderRow(row: ShownRow, snippet: number, now: number): string {
  const flags = [
    row.unread ? 'U' : '',
    row.starred ? '*' : '',
    row.important ? '!' : '',
    row.hasAttachment ? '+' : '',
  ].join('');
  const cells = [
    [shortDate(row.date, now), flags, apart(clipSender(row.sender))].filter(Boolean).join(' '),
    clip(row.subject, SUBJECT_LENGTH) || '(no subject)',
    ...(snippet > 0 ? [clip(row.snippet, snippet)] : []),
    row.id,
  ];
  return cells.map((cell) => cell.replaceAll('|', '/')).join(' | ');
}

/** A name that begins as flags do is in quotation marks: no sender writes flags of his own. */
function apart(sender: string): string {
  return /^[U*!+]+(?:\s|$)/.test(sender.normalize('NFKC')) ? `"${sender}"` : sender;
}

/** Of an address the end shows, which says whose it is. */
function clipSender(sender: string): string {
  const [, local, host = ''] = /^(\S+)(@[^\s@]+)$/.exec(sender) ?? [];
  if (local === undefined || lengthOf(sender) <= SENDER_LENGTH) return clip(sender, SENDER_LENGTH);
  const room = SENDER_LENGTH - 1 - lengthOf(host);
  if (room > 0) return `${chunkOf(local, 0, room).text}…${host}`;
  return `…${chunkOf(host, lengthOf(host) - (SENDER_LENGTH - 1), SENDER_LENGTH).text}`;
}
