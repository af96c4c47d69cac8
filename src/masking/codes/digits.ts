/** Most texts are written without any of these. */
const BEYOND_ASCII = /[^\0-\x7f]/;
/** Blanks of other widths and those that keep a line together, each one unit of UTF-16 (General_Category Zs). */
const OTHER_BLANK = /(?! )\p{Zs}/gu;
/** Hyphens within a word, and longer dashes between groups of digits that are no years: `856–954`, not `10–12`. */
const OTHER_HYPHEN =
  /(?<=[a-z\d])[\u2010\u2011\ufe63\uff0d](?=[a-z\d])|(?<=\d{3})(?<!\b(?:19|20)\d\d)[\u2012\u2013\u2212](?=\d{3})/gi;
const OTHER_DIGIT = /(?!\d)\p{Nd}/gu;
const DIGIT = /^\p{Nd}$/u;

/** Dots at half height, for a class of characters: `482 · 913`. */
export const DOTS = '·•‧・';

/** Stands in front of a digit that takes two units of UTF-16, and is not seen. */
export const JOINER = '\u2060';

/**
 * Writes the digits of every script as 0 to 9 (`٤٨٢` as `482`), and what may stand between groups of them as a blank or a
 * hyphen. The length stays the same, so that places in the one text are places in the other.
 */
export function withPlainDigits(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  const plain = text.replace(OTHER_DIGIT, (digit) => (digit.length === 1 ? '' : JOINER) + plainDigit(digit));
  return plain.replace(OTHER_BLANK, ' ').replace(OTHER_HYPHEN, '-');
}

const plainDigit = (digit: string): number => numberOf(digit.codePointAt(0) ?? 0);

/** Digits stand in runs of ten, from zero to nine (The Unicode Standard, section 4.6). */
function numberOf(codePoint: number): number {
  let first = codePoint;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first--;
  return (codePoint - first) % 10;
}
