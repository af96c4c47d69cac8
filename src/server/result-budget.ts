/**
 * The one budget of a result, in bytes of UTF-8: below the 10 KB at which a popular client cuts out the middle, and
 * about 2,000 tokens of English.
 */
export const RESULT_BUDGET_BYTES = 8192;

/** Where text stops being shown in one result, in Unicode code points: the original contract's measure. */
export const CHUNK_LENGTH = 1000;

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
  return { text: piece, length: [...piece].length, isLast: end >= text.length };
}

/** The code-unit index that lies `count` code points after `from`. */
function codeUnitIndex(text: string, from: number, count: number): number {
  let index = from;
  for (let left = count; left > 0 && index < text.length; left -= 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/**
 * The largest preview length, from 0 to `longest`, with which a result stays in the budget.
 *
 * @param sizeAt the result's size in bytes at a given length; it must not shrink as the length grows
 */
export function longestFitting(longest: number, sizeAt: (length: number) => number): number {
  let [low, high] = [0, longest];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sizeAt(middle) <= RESULT_BUDGET_BYTES) low = middle;
    else high = middle - 1;
  }
  return low;
}
