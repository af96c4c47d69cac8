/** Control, bidirectional and other invisible characters (Unicode categories Cc, Cf, Zl, Zp). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Joins the parts of an emoji or of a word in several scripts; shown as it is, it deceives nobody. */
const ZERO_WIDTH_JOINERS = new Set(['\u200c', '\u200d']);

/**
 * One line of text with its invisible characters made visible, as `⟨U+202E⟩`, so that nobody agrees to something that
 * reads other than it is.
 */
export function visible(line: string): string {
  return line.replace(INVISIBLE, (character) => {
    if (character === '\t' || character === '\r') return ' ';
    if (ZERO_WIDTH_JOINERS.has(character)) return character;
    return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** A text that is shown in part; `leftOut` characters of it are missing already. */
export interface ShownPart {
  title: string;
  text: string;
  leftOut?: number;
}

/**
 * Texts for a question, each with room of its own, so that no long one can push another out of sight.
 *
 * @param room how many characters of each are shown; the rest is counted
 */
export function excerpts(parts: readonly ShownPart[], room: number): string {
  return parts
    .map(({ title, text, leftOut = 0 }) => {
      const hidden = Math.max(0, text.length - room) + leftOut;
      const lines = text.slice(0, room).split('\n').map(visible);
      return [...(title ? [title] : []), ...lines, ...(hidden > 0 ? [`… and ${hidden} more characters`] : [])].join(
        '\n',
      );
    })
    .join('\n\n');
}
