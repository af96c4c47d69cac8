/** How a code stands among the words around it, which says as much of it as they do. */
import { CODE, LINK } from '../fold.ts';

/** A text with its lines, a single line such as a subject, or the beginning of a text with its lines run together. */
export type Layout = 'text' | 'line' | 'snippet';

/**
 * Signs, pictures, brackets, quotes and dashes, and what is not seen: all but signs of money and what makes a number
 * another one. `\p{P}\p{S}\p{Cf}` would be compiled in each place for a millisecond.
 */
const SIGNS = [
  String.raw`¡¤¦§¨©®¯°´¶·¸¿\u{ad}\u{61c}\u{200b}-\u{2027}\u{202a}-\u{202e}\u{2032}-\u{206f}\u{feff}\u{fff9}-\u{fffd}`,
  String.raw`\u{2100}-\u{214f}\u{2190}-\u{245f}\u{249c}-\u{24e9}\u{2500}-\u{2775}\u{2794}-\u{2bff}\u{2e00}-\u{2e7f}`,
  String.raw`\u{3001}-\u{3003}\u{3008}-\u{3020}\u{3030}\u{303d}\u{30fb}\u{3200}-\u{321e}`,
  String.raw`\u{3260}-\u{327f}\u{328a}-\u{32b0}\u{32c0}-\u{33ff}\u{1f000}-\u{1f0ff}\u{1f10d}-\u{1fbef}`,
  // Full widths, without those of money.
  String.raw`\u{ff01}-\u{ff03}\u{ff07}-\u{ff0a}\u{ff0c}-\u{ff0e}\u{ff1a}-\u{ff1f}\u{ff3b}-\u{ff40}\u{ff5b}-\u{ff65}`,
  // What says how the sign in front of it looks (https://www.unicode.org/reports/tr51/): `➡️` is two characters.
  String.raw`\u{fe00}-\u{fe0f}\u{e0020}-\u{e007f}`,
].join('');

/** What a code may be set in or behind, of one character, which ends no sentence. */
export const SIGN = String.raw`[:;=*_^~\x60"'«»\[\](){}<>|#${SIGNS}-]`;

/** What may stand around a code without being of its sentence. */
export const MARKS = String.raw`[\s:;=*_^~\x60"'«»\[\](){}<>|.,!#$${SIGNS}-]`;

/** Of these the quotes and brackets that mail is mostly set in: few, since some patterns meet every text. */
export const QUOTES = String.raw`*_\x60"'“”„‟‘’‚«»‹›()（）\[\]［］{}｛｝<>＜＞「」『』【】〔〕〖〗《》〈〉`;

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
