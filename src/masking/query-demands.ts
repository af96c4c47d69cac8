import { withPlainDigits } from './codes/digits.ts';
import { NO_WORDS, wordsOf } from './query-words.ts';

/** What one part of a search asks of the words of a mail. */
interface Demand {
  /** Words and phrases, in lower case. */
  words: readonly string[];
  /** Whether one of them is enough. */
  isChoice: boolean;
}

/** The demands of a search. Each of them holds of what it finds. */
export interface Demands {
  all: readonly Demand[];
  /** Whether it finds mail without a word that it names: by choices, or by what it leaves out. */
  offersChoice: boolean;
}

/** Operators whose values stand in addresses, which are never masked. */
const OF_PEOPLE = /^(?:from|to|cc|bcc|deliveredto|list):/i;
/** What people search for, or leave out, as they do with no code. */
const YEAR = /^(?:19|20)\d\d$/;
const TOKEN = /[-+]*(?:[a-z\d_]+:)?(?:[({]|"[^"]*"?)|[)}]|[^\s(){}"]+/gi;
/** A bracket, with what stands before it. */
const OPENS = /^([-+]*)((?:[a-z\d_]+:)?)([({])$/i;

/**
 * What a search demands of the words of a mail. Whatever it demands of words that are not shown can be met, or missed,
 * by what is masked alone.
 *
 * @param query in Gmail's language (https://support.google.com/mail/answer/7190)
 */
export function demandsOf(query: string): Demands {
  const tokens: readonly string[] =
    withPlainDigits(query)
      .replace(/\bAROUND\s+\d+\b/g, ' ')
      .match(TOKEN) ?? [];
  const parts = joined(piecesOf(tokens));
  const all = parts.map(demandOf).filter(({ words }) => words.length > 0);
  const offersChoice = parts.some(
    (part) => (part.length > 1 || part[0]?.startsWith('-')) && demandOf(part).words.length > 0,
  );
  return { all, offersChoice };
}

/**
 * Whether a search would find a mail whatever is masked in it, so that it may be among what was found.
 *
 * @param shown all fields of the mail as they are shown, the whole text among them
 * @param hidesLetters whether anything with letters is masked in it; otherwise its masking concerns numbers alone
 */
export function meets({ all }: Demands, shown: readonly string[], hidesLetters: boolean): boolean {
  const texts = shown.flatMap((field) => field.split(PLACEHOLDER)).map((text) => wordsOf(withPlainDigits(plain(text))));
  const lines = texts.map((words) => ` ${words.join(' ')} `);
  const known = new Set(texts.flat());
  const isShown = (asked: string): boolean => {
    const word = plain(asked);
    if (known.has(word) || lines.some((line) => line.includes(` ${word} `))) return true;
    if (/[\d ]/.test(word)) return false;
    return UNSPACED.test(word)
      ? lines.some((line) => line.includes(word))
      : [...known].some((one) => isForm(one, word));
  };
  return all.every(({ words, isChoice }) => {
    const asked = hidesLetters ? words : words.filter((word) => /\d/.test(word));
    if (asked.length === 0) return true;
    return isChoice ? words.some(isShown) : asked.every(isShown);
  });
}

const PLACEHOLDER = /\[(?:one-time code|password-reset link|sign-in link) hidden\]/;
/** Scripts that write words without blanks, or with endings on them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Gmail finds words without their accents. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC');

/** Whether two words differ in their ending alone, which Gmail finds as well: `code` and `codes`. */
function isForm(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 4 && long.length - short.length <= 3 && long.startsWith(short);
}

/** What stands side by side outside every bracket, each as its tokens. */
function piecesOf(tokens: readonly string[]): string[][] {
  const pieces: string[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) pieces.push([token]);
    else pieces.at(-1)?.push(token);
    if (OPENS.test(token)) depth += 1;
    if (/^[)}]$/.test(token)) depth = Math.max(0, depth - 1);
  }
  return pieces;
}

const isOr = (token: string | undefined): boolean => token === 'OR' || token === '|';

/** With what an OR stands between in one piece: it binds closer than what stands side by side. */
function joined(pieces: readonly string[][]): string[][] {
  const parts: string[][] = [];
  let joins = false;
  for (const piece of pieces) {
    const isJoint = piece.length === 1 && isOr(piece[0]);
    const before = parts.at(-1);
    if (before && (isJoint || joins)) before.push(...piece);
    else if (!isJoint) parts.push([...piece]);
    joins = isJoint;
  }
  return parts;
}

function demandOf(part: readonly string[]): Demand {
  const [, minus = '', operator = '', bracket] = OPENS.exec(part[0] ?? '') ?? [];
  const inner =
    bracket === undefined
      ? part
      : part.slice(1).filter((token, at, all) => at < all.length - 1 || !/^[)}]$/.test(token));
  const terms = inner.filter((token) => !isOr(token) && !/^[)}]$/.test(token) && !OPENS.test(token));
  const isFlat = inner.every((token) => !OPENS.test(token) && !/^[)}]$/.test(token));
  const alternates = inner.length > 1 && inner.every((token, at) => (at % 2 === 1) === isOr(token));
  const isChoice = minus === '' && isFlat && (bracket === '{' ? !inner.some(isOr) : alternates);
  const wordsIn = (some: readonly string[]) =>
    some.flatMap((term) => wordOf(operator !== '' && !term.includes(':') ? `${operator}${term}` : term));
  // What is left out says nothing for the mail that is found.
  const named = isChoice ? wordsIn(terms.filter((term) => !term.startsWith('-'))) : [];
  return named.length > 0 ? { words: named, isChoice: terms.length > 1 } : { words: wordsIn(terms), isChoice: false };
}

function wordOf(term: string): string[] {
  const bare = term.replace(/^[-+]+/, '');
  if (NO_WORDS.test(bare) || OF_PEOPLE.test(bare)) return [];
  const words = wordsOf(bare.replace(/^[a-z\d_]+:/i, ''));
  return words.length > 0 && !YEAR.test(words.join(' ')) ? [words.join(' ')] : [];
}
