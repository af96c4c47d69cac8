import { withPlainDigits } from './codes/digits.ts';
import { CODE_HIDDEN, fold } from './fold.ts';

/** Shorter values are found by chance, and longer ones nobody repeats, in characters. */
const [SHORTEST, LONGEST] = [6, 64];

/** Of how many pieces a value may be made where it is repeated: `4 8 2 9 1 3`. */
const MOST_PIECES = 10;

const PIECE = /[\p{L}\p{N}]+/gu;
/** What may stand between the pieces. */
const GAP = /^(?:[\p{Zs}\t\u{2010}-\u{2013}\u{2212}\u{fe63}\u{ff0d}-]|\p{Cf}){1,3}$/u;
/** What is random in the address of a link, and can be repeated without it. */
const TOKEN = /(?=[a-z]*\d)[a-z\d]{10,64}/gi;

/**
 * What was hidden in a mail, in the form in which it is known again elsewhere: as it looks, without blanks and dashes;
 * of a link its random parts.
 *
 * @param secrets what was hidden, as it stood there
 */
export function knownValues(secrets: Iterable<string>): string[] {
  const values = [...secrets].flatMap((secret) =>
    /[/?]/.test(secret) ? (secret.match(TOKEN) ?? []) : [withPlainDigits(secret).replace(/[\s\p{Cf}-]/gu, '')],
  );
  return [...new Set(values)].filter(({ length }) => length >= SHORTEST && length <= LONGEST);
}

/**
 * Hides what was masked elsewhere, wherever it stands alone: as a word, or as neighbouring words with blanks or dashes
 * between them.
 *
 * @param known from `knownValues`
 */
export function hideKnown(text: string, known: ReadonlySet<string>): { text: string; values: string[] } {
  if (known.size === 0 || text.length < SHORTEST) return { text, values: [] };
  const plain = withPlainDigits(text);
  const starts = new Set([...known].map((value) => value[0]));
  const shown: string[] = [];
  const values: string[] = [];
  let done = 0;
  // One after the other: all pieces of 2 MB at once would take a hundred.
  const pieces = new RegExp(PIECE);
  for (let first = pieces.exec(plain); first; first = pieces.exec(plain)) {
    if (!starts.has(first[0][0])) continue;
    const found = valueAt(plain, first.index, known);
    if (!found) continue;
    shown.push(text.slice(done, first.index), CODE_HIDDEN);
    values.push(found.value);
    done = found.end;
    pieces.lastIndex = done;
  }
  return { text: `${shown.join('')}${text.slice(done)}`, values };
}

/** The longest known value that begins there, if it is no part of a larger number. */
function valueAt(text: string, start: number, known: ReadonlySet<string>) {
  const pieces = new RegExp(PIECE);
  pieces.lastIndex = start;
  let [value, end] = ['', start];
  let found: { value: string; end: number } | undefined;
  for (let count = 0; count < MOST_PIECES; count += 1) {
    const piece = pieces.exec(text);
    if (!piece || (value !== '' && !GAP.test(text.slice(end, piece.index)))) break;
    value += piece[0];
    end = piece.index + piece[0].length;
    if (value.length > LONGEST) break;
    if (known.has(value)) found = { value, end };
  }
  if (!found) return undefined;
  const isPart =
    /\d[.,:]$/.test(text.slice(0, start).slice(-2)) || /^[.,:]\d/.test(text.slice(found.end, found.end + 2));
  return isPart && /^\d+$/.test(found.value) ? undefined : found;
}

/** `XKQ-WVB`, which has no shape that tells it from other words. */
const LETTERS = /(?<![\p{L}\p{N}-])[A-Z]{3,4}(?:-[A-Z]{3,4}){1,2}(?![\p{L}\p{N}-])/u;

/** Whether a line holds what could be a code with its words elsewhere: a subject that was taken over by an answer. */
export function mayHoldCode(line: string): boolean {
  const isCode = ({ shape }: ReturnType<typeof fold>['tokens'][number]) =>
    shape !== undefined && !shape.likeDate && shape.value.length >= SHORTEST && shape.value.length <= 10;
  const beginning = line.slice(0, 2_000);
  return LETTERS.test(beginning) || fold(beginning).tokens.some(isCode);
}
