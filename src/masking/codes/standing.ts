/** How a code stands among the words around it, which says as much of it as they do. */
import { CODE, LINK } from '../fold.ts';

/** A text with its lines, a single line such as a subject, or the beginning of a text with its lines run together. */
export type Layout = 'text' | 'line' | 'snippet';

/** What may stand around a code without being of its sentence. */
export const MARKS = String.raw`[\s:=*_"'“”„«»‹›「」『』【】\[\]()<>|–—~：＝、，.,!#§$\p{So}\p{Cf}-]`;

// In columns each code may have a number in front of it.
const ALONE = new RegExp(`^(?:(?<!\\d)\\d{1,2}[.)](?=\\s)|${MARKS}|[${CODE}•])*$`, 'u');
/** A cell of a table, behind no others than such with the number of the row. */
const CELL = new RegExp(String.raw`^[\s>|\d.)]{0,12}\|\s{0,4}${CODE}\s{0,4}\|`, 'u');

/** Whether a line holds codes, marks and at most the number of a list, and nothing else. */
function standsAlone(text: string, at: number): boolean {
  const room = 120;
  const before = text.slice(Math.max(0, at - room), at);
  const after = text.slice(at + 1, at + 1 + room);
  const line = `${before.slice(before.lastIndexOf('\n') + 1)}${CODE}${after.split('\n', 1)[0] ?? ''}`;
  return ALONE.test(line) || CELL.test(line);
}

const OPENS = /(?:^|[\s\p{P}])[([{（【「『]$/u;
const CLOSES = /^[)\]}）】」』]\s*$/u;

/** Whether a number of a subject stands in brackets at its end, or apart at its beginning or end. */
export function standsOut(text: string, at: number): boolean {
  const [before, after] = [text.slice(Math.max(0, at - 4), at), text.slice(at + 1, at + 5)];
  if (OPENS.test(before) && CLOSES.test(after)) return true;
  if (at === 0 && /^(?:\s*[–—:|-]\s|$)/.test(after)) return true;
  return /(?:[:：】\]|–—]\s*|\s-\s)$/.test(before) && after.trim() === '';
}

/** The end of a sentence, the beginning of the text, other codes, or the number in front of one in a list. */
const NEW_LINE_BEFORE = new RegExp(
  String.raw`(?:^|[.!?:…。！？：,，${CODE}${LINK}*•|–—-]|[\p{L}\p{M}][)\]”"]|(?:^|\s)\d{1,2}[.)])\s+[*"“]*$|^[*"“]*$`,
  'u',
);
/** The end of the text, another code, or a word that may begin a line. */
const BEGINS_LINE = new RegExp(
  String.raw`^[*"”]*(?:\s*$|\s+(?:["“*(\[•|${CODE}${LINK}–—-]|\d{1,2}[.)]\s|\p{Lu}))`,
  'u',
);
/** Words of scripts without capitals may begin one too, where a sentence ends in front of the code. */
const BEGINS_UNCASED = /^[*"”]*\s+\p{Lo}/u;

/** Whether a code in a snippet may have stood on a line of its own, before its lines were run together. */
function standsApart(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 12), at);
  const after = text.slice(at + 1, at + 12);
  if (before !== '' && !/[\s*"“]$/.test(before)) return false;
  return BEGINS_LINE.test(after) || (NEW_LINE_BEFORE.test(before) && BEGINS_UNCASED.test(after));
}

/** Whether a code stands for itself, as far as the layout tells. */
export function standsForItself(text: string, at: number, layout: Layout): boolean {
  return standsAlone(text, at) || (layout === 'snippet' && standsApart(text, at));
}
