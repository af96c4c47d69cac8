import { replaceInvisible } from './invisible.ts';

/** Controls and the separators of lines and paragraphs (Unicode categories Cc, Zl, Zp). */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/**
 * One line of text with its invisible characters made visible, as `⟨U+202E⟩`, so that nobody agrees to something that
 * reads other than it is.
 */
export function visible(line: string): string {
  const marked = replaceInvisible(line, mark);
  return marked.replace(CONTROLS, (character) => (character === '\t' || character === '\r' ? ' ' : mark(character)));
}

function mark(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
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
