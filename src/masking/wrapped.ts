/** Addresses that a mail program broke into lines, as RFC 3676 (section 4.2) warns of, and calendars do (RFC 5545, 3.1). */
import { shapeOf } from './codes/code-shape.ts';

/** The next line, behind the signs of a quote: one word of an address, and at most what closes it. */
const NEXT_LINE = /[ \t]?\r?\n(?:[ \t]{0,2}>){0,8}[ \t]?([^\s<>"()[\]{}]{2,2000})(?=[>)]?[.,;]?[ \t]?(?:\r?\n|$))/y;
/** The next word, where lines were run together. */
const NEXT_WORD = / (?:> ?|&gt; ?){0,8}((?:&amp;)?[A-Za-z\d_%=&?/-]{8,2000})(?![^\s.,;>)])/y;
/** No address is broken into more lines. */
const MOST_LINES = 20;
/** Lines are broken where they are about this long, in characters. */
const LONG_LINE = 60;

/**
 * Where an address goes on that seems to end at the end of a line.
 *
 * @param start where it begins
 * @param end where its first line ends
 * @returns its pieces behind the first, and where the last of them ends
 */
export function restOfAddress(text: string, start: number, end: number): { rest: string; end: number } {
  let found = { rest: '', end };
  let piece = text.slice(start, end);
  for (let line = 0; line < MOST_LINES; line++) {
    const next = nextPiece(text, found.end, piece, line > 0);
    if (!next) return found;
    piece = next.piece;
    found = { rest: found.rest + piece, end: next.end };
  }
  return found;
}

function nextPiece(
  text: string,
  at: number,
  piece: string,
  isRest: boolean,
): { piece: string; end: number } | undefined {
  for (const [pattern, goesOn] of [
    [NEXT_LINE, isNextLine],
    [NEXT_WORD, isNextWord],
  ] as const) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const next = match?.[1];
    if (match && next !== undefined && goesOn(piece, next, isRest)) return { piece: next, end: pattern.lastIndex };
  }
  return undefined;
}

/** Whether a line goes on with an address; a code or a name on a line of its own does not. */
function isNextLine(piece: string, next: string, isRest: boolean): boolean {
  if (next.includes('://') || next.startsWith('//') || /^[\w.]+@/.test(next)) return false;
  if (/[=&?%]$/.test(piece) || /^[&?][\w.-]+=|^=\w/.test(next)) return true;
  if (shapeOf(next)?.kind === 'digits') return false;
  const looksDrawn = isDrawn(next) || (/\d/.test(next) && /[A-Za-z]/.test(next) && next.length >= 12);
  if (isRest || piece.length >= LONG_LINE) return looksDrawn || /[/=&%]/.test(next);
  return looksDrawn && endsDrawn(piece);
}

const isNextWord = (piece: string, next: string) =>
  /^(?:[&?]|&amp;)[\w.-]+=/.test(next) || (isDrawn(next) && (endsDrawn(piece) || /[=&?%]$/.test(piece)));

/** Small letters, capitals and digits among one another. */
const isDrawn = (piece: string) => piece.length >= 8 && /[a-z]/.test(piece) && /[A-Z]/.test(piece) && /\d/.test(piece);

/** Whether an address ends within something drawn by lot, and not with the name of a page. */
const endsDrawn = (piece: string) => /[\d=A-Z][^/?&=]*$/.test(/[^/?&=]{4,}$/.exec(piece)?.[0] ?? '');
