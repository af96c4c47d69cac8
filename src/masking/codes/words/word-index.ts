import { makeWordLists } from './make-word-lists.ts';
import { apart, KIND, type Listed, type WordLists } from './writing.ts';

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

/** The words as they are looked up. */
interface WordIndex {
  listed: ReadonlyMap<string, string>;
  /** Those of them that were looked for. */
  entries: Map<string, readonly Entry[]>;
  /** By their last two letters, the longest first, each with all that may stand further in front. */
  endings: ReadonlyMap<string, readonly Ending[]>;
  /** Those that may stand further in front. */
  openEndings: readonly Ending[];
  /** Words of scripts without blanks. */
  unspaced: ReadonlyMap<string, number>;
  unspacedPattern?: RegExp;
}

let built: WordIndex | undefined;

/** It is built when it is first needed, since a server starts sooner without. */
function wordIndex(): WordIndex {
  built ??= indexOf(makeWordLists());
  return built;
}

/** Spaced words that begin with these letters, `PREFIX` of them, or fewer where they are all of the word. */
export function entriesUnder(letters: string): readonly Entry[] {
  const { listed, entries } = wordIndex();
  const words = listed.get(letters);
  if (!words) return NONE;
  const found = entries.get(letters) ?? apart(words).map(toEntry);
  entries.set(letters, found);
  return found;
}

/** What a word may end with whose last two letters are these, the longest first. */
export function endingsUnder(letters: string): readonly Ending[] {
  const { endings, openEndings } = wordIndex();
  return endings.get(letters) ?? openEndings;
}

/** What finds words of scripts without blanks, and what each means. */
export function unspacedWords(): { pattern: RegExp; means: ReadonlyMap<string, number> } {
  const index = wordIndex();
  index.unspacedPattern ??= new RegExp(longestFirst(index.unspaced).join('|'), 'gu');
  return { pattern: index.unspacedPattern, means: index.unspaced };
}

const NONE: readonly Entry[] = [];

function indexOf({ listed, atEnds, unspaced }: WordLists): WordIndex {
  const ends = new Map(atEnds);
  const endings = longestFirst(ends).map(toEnding(ends));
  const lastLetters = new Set(endings.map(({ text }) => text.slice(-2)));
  const under = (letters: string) => endings.filter(({ text, open }) => open || text.endsWith(letters));
  return {
    ...{ listed: new Map(listed), entries: new Map(), unspaced: new Map(unspaced) },
    endings: new Map([...lastLetters].map((letters) => [letters, under(letters)])),
    openEndings: endings.filter(({ open }) => open),
  };
}

const toEntry = ([text, means, kind, rest]: Listed): Entry => ({
  ...{ text, means, rest: rest === '' ? ALONE : rest.split(' ') },
  open: (kind & KIND.open) !== 0,
  capitals: (kind & KIND.capitals) !== 0,
});

const ALONE: readonly string[] = [];

const longestFirst = (words: ReadonlyMap<string, number>) => [...words.keys()].sort((a, b) => b.length - a.length);

const toEnding =
  (means: ReadonlyMap<string, number>) =>
  (written: string): Ending => ({
    text: written.replace('*', ''),
    means: means.get(written) ?? 0,
    open: written.endsWith('*'),
  });
