import { fileName } from '../mime/attachments.ts';
import { isMultipart, typeOf } from '../mime/choose-text.ts';
import type { LoadPart } from '../mime/load-part.ts';
import type { MimePart } from '../mime/mime-part.ts';
import { allParts, smallText } from '../mime/small-text.ts';

/** What was found of an event. */
export interface FoundInvitation {
  /** The part that was read, and its lines. */
  part?: MimePart;
  lines?: string[];
  /** What is said of calendars that could not be read. */
  notes: string[];
}

/** No mail brings more calendars that are worth a look. */
const MOST_CALENDARS = 5;

/**
 * The event that the mail is about: one that stands beside its text, or else a file that has a METHOD.
 *
 * @param zone answers the IANA zone of the reader; to ask the system for it takes 15 ms the first time
 */
export async function findInvitation(
  payload: MimePart,
  bytesOf: LoadPart,
  zone: () => string,
): Promise<FoundInvitation> {
  const parts = [...allParts(payload)].filter((part) => !isMultipart(part) && isCalendar(part));
  if (parts.length === 0) return { notes: [] };
  // Few mails have one, and what reads it is large.
  const [{ readInvitation }, { parseCalendar }] = await Promise.all([
    import('./invitation.ts'),
    import('./parse-calendar.ts'),
  ]);
  const isBeside = (part: MimePart) => typeOf(part) === 'text/calendar' && !fileName(part);
  const notes: string[] = [];
  for (const part of [...parts.filter(isBeside), ...parts.filter((each) => !isBeside(each))].slice(0, MOST_CALENDARS)) {
    const text = await smallText(part, bytesOf);
    const lines = readInvitation(text, zone(), !isBeside(part));
    if (lines) return { part, lines, notes };
    if (isBeside(part) || !parseCalendar(text)) notes.push(unreadNote(part));
  }
  return { notes };
}

function unreadNote(part: MimePart): string {
  return `The calendar in part ${part.partId || '0'} could not be read; it is listed as a file.`;
}

function isCalendar(part: MimePart): boolean {
  return /^(?:text\/calendar|application\/ics)$/.test(typeOf(part)) || /\.ics$/i.test(fileName(part));
}
