/** The raised forms of digits and signs (Unicode, Superscripts and Subscripts). */
const RAISED: Record<string, string> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
  '–': '⁻',
  k: 'ᵏ',
  n: 'ⁿ',
  x: 'ˣ',
};

/** Longer texts are not raised for a power or a note, in characters. */
const LONGEST = 12;

/** A text, and the mark of a link behind it. */
const PARTS = /^([^\uFDD4]*)(\uFDD4\d+\uFDD5)?$/;

/**
 * How a `<sup>` prints where its signs would be taken for those of the number before: `10²`, and `2^(n-1)`.
 *
 * @returns undefined for what reads well as it is, such as the letters of 1st and notes in brackets
 */
export function raised(text: string): string | undefined {
  const [, bare = '', link = ''] = PARTS.exec(text.trim()) ?? [];
  if (!/^[+\-−–]?[\dnxk]/.test(bare) || bare.length > LONGEST || /^\p{L}{2}/u.test(bare)) return undefined;
  const signs = [...bare].map((sign) => (Object.hasOwn(RAISED, sign) ? RAISED[sign] : undefined));
  return (signs.every((sign) => sign !== undefined) ? signs.join('') : `^(${bare})`) + link;
}
