/**
 * The one budget of a result, in bytes of UTF-8: below the 10 KB at which a popular client cuts out the middle, and
 * about 2,000 tokens of English.
 */
export const RESULT_BUDGET_BYTES = 8192;

/** The same in tokens, for text that takes more of them a byte than English does. */
const RESULT_BUDGET_TOKENS = 2000;

/** Whether a result stays within the budget. */
export const fits = (result: string): boolean => fitsBytes(result) && estimateTokens(result) <= RESULT_BUDGET_TOKENS;

/** Whether it does so in bytes: the JSON of the original contract is measured by nothing else. */
export const fitsBytes = (result: string): boolean => Buffer.byteLength(result) <= RESULT_BUDGET_BYTES;

/**
 * The largest number from 0 to `most` with which a result stays in the budget; 0 where none does.
 *
 * @param render the result at a given number; it must not shrink as the number grows
 */
export function largestFitting(most: number, render: (amount: number) => string, isWithin = fits): number {
  // Most results fit whole.
  if (isWithin(render(most))) return most;
  let [low, high] = [0, Math.max(0, most - 1)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isWithin(render(middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same where one at least has to show, whether or not it fits. */
export const mostFitting = (most: number, render: (amount: number) => string, isWithin = fits): number =>
  Math.min(most, Math.max(1, largestFitting(most, render, isWithin)));

export interface Rows {
  /** How many rows there are. */
  rows: number;
  /** How much of each snippet shows where there is room, in code points. */
  snippet: number;
  /** The result with the first rows, and as much of their snippets. */
  render(rows: number, snippet: number): string;
}

/** A list that fits. */
interface Fitted {
  text: string;
  /** How many rows it shows. */
  shown: number;
}

/** A list within the budget: the snippets give way first, then the last rows. One row at least shows. */
export function fitRows({ rows, snippet, render }: Rows): Fitted {
  const whole = render(rows, snippet);
  // Most lists fit whole.
  if (fits(whole)) return { text: whole, shown: rows };
  const shown = mostFitting(rows, (count) => render(count, 0));
  const length = shown < rows ? 0 : largestFitting(snippet, (each) => render(rows, each));
  return { text: render(shown, length), shown };
}

/** Words, numbers, blanks, runs of one script, and single signs. */
const PIECES =
  /[a-z]+|[A-Z][a-z]*|\d+|\n+|[^\S\n]+|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+|[\p{L}\p{M}]+|./gu;

/**
 * About how many tokens a text takes with the o200k vocabulary, rather too many than too few: the bench compares it
 * with the real tokenizer (`npm run bench`).
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) tokens += tokensOf(piece);
  return tokens;
}

function tokensOf(piece: string): number {
  if (piece === ' ') return 0;
  const first = piece.charCodeAt(0);
  if (isLetter(first)) return Math.max(1, Math.round(piece.length / 6));
  if (isDigit(first)) return Math.ceil(piece.length / 3);
  if (first < BEYOND_ASCII || /^\s/.test(piece)) return 1;
  if (/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(piece)) return Math.ceil(piece.length * 0.9);
  if (/^\p{L}/u.test(piece)) return Math.ceil(piece.length / 2.5);
  return 1;
}

/** Of ASCII, by their codes. */
const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const BEYOND_ASCII = 0x80;
