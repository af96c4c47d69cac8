/** A run that is written from right to left whatever its letters are (UAX 9, section 2.3): to its end or the line's. */
const OVERRIDE = /\u202E([^\u202A-\u202E\u2066-\u2069\n\r\u2029]*)/g;
/** A letter with the marks upon it. */
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;
/** Brackets and signs that turn with the direction (UAX 9, rule L4). */
const PAIRS = '()[]{}<>«»‹›≤≥';

/**
 * The text as it looks: what an override turns around is read from its other end, as a person reads it. The signs of
 * the override stay, for whoever counts what nobody sees.
 */
export function asItLooks(text: string): string {
  if (!text.includes('\u202E')) return text;
  return text.replace(OVERRIDE, (_, run: string) => `\u202E${turned(run)}`);
}

/** A text from its last letter to its first. */
export function turned(text: string): string {
  const letters = text.match(LETTER) ?? [];
  return letters.reverse().map(mirrored).join('');
}

function mirrored(letter: string): string {
  const at = PAIRS.indexOf(letter);
  return at === -1 ? letter : PAIRS.charAt(at ^ 1);
}
