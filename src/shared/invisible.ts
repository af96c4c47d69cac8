/** The flags of England, Scotland and Wales, which are a black flag and tag characters. */
const FLAG =
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}';

/**
 * Characters that show nothing, or turn the order of those beside them around: soft hyphen, combining grapheme joiner,
 * Arabic letter mark, fillers, zero-width characters, marks of direction, invisible operators, variation selectors,
 * the byte order mark, interlinear annotation, controls of shorthand and music, tags (U+E0000 and on).
 */
const INVISIBLE = new RegExp(
  `${FLAG}|[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164` +
    '\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E0FFF}]',
  'gu',
);

/** Controls other than the tab and the line feed (Unicode category Cc). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are to be removed
const CONTROLS = /[\0-\x08\x0B-\x1F\x7F-\x9F]/g;

/** Between two of these a joiner says how they are written, as Persian, Indic scripts and families of emoji need it. */
const JOINED_BEFORE = /(?:\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})$/u;
const JOINED_AFTER = /^[\p{L}\p{M}\p{Extended_Pictographic}]/u;

/** What a variation selector says something about: ideographs, emoji, digits of keycaps, symbols. */
const VARIED = /[\p{Ideographic}\p{Extended_Pictographic}\p{Emoji}\p{S}]$/u;
const VARIATION_SELECTOR = /^[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u;

export interface Visible {
  text: string;
  /** Code points that were removed, controls not counted. */
  removed: number;
}

/** Takes out the characters that cannot be seen. Line feeds and tabs stay. */
export function removeInvisible(text: string): Visible {
  let removed = 0;
  const seen = text.replace(CONTROLS, '').replace(INVISIBLE, (found, at: number, whole: string) => {
    if (isOfUse(found, at, whole)) return found;
    removed++;
    return '';
  });
  return { text: seen, removed };
}

/** Whether it changes how those beside it are written. */
function isOfUse(found: string, at: number, text: string): boolean {
  if (found.startsWith('\u{1F3F4}')) return true;
  const before = text.slice(Math.max(0, at - 2), at);
  if (found === '\u200C' || found === '\u200D') {
    return JOINED_BEFORE.test(before) && JOINED_AFTER.test(text.slice(at + 1, at + 3));
  }
  // More than one in a row is a way to smuggle bytes.
  return VARIATION_SELECTOR.test(found) && VARIED.test(before);
}

/** One line without anything invisible, as a header is shown. */
export function cleanLine(text: string): string {
  return removeInvisible(text.replace(/[\s\u2028\u2029]+/g, ' ')).text.trim();
}
