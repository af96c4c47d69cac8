import { MEANING } from './meaning.ts';
import WORDS from './words.json' with { type: 'json' };

export interface Hit {
  start: number;
  end: number;
  /** Bits of MEANING. */
  means: number;
}

interface Entry {
  /** Its first word. */
  text: string;
  /** Its further words. */
  rest: readonly string[];
  means: number;
  /** Whether more letters may follow in the last word. */
  open: boolean;
  /** Whether it counts in capitals only, being an ordinary word otherwise. */
  capitals: boolean;
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Scripts in which short endings are written on to a word, and short words in front of it. */
const ATTACHING =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Ethiopic}]/u;
const IN_FRONT = [/^(?:[وفبل]?(?:ال|لل)|[והבלמשכ])(?=..)/u, /^[והבלמשכ]{2}(?=..)/u];
const LETTER = String.raw`[\p{L}\p{M}\p{N}\u200c\u200d]`;
/** What a loop takes it remembers by the letter, 8 MB for marks without end; what a lookahead took it remembers as one. */
const WORD = new RegExp(`${LETTER}{1,64}(?:(?=(${LETTER}{64}))\\1)*${LETTER}*`, 'gu');
/** Join letters or keep them apart, and are no letters; many writers leave them out. */
const JOINERS = /[\u200c\u200d]/g;
const BETWEEN_WORDS = /^[\s'’"„“״.-]{1,3}$/;
const BEYOND_ASCII = /[\u0080-\uffff]/;
/** Entries are found by so many of their first letters, or by all where they are shorter. */
const PREFIX = 3;
/** Longer words are none of these. */
const LONGEST = 40;

const NONE: readonly Entry[] = [];

const bare = (word: string) => word.normalize('NFD').replace(/[\u0300-\u036f]/g, '');

interface Ending {
  text: string;
  means: number;
  /** Whether more letters may follow. */
  open: boolean;
}

interface Lexicon {
  /** Spaced words by their first letters. */
  index: ReadonlyMap<string, readonly Entry[]>;
  /** Words that are written together with others in front of them. */
  endings: readonly Ending[];
  /** Words of scripts without blanks. */
  unspaced: ReadonlyMap<string, number>;
  unspacedPattern: RegExp;
}

let built: Lexicon | undefined;

/** It is built when it is first needed, since a server starts sooner without. */
function lexicon(): Lexicon {
  built ??= build();
  return built;
}

function build(): Lexicon {
  const index = new Map<string, Entry[]>();
  const endings = new Map<string, number>();
  const unspaced = new Map<string, number>();
  const add = (words: Map<string, number>, word: string, means: number) =>
    words.set(word, (words.get(word) ?? 0) | means);
  for (const [written, means] of allWords()) {
    if (BEYOND_ASCII.test(written) && UNSPACED.test(written)) add(unspaced, written.replaceAll(' ', ''), means);
    else if (written.startsWith('*')) add(endings, written.slice(1), means);
    else {
      for (const entry of entriesFor(written, means)) {
        const key = entry.text.slice(0, PREFIX);
        const same = index.get(key);
        if (same) same.push(entry);
        else index.set(key, [entry]);
      }
    }
  }
  return {
    index,
    endings: longestFirst(endings).map((written) => ({
      text: written.replace('*', ''),
      means: endings.get(written) ?? 0,
      open: written.endsWith('*'),
    })),
    unspaced,
    unspacedPattern: new RegExp(longestFirst(unspaced).join('|'), 'gu'),
  };
}

function allWords(): [string, number][] {
  return Object.entries(WORDS)
    .filter(([language]) => language !== 'source')
    .flatMap(([, words]) => Object.entries(words))
    .flatMap(([meaning, list]) =>
      list.split(', ').map((word): [string, number] => [word, MEANING[meaning as keyof typeof MEANING]]),
    );
}

/** A word as it is written, and where it is long enough to be told from others, without its accents. */
function entriesFor(written: string, means: number): Entry[] {
  const capitals = /^[A-Z]+$/.test(written);
  const plain = written.replace(/\*$/, '').replace(JOINERS, '').toLowerCase();
  const hasMore = BEYOND_ASCII.test(plain);
  const forms = hasMore && plain.length >= 5 ? [...new Set([plain, bare(plain)])] : [plain];
  return forms.map((form) => {
    const [text = '', ...rest] = form.split(' ');
    return { text, rest, means, open: written.endsWith('*') || (hasMore && ATTACHING.test(form)), capitals };
  });
}

const longestFirst = (words: ReadonlyMap<string, number>) => [...words.keys()].sort((a, b) => b.length - a.length);

/** The words of a text that mean something here, in their order. The time grows with the length of the text only. */
export function hitsIn(text: string): Hit[] {
  const hits = spacedHits(text);
  if (!BEYOND_ASCII.test(text) || !UNSPACED.test(text)) return hits;
  const unspaced = [...text.matchAll(lexicon().unspacedPattern)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    means: lexicon().unspaced.get(word) ?? 0,
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
  const seen = new Map<string, Found>();
  let begun: Begun[] = [];
  for (let place = nextWord(text, 0); place; place = nextWord(text, place.end)) {
    const { start, end } = place;
    const written = text.slice(start, end);
    if (written.length > LONGEST || isOfAnAddress(text, start, end)) {
      begun = [];
      continue;
    }
    const { word, entries, means } = lookUp(written, seen);
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
  return match ? { start: match.index, end: WORD.lastIndex } : undefined;
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

/** Most words of a text are there many times; so many are remembered. */
const REMEMBERED = 10_000;

function lookUp(written: string, seen: Map<string, Found>): Found {
  const known = seen.get(written);
  if (known) return known;
  const word = BEYOND_ASCII.test(written)
    ? written.normalize('NFC').toLowerCase().replace(JOINERS, '')
    : written.toLowerCase();
  const entries = entriesOf(word, written);
  const means = entries.reduce((sum, entry) => (entry.rest.length === 0 ? sum | entry.means : sum), endingOf(word));
  const found = { word, entries, means };
  if (seen.size < REMEMBERED) seen.set(written, found);
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
  const { index } = lexicon();
  const found: Entry[] = [];
  for (let length = Math.min(PREFIX, word.length); length > 0; length--) {
    for (const entry of index.get(word.slice(0, length)) ?? NONE) {
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
  for (const one of lexicon().endings) {
    const { text, open } = one;
    const at = open ? word.indexOf(text) : word.endsWith(text) ? word.length - text.length : -1;
    if (at < 0 || at >= first) continue;
    first = at;
    ending = one;
  }
  return ending === undefined || ending.text === word ? 0 : ending.means;
}
