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

/** How a listed word is compared, in bits. */
export const KIND = {
  /** More letters may follow in the last of its words. */
  open: 1,
  /** It counts in capitals only, being an ordinary word otherwise. */
  capitals: 2,
} as const;

/** A word, or the first of several, in small letters, bits of MEANING and of KIND, and the further words. */
export type Listed = readonly [text: string, means: number, kind: number, rest: string];

/**
 * Words in one text. Few texts have words that begin as most of these do, so most are never taken apart: to read all of
 * them as JSON would take longer than all else of the list.
 */
export const joined = (words: readonly Listed[]): string => words.map((word) => word.join('\t')).join('\n');

/** The words of a text that `joined` has made. */
export const apart = (words: string): Listed[] =>
  words.split('\n').map((word): Listed => {
    const [text = '', means, kind, rest = ''] = word.split('\t');
    return [text, Number(means), Number(kind), rest];
  });

/** The list, sorted by how its words are found. It can be written as JSON. */
export interface WordLists {
  /** Spaced words, `joined`, by their first letters, `PREFIX` of them or fewer. */
  listed: readonly [letters: string, words: string][];
  /** Words that are written together with others in front of them. */
  atEnds: readonly [ending: string, means: number][];
  /** Words of scripts without blanks. */
  unspaced: readonly [word: string, means: number][];
}
