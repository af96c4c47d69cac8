import { MEANING } from '../meaning.ts';
import WORDS from './words.json' with { type: 'json' };

/** A word, or several, that mean something where codes are spoken of. */
export interface Entry {
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

/** A word that is written together with others in front of it. */
export interface Ending {
  text: string;
  means: number;
  /** Whether more letters may follow. */
  open: boolean;
}

export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Scripts in which short endings are written on to a word, and short words in front of it. */
export const ATTACHING =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Ethiopic}]/u;
/** Join letters or keep them apart, and are no letters; many writers leave them out. */
export const JOINERS = /[\u200c\u200d]/g;
export const BEYOND_ASCII = /[\u0080-\uffff]/;
/** Entries are found by so many of their first letters, or by all where they are shorter. */
export const PREFIX = 3;

/** A word without its accents. */
export const bare = (word: string) => word.normalize('NFD').replace(/[\u0300-\u036f]/g, '');

/** A word as the list has it. */
interface Listed {
  written: string;
  means: number;
}

/** The list, sorted by how its words are found. */
interface WordIndex {
  /** Spaced words by their first letters; few texts have words that begin as most of these do. */
  listed: ReadonlyMap<string, readonly Listed[]>;
  /** Those of them that were looked for. */
  entries: Map<string, readonly Entry[]>;
  endings: readonly Ending[];
  /** Words of scripts without blanks. */
  unspaced: ReadonlyMap<string, number>;
  unspacedPattern?: RegExp;
}

let built: WordIndex | undefined;

/** It is built when it is first needed, since a server starts sooner without. */
function wordIndex(): WordIndex {
  built ??= build();
  return built;
}

/** Spaced words that begin with these letters, `PREFIX` of them, or fewer where they are all of the word. */
export function entriesUnder(letters: string): readonly Entry[] {
  const { listed, entries } = wordIndex();
  const known = entries.get(letters);
  const words = known ? undefined : listed.get(letters);
  if (!words) return known ?? NONE;
  const found = words
    .flatMap(({ written, means }) => entriesFor(written, means))
    .filter(({ text }) => text.slice(0, PREFIX) === letters);
  entries.set(letters, found);
  return found;
}

/** The longest first. */
export const endings = (): readonly Ending[] => wordIndex().endings;

/** What finds words of scripts without blanks, and what each means. */
export function unspacedWords(): { pattern: RegExp; means: ReadonlyMap<string, number> } {
  const index = wordIndex();
  index.unspacedPattern ??= new RegExp(longestFirst(index.unspaced).join('|'), 'gu');
  return { pattern: index.unspacedPattern, means: index.unspaced };
}

const NONE: readonly Entry[] = [];

function build(): WordIndex {
  const listed = new Map<string, Listed[]>();
  const atEnds = new Map<string, number>();
  const unspaced = new Map<string, number>();
  for (const [words, means] of allLists()) {
    const hasUnspaced = UNSPACED.test(words);
    const [plain, plainer] = keysOf(words);
    for (const [at, written] of words.split(', ').entries()) {
      if (hasUnspaced && UNSPACED.test(written)) add(unspaced, written.replaceAll(' ', ''), means);
      else if (written.startsWith('*')) add(atEnds, written.slice(1), means);
      else {
        const [key = '', bareKey = key] = [plain[at], plainer?.[at]];
        const word = { written, means };
        list(listed, key, word);
        if (bareKey !== key) list(listed, bareKey, word);
      }
    }
  }
  return { listed, entries: new Map(), endings: longestFirst(atEnds).map(toEnding(atEnds)), unspaced };
}

function add(words: Map<string, number>, word: string, means: number): void {
  words.set(word, (words.get(word) ?? 0) | means);
}

function list(words: Map<string, Listed[]>, key: string, word: Listed): void {
  const same = words.get(key);
  if (same) same.push(word);
  else words.set(key, [word]);
}

/**
 * The first letters by which each word of a list is found, and where there are others without accents, those too. All at
 * once: word by word it takes five times as long.
 */
function keysOf(words: string): [string[], string[] | undefined] {
  const plain = words.replace(JOINERS, '').toLowerCase();
  const keys = (forms: string) => forms.replaceAll('*', '').split(', ').map(keyOf);
  return [keys(plain), BEYOND_ASCII.test(plain) ? keys(bare(plain)) : undefined];
}

/** Of a word, or of the first of several. */
function keyOf(form: string): string {
  const letters = form.slice(0, PREFIX);
  const end = letters.indexOf(' ');
  return end < 0 ? letters : letters.slice(0, end);
}

/** The words that mean the same in one language, with commas between. */
function allLists(): [string, number][] {
  return Object.entries(WORDS)
    .filter(([language]) => language !== 'source')
    .flatMap(([, words]) => Object.entries(words))
    .map(([meaning, words]) => [words, MEANING[meaning as keyof typeof MEANING]]);
}

/** A word as it is written, and where it is long enough to be told from others, without its accents. */
function formsOf(written: string): string[] {
  const plain = written.replace(/\*$/, '').replace(JOINERS, '').toLowerCase();
  return BEYOND_ASCII.test(plain) && plain.length >= 5 ? [...new Set([plain, bare(plain)])] : [plain];
}

function entriesFor(written: string, means: number): Entry[] {
  const capitals = /^[A-Z]+$/.test(written);
  const hasMore = BEYOND_ASCII.test(written.replace(JOINERS, ''));
  return formsOf(written).map((form) => {
    const [text = '', ...rest] = form.split(' ');
    return { text, rest, means, open: written.endsWith('*') || (hasMore && ATTACHING.test(form)), capitals };
  });
}

const longestFirst = (words: ReadonlyMap<string, number>) => [...words.keys()].sort((a, b) => b.length - a.length);

const toEnding =
  (means: ReadonlyMap<string, number>) =>
  (written: string): Ending => ({
    text: written.replace('*', ''),
    means: means.get(written) ?? 0,
    open: written.endsWith('*'),
  });
