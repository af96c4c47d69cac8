import { clip } from './code-points.ts';
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

/** The beginning of such a line, in code points, as a name is shown that somebody chose. */
export const visibleStart = (line: string, length: number): string => clip(visible(line), length);

function mark(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
