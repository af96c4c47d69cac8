import { remembering } from '../remembering.ts';
import { type Ending, type Entry, endingsUnder, entriesUnder, unspacedWords } from './words/word-index.ts';
import { ATTACHING, BEYOND_ASCII, bare, JOINERS, PREFIX, UNSPACED } from './words/writing.ts';

export interface Hit {
  start: number;
  end: number;
  /** Bits of MEANING. */
  means: number;
}

const IN_FRONT = [/^(?:[وفبل]?(?:ال|لل)|[והבלמשכ])(?=..)/u, /^[והבלמשכ]{2}(?=..)/u];
const LETTER = String.raw`[\p{L}\p{M}\p{N}\u200c\u200d]`;
/** What a loop takes it remembers by the letter, 8 MB for marks without end; so a long word is taken in pieces. */
const WORD = new RegExp(`${LETTER}{1,64}`, 'gu');
const REST = new RegExp(WORD.source, 'uy');
const BETWEEN_WORDS = /^[\s'’"„“״.-]{1,3}$/;
/** Longer words are none of these. */
const LONGEST = 40;

/** The words of a text that mean something here, in their order. The time grows with the length of the text only. */
export const hitsIn: (text: string) => readonly Hit[] = remembering(findHits);

function findHits(text: string): Hit[] {
  const hits = spacedHits(text);
  if (!BEYOND_ASCII.test(text) || !UNSPACED.test(text)) return hits;
  const { pattern, means } = unspacedWords();
  const unspaced = [...text.matchAll(pattern)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    means: means.get(word) ?? 0,
  }));
  return unspaced.length === 0 ? hits : [...hits, ...unspaced].sort((a, b) => a.start - b.start);
}

/** An entry of several words of which some have been found. */
interface Begun {
  entry: Entry;
  found: number;
  start: number;
  end: number;
}

function spacedHits(text: string): Hit[] {
  const hits: Hit[] = [];
  let begun: Begun[] = [];
  for (let place = nextWord(text, 0); place; place = nextWord(text, place.end)) {
    const { start, end } = place;
    const written = text.slice(start, end);
    if (written.length > LONGEST || isOfAnAddress(text, start, end)) {
      begun = [];
      continue;
    }
    const { word, entries, means } = lookUp(written);
    if (means !== 0) hits.push({ start, end, means });
    if (entries.length === 0 && begun.length === 0) continue;
    const further = begun.filter((one) => one.end < start && BETWEEN_WORDS.test(text.slice(one.end, start)));
    begun = entries.flatMap((entry) => (entry.rest.length > 0 ? [{ entry, found: 0, start, end }] : []));
    for (const one of further) {
      const { entry, found } = one;
      const isLast = found + 1 === entry.rest.length;
      if (!fits(word, entry.rest[found] ?? '', isLast && entry.open)) continue;
      if (!isLast) begun.push({ ...one, found: found + 1, end });
      else {
        join(hits, { start: one.start, end, means: entry.means });
      }
    }
  }
  return hits;
}

/** The next word from a place on. Most texts are plain letters for long stretches, which need no pattern. */
function nextWord(text: string, from: number): { start: number; end: number } | undefined {
  let start = from;
  while (start < text.length && !isPlainLetter(text.charCodeAt(start)) && text.charCodeAt(start) < 0x80) start++;
  if (start >= text.length) return undefined;
  let end = start;
  while (isPlainLetter(text.charCodeAt(end))) end++;
  // At the end of the text there is no code, which is not beyond ASCII.
  if (!(text.charCodeAt(end) >= 0x80)) return { start, end };
  WORD.lastIndex = start;
  const match = WORD.exec(text);
  if (!match) return undefined;
  end = WORD.lastIndex;
  while (end - match.index >= 64) {
    REST.lastIndex = end;
    if (!REST.test(text)) break;
    end = REST.lastIndex;
  }
  return { start: match.index, end };
}

/** The letters and digits of ASCII, by their codes. */
const isPlainLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

interface Found {
  word: string;
  entries: readonly Entry[];
  /** What the word means by itself. */
  means: number;
}

/** Most words of a text are there many times, and in other mail again; so many are remembered. */
const REMEMBERED = 4_000;
/** Of a longer one V8 keeps the whole text that it was taken from, in characters (`SlicedString::kMinLength`). */
const LONGEST_REMEMBERED = 12;

const seen = new Map<string, Found>();

function lookUp(written: string): Found {
  const known = seen.get(written);
  if (known) return known;
  const word = BEYOND_ASCII.test(written)
    ? written.normalize('NFC').toLowerCase().replace(JOINERS, '')
    : written.toLowerCase();
  const entries = entriesOf(word, written);
  const means = entries.reduce((sum, entry) => (entry.rest.length === 0 ? sum | entry.means : sum), endingOf(word));
  const found = { word, entries, means };
  if (written.length <= LONGEST_REMEMBERED) {
    if (seen.size >= REMEMBERED) seen.clear();
    seen.set(written, found);
  }
  return found;
}

/** Whether a word is a piece of `robin@oak.example`. */
function isOfAnAddress(text: string, start: number, end: number): boolean {
  const before = text[start - 1];
  if (text[end] === '@' || before === '@') return true;
  return before === '.' && /^[\p{L}\p{N}]\.$/u.test(text.slice(Math.max(0, start - 2), start));
}

/** Several words mean more together than each by itself, whose meanings go. */
function join(hits: Hit[], whole: Hit): void {
  let last = hits.at(-1);
  while (last && last.start >= whole.start && (last.start !== whole.start || last.end !== whole.end)) {
    hits.pop();
    last = hits.at(-1);
  }
  if (last?.start === whole.start) last.means |= whole.means;
  else hits.push(whole);
}

function entriesOf(word: string, written: string): readonly Entry[] {
  const found = matching(word, written);
  if (found.length > 0 || !BEYOND_ASCII.test(word)) return found;
  const plain = bare(word);
  if (plain !== word && plain.length >= 5) return matching(plain, written);
  if (!ATTACHING.test(word)) return [];
  return IN_FRONT.flatMap((front) => (front.test(word) ? matching(word.replace(front, ''), written) : []));
}

function matching(word: string, written: string): Entry[] {
  const found: Entry[] = [];
  for (let length = Math.min(PREFIX, word.length); length > 0; length--) {
    for (const entry of entriesUnder(word.slice(0, length))) {
      if (!fits(word, entry.text, entry.open && entry.rest.length === 0)) continue;
      if (!entry.capitals || written === written.toUpperCase()) found.push(entry);
    }
  }
  return found;
}

function fits(word: string, text: string, open: boolean): boolean {
  if (!open) return word === text;
  return word.startsWith(text) && (!ATTACHING.test(text) || word.length - text.length <= 2);
}

/** Of a word such as `Bestätigungscode`: that it ends with a code. The longest ending counts. */
function endingOf(word: string): number {
  if (word.length < 3) return 0;
  let first = word.length;
  let ending: Ending | undefined;
  for (const one of endingsUnder(word.slice(-2))) {
    const { text, open } = one;
    const at = open ? word.indexOf(text) : word.endsWith(text) ? word.length - text.length : -1;
    if (at < 0 || at >= first) continue;
    first = at;
    ending = one;
  }
  return ending === undefined || ending.text === word ? 0 : ending.means;
}
