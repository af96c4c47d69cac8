const OTHER_DIGIT = /(?!\d)\p{Nd}/gu;
const DIGIT = /^\p{Nd}$/u;

/** Stands in front of a digit that takes two units of UTF-16, and is not seen. */
export const JOINER = '\u2060';

/**
 * Writes the digits of every script as 0 to 9 (`٤٨٢` as `482`). The length stays the same, so that places in the one
 * text are places in the other.
 */
export function withPlainDigits(text: string): string {
  return text.replace(OTHER_DIGIT, (digit) => (digit.length === 1 ? '' : JOINER) + numberOf(digit.codePointAt(0) ?? 0));
}

/** Digits stand in runs of ten, from zero to nine (The Unicode Standard, section 4.6). */
function numberOf(codePoint: number): number {
  let first = codePoint;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first--;
  return (codePoint - first) % 10;
}
