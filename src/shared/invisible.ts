/**
 * The one definition of characters that nobody sees: the reader takes them out, the question before a send marks them.
 *
 * They are Unicode's Default_Ignorable_Code_Point and format characters (Cf), private use (Co), and what has an empty
 * glyph: the blank of braille, the object replacement, fillers, the null notehead. The signs that Unicode calls
 * Prepended_Concatenation_Mark are format characters that show, so they are none of these.
 */
const INVISIBLE_CHARACTER =
  '(?![\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}])' +
  '[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Co}\\u2800\\uFFFC\\u{16FE4}\\u{1D159}]';

/** The flags of England, Scotland and Wales, which are a black flag and tag characters. */
const FLAG =
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}';

const invisible = later(() => new RegExp(`${FLAG}|${INVISIBLE_CHARACTER}`, 'gu'));

/** Controls other than the tab, the line feed and the carriage return (Unicode category Cc). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are to be removed
const CONTROLS = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/g;

/** Scripts in which a joiner changes how the letters beside it are written (Unicode, sections 9 and 12). */
const JOINING = (
  'Arab Syrc Mand Nkoo Adlm Mong Phag Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Mymr Khmr Tibt Java Bali ' +
  'Sund Cham Lana Newa Tirh Gran Kthi Sylo Mtei Olck'
)
  .split(' ')
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');
const JOINED_LETTER = `(?=[\\p{L}\\p{M}])(?!\\p{Variation_Selector})[${JOINING}]`;
const EMOJI = '\\p{Extended_Pictographic}';
const letterBefore = later(() => new RegExp(`${JOINED_LETTER}$`, 'u'));
const letterAfter = later(() => new RegExp(`^${JOINED_LETTER}`, 'u'));
const EMOJI_BEFORE = new RegExp(`(?:${EMOJI}\\uFE0F?|\\p{Emoji_Modifier})$`, 'u');
const EMOJI_AFTER = new RegExp(`^${EMOJI}`, 'u');

/** What emoji-variation-sequences.txt of Unicode has a text and an emoji form of; digits only as keycaps. */
const VARIED_EMOJI = /(?![\d#*])\p{Emoji}$/u;
const KEYCAP = /[\d#*]$/;
/** StandardizedVariants.txt has three forms of an ideograph, and two of the punctuation beside it. */
const VARIED_IDEOGRAPH = /[\p{Ideographic}、。，．！：；？]$/u;
/** The registered forms of names (Ideographic Variation Database); the numbers above are used by no font. */
const IDEOGRAPH_FORM = /^[\uFE00-\uFE02\u{E0100}-\u{E011F}]$/u;

const BRAILLE_BEFORE = /[\u2801-\u28FF]$/;
const BRAILLE_AFTER = /^[\u2801-\u28FF]/;

export interface Visible {
  text: string;
  /** Code points that were removed, controls not counted. */
  removed: number;
}

/** Takes out the characters that cannot be seen. Line feeds and tabs stay. */
export function removeInvisible(text: string): Visible {
  let removed = 0;
  const seen = replaceInvisible(withoutControls(text).replaceAll('\r', ''), () => {
    removed++;
    return '';
  });
  return { text: seen, removed };
}

/** The text without the characters that cannot be seen, its line ends as they are. */
export function withoutInvisible(text: string): string {
  return replaceInvisible(withoutControls(text), () => '');
}

/**
 * Replaces each character that cannot be seen, but for those that change how the ones beside them are written: joiners
 * in emoji and in words of scripts that need them, the forms of emoji and ideographs.
 */
export function replaceInvisible(text: string, replace: (found: string) => string): string {
  return text.replace(invisible(), (found, at: number, whole: string) =>
    isOfUse(found, at, whole) ? found : replace(found),
  );
}

function withoutControls(text: string): string {
  return text.replace(CONTROLS, '');
}

function isOfUse(found: string, at: number, text: string): boolean {
  if (found.startsWith('\u{1F3F4}')) return true;
  const before = text.slice(Math.max(0, at - 3), at);
  const after = text.slice(at + found.length, at + found.length + 2);
  if (found === '\u200C' || found === '\u200D') return isJoined(found, before, after);
  if (found === '\u2800') return BRAILLE_BEFORE.test(before) && BRAILLE_AFTER.test(after);
  // More than one in a row is a way to smuggle bytes: the second has none of these before it.
  if (found === '\uFE0E' || found === '\uFE0F') {
    return VARIED_EMOJI.test(before) || (KEYCAP.test(before) && after.startsWith('\u20E3'));
  }
  return IDEOGRAPH_FORM.test(found) && VARIED_IDEOGRAPH.test(before);
}

function isJoined(joiner: string, before: string, after: string): boolean {
  if (letterBefore().test(before) && letterAfter().test(after)) return true;
  return joiner === '\u200D' && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after);
}

/** A pattern of classes that take a millisecond or two to build, which a process that shows no text need not wait for. */
function later(build: () => RegExp): () => RegExp {
  let built: RegExp | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

/** One line without anything invisible, as a header is shown. */
export function cleanLine(text: string): string {
  return removeInvisible(text.replace(/[\s\u2028\u2029]+/g, ' ')).text.trim();
}
