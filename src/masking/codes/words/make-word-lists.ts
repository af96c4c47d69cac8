import { MEANING } from '../meaning.ts';
import WORDS from './words.json' with { type: 'json' };
import { BEYOND_ASCII, bare, JOINERS, type Listed, PREFIX, UNSPACED, type WordLists } from './writing.ts';

/**
 * The words of all languages, sorted. Takes 10 ms where it runs for the first time; so the bundle has in its place what
 * it answers.
 */
export function makeWordLists(): WordLists {
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
        const word: Listed = [written, means];
        list(listed, key, word);
        if (bareKey !== key) list(listed, bareKey, word);
      }
    }
  }
  return { listed: [...listed], atEnds: [...atEnds], unspaced: [...unspaced] };
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
