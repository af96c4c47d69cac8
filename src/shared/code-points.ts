/**
 * Lengths of text for people and models, in Unicode code points: no piece ends inside a character that JavaScript
 * holds as two code units.
 */

export interface TextChunk {
  text: string;
  /** Code points in `text`. */
  length: number;
  /** Whether nothing follows. */
  isLast: boolean;
}

/**
 * A piece of text, counted in Unicode code points so that none is cut apart. Pieces joined give the whole text; past
 * its end there is an empty, last piece.
 */
export function chunkOf(text: string, offset: number, length: number): TextChunk {
  const start = codeUnitIndex(text, 0, offset);
  const end = codeUnitIndex(text, start, length);
  const piece = text.slice(start, end);
  return { text: piece, length: lengthOf(piece), isLast: end >= text.length };
}

/** The beginning of a text without blanks around it, with a sign where more follows. */
export function clip(text: string, length: number): string {
  const { text: piece, isLast } = chunkOf(text.trim(), 0, length);
  return isLast ? piece : `${piece.trimEnd()}…`;
}

/** The beginning of a text as it is, with the count of what follows. */
export function clipAndCount(text: string, length: number): string {
  const piece = chunkOf(text, 0, length);
  return piece.isLast ? text : `${piece.text}… (${lengthOf(text) - piece.length} more characters)`;
}

/** How long a text is, in code points, without a copy of it. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** The code-unit index that lies `count` code points after `from`. */
function codeUnitIndex(text: string, from: number, count: number): number {
  let index = from;
  for (let left = count; left > 0 && index < text.length; left -= 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}
