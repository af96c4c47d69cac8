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

/** The same in tokens, for text that takes more of them a byte than English does. */
const RESULT_BUDGET_TOKENS = 2000;

/** Whether a result stays within the budget. */
export function fits(result: string): boolean {
  return Buffer.byteLength(result) <= RESULT_BUDGET_BYTES && estimateTokens(result) <= RESULT_BUDGET_TOKENS;
}

/**
 * The largest number from 0 to `longest` with which a result stays in the budget; 0 where none does.
 *
 * @param render the result at a given number; it must not shrink as the number grows
 */
export function largestFitting(longest: number, render: (amount: number) => string): number {
  let [low, high] = [0, longest];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(render(middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Words, numbers, blanks, runs of one script, and single signs. */
const PIECES =
  /[a-z]+|[A-Z][a-z]*|\d+|\n+|[^\S\n]+|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+|[\p{L}\p{M}]+|./gu;

/**
 * About how many tokens a text takes with the o200k vocabulary, rather too many than too few: the bench compares it
 * with the real tokenizer (`npm run bench:tokens`).
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) tokens += tokensOf(piece);
  return tokens;
}

function tokensOf(piece: string): number {
  if (/^[A-Za-z]/.test(piece)) return Math.max(1, Math.round(piece.length / 6));
  if (/^\d/.test(piece)) return Math.ceil(piece.length / 3);
  if (piece === ' ') return 0;
  if (/^\s/.test(piece)) return 1;
  if (/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(piece)) return Math.ceil(piece.length * 0.9);
  if (/^\p{L}/u.test(piece)) return Math.ceil(piece.length / 2.5);
  return 1;
}
