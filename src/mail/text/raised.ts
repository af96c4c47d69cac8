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
};

/** Longer texts are not raised for a power or a note, in characters. */
const LONGEST = 12;

/**
 * How a `<sup>` prints where its digits would be taken for those of the number before: `10²`, and `2^(n-1)`.
 *
 * @returns undefined for letters alone, as in 1st, which read well as they are
 */
export function raised(text: string): string | undefined {
  const bare = text.trim();
  if (!/\d/.test(bare) || bare.length > LONGEST) return undefined;
  const signs = [...bare].map((sign) => (Object.hasOwn(RAISED, sign) ? RAISED[sign] : undefined));
  return signs.every((sign) => sign !== undefined) ? signs.join('') : `^(${bare})`;
}
