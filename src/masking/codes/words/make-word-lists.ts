import { MEANING } from '../meaning.ts';
import WORDS from './words.json' with { type: 'json' };
import {
  ATTACHING,
  BEYOND_ASCII,
  bare,
  JOINERS,
  joined,
  KIND,
  type Listed,
  PREFIX,
  UNSPACED,
  type WordLists,
} from './writing.ts';

/**
 * The words of all languages, sorted. Takes 20 ms where it runs for the first time; so the bundle has in its place what
 * it answers.
 */
export function makeWordLists(): WordLists {
  const listed = new Map<string, Map<string, Listed>>();
  const atEnds = new Map<string, number>();
  const unspaced = new Map<string, number>();
  for (const [words, means] of allLists()) {
    for (const written of words.split(', ')) {
      if (UNSPACED.test(written)) add(unspaced, written.replaceAll(' ', ''), means);
      else if (written.startsWith('*')) add(atEnds, written.slice(1), means);
      else for (const word of wordsOf(written, means)) list(listed, word);
    }
  }
  const sorted = [...listed].map(([letters, words]): [string, string] => [letters, joined([...words.values()])]);
  return { listed: sorted, atEnds: [...atEnds], unspaced: [...unspaced] };
}

function add(words: Map<string, number>, word: string, means: number): void {
  words.set(word, (words.get(word) ?? 0) | means);
}

/** What is written alike in several languages stands once. */
function list(words: Map<string, Map<string, Listed>>, [text, means, kind, rest]: Listed): void {
  const letters = text.slice(0, PREFIX);
  const same = words.get(letters) ?? new Map<string, Listed>();
  const name = [text, rest, kind].join();
  same.set(name, [text, (same.get(name)?.[1] ?? 0) | means, kind, rest]);
  words.set(letters, same);
}

/** Of a word as it is written in the list, what it is compared with. */
function wordsOf(written: string, means: number): Listed[] {
  const hasMore = BEYOND_ASCII.test(written.replace(JOINERS, ''));
  return formsOf(written).map((form) => {
    const isOpen = written.endsWith('*') || (hasMore && ATTACHING.test(form));
    const kind = (isOpen ? KIND.open : 0) | (/^[A-Z]+$/.test(written) ? KIND.capitals : 0);
    const [text = '', ...rest] = form.split(' ');
    return [text, means, kind, rest.join(' ')];
  });
}

/** A word in small letters, and where it is long enough to be told from others, without its accents. */
function formsOf(written: string): string[] {
  const plain = written.replace(/\*$/, '').replace(JOINERS, '').toLowerCase();
  return BEYOND_ASCII.test(plain) && plain.length >= 5 ? [...new Set([plain, bare(plain)])] : [plain];
}

/** The words that mean the same in one language, with commas between. */
function allLists(): [string, number][] {
  return Object.entries(WORDS)
    .filter(([language]) => language !== 'source')
    .flatMap(([, words]) => Object.entries(words))
    .map(([meaning, words]) => [words, MEANING[meaning as keyof typeof MEANING]]);
}
