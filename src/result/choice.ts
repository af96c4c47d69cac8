import type { ShownRow } from '../mailbox/shown-row.ts';
import { clip } from '../shared/code-points.ts';
import { shortDate } from './formats.ts';

/** How much of a subject or of a file's name shows, of a sender, and of what was typed, in code points. */
const SUBJECT_LENGTH = 60;
const SENDER_LENGTH = 30;
const TYPED_LENGTH = 60;

const APART = ' · ';

/**
 * A message in words, as pickers show it. The protocol knows no label beside a value, and the workbench shows and
 * filters what it is given as it is; so the words are the value, and the id stands at its end.
 *
 * @param now milliseconds since the epoch
 */
export function wordsOf({ subject, sender, date }: ShownRow, now: number): string {
  const cells = [clip(subject, SUBJECT_LENGTH) || '(no subject)', clip(sender, SENDER_LENGTH), shortDate(date, now)];
  return cells.map(asWords).filter(Boolean).join(APART);
}

/** A file of a message in words. */
export function fileWords(name: string, size: string): string {
  return [asWords(clip(name, SUBJECT_LENGTH)), size].filter(Boolean).join(APART);
}

/**
 * A value for a picker.
 *
 * @param typed what the person has typed. The workbench hides values in which it does not stand as it is, also those
 *   that hold each of its words: there it is added.
 */
export function choice(words: string, kind: 'id' | 'part', id: string, typed: string): string {
  const end = `(${kind} ${id})`;
  const isSeen = `${words} ${end}`.toLowerCase().includes(typed.toLowerCase());
  const found = isSeen ? '' : `${APART}found by “${asWords(clip(typed, TYPED_LENGTH))}”`;
  return `${words}${found} ${end}`;
}

/** The id in a value that came from a picker; anything else as it is. */
export function idIn(value: string): string {
  return /\s\((?:id|part) (\S+)\)\s*$/.exec(value)?.[1] ?? value;
}

/** Without what is a sign in the path of a URI, or begins an icon in the workbench (`$(name)`). */
const asWords = (text: string) =>
  text
    .replace(/[/\\?#%{}$]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
