import { isSameTopic } from '../mail/quotes/subject-prefix.ts';
import type { ShownMessage } from '../mailbox/shown-message.ts';
import { chunkOf, clip, clipAndCount, lengthOf } from '../shared/code-points.ts';
import { estimateTokens } from './budget.ts';
import { longDate, sizeOf } from './formats.ts';
import { asMail } from './mail-lines.ts';

/** How much of one header shows, in code points; a mail may have ten thousand recipients. */
const HEADER_LENGTH = 300;
const MOST_FILES = 20;
const MOST_SUMMARY_LINES = 12;
/** What stands above a text leaves room for the text itself, in bytes of UTF-8 and in tokens. */
const HEAD_BYTES = 5000;
const HEAD_TOKENS = 1300;

/** A piece of a message's text. */
export interface BodyPage {
  /** Where it begins, in code points. */
  offset: number;
  text: string;
  /** Code points of the piece. */
  length: number;
  isLast: boolean;
}

/** The piece of a text that begins at an offset; it ends at the end of a line where that costs little. */
export function pageOf(text: string, offset: number, room: number): BodyPage {
  const chunk = chunkOf(text, offset, room);
  const lineEnd = chunk.isLast ? -1 : chunk.text.lastIndexOf('\n') + 1;
  const isNear = lineEnd > chunk.text.length * 0.6;
  const piece = isNear ? chunk.text.slice(0, lineEnd) : chunk.text;
  return { offset, text: piece, length: lengthOf(piece), isLast: chunk.isLast };
}

/** What is said below a piece of a text about the rest of it. */
export function placeOf({ offset, length, isLast }: BodyPage, total: number): string[] {
  const end = offset + length;
  if (!isLast) return [`Characters ${offset} to ${end} of ${total}: go on with offset ${end}.`];
  return offset > 0 && offset >= total ? [`offset is past the end: the text has ${total} characters.`] : [];
}

/**
 * What stands above a text: headers, files and the summary of an event, all of them words of others.
 *
 * @param above the subject of the message that stands before it: the same one is not said again
 */
export function headLines(message: ShownMessage, above?: string): string[] {
  const { to, cc, subject, attachments, summary } = message;
  const lines = [
    `From: ${sender(message)}`,
    `To: ${header(to)}`,
    ...(cc ? [`Cc: ${header(cc)}`] : []),
    ...(above !== undefined && isSameTopic(subject, above) ? [] : [`Subject: ${header(subject) || '(none)'}`]),
  ];
  const files = attachments.map(
    ({ partId, name, type, size }) => `File ${partId}: ${clip(name, 120)} (${clip(type, 80)}, ${sizeOf(size)})`,
  );
  addWhileRoom(lines, files, MOST_FILES, 'files');
  const summed = summary.map((line) => asMail(clip(line, HEADER_LENGTH)));
  addWhileRoom(lines, summed, MOST_SUMMARY_LINES, 'lines');
  return lines;
}

/** Adds lines until there are enough of them, or no room is left; the others are counted. */
function addWhileRoom(lines: string[], more: readonly string[], most: number, what: string): void {
  let count = 0;
  for (const line of more.slice(0, most)) {
    const head = [...lines, line].join('\n');
    if (Buffer.byteLength(head) > HEAD_BYTES || estimateTokens(head) > HEAD_TOKENS) break;
    lines.push(line);
    count += 1;
  }
  if (count < more.length) lines.push(`… and ${more.length - count} more ${what}`);
}

const header = (value: string): string => clipAndCount(value, HEADER_LENGTH);

/** A long name does not push the address out of sight, and a domain shows in the form in which look-alikes differ. */
function sender({ from, sender: { address, isForeign, warning } }: ShownMessage): string {
  const isCut = lengthOf(from) > HEADER_LENGTH;
  return [
    header(from),
    ...(isCut || isForeign ? [`<${clip(address, HEADER_LENGTH)}>`] : []),
    ...(warning ? [warning] : []),
  ].join(' ');
}

/** What the server itself says of a message: where it lies and when it came. */
export function titleOf({ id, threadId, labelIds, date }: ShownMessage): string {
  const labels = labelIds.length > 0 ? `, labels ${clip(labelIds.join(' '), 200)}` : '';
  return `Message ${id}, thread ${threadId}, ${longDate(date)}${labels}`;
}

type Noted = Pick<ShownMessage, 'hidden' | 'masked'> & Partial<Pick<ShownMessage, 'notes'>>;

/** What was done to a text before it was shown, and what was not read. */
export function notesOf({ notes = [], hidden, masked }: Noted): string[] {
  return [
    ...notes.map((note) => clip(note, HEADER_LENGTH)),
    ...(hidden > 0 ? [`${hidden} invisible characters were removed.`] : []),
    ...(masked > 0
      ? [`${masked} one-time codes or sign-in links were hidden; only the user can see them, in Gmail.`]
      : []),
  ];
}
