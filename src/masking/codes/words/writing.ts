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

/** A word as it is written in the list, and bits of MEANING. */
export type Listed = readonly [written: string, means: number];

/** The list, sorted by how its words are found. It can be written as JSON. */
export interface WordLists {
  /** Spaced words by their first letters; few texts have words that begin as most of these do. */
  listed: readonly [letters: string, words: readonly Listed[]][];
  /** Words that are written together with others in front of them. */
  atEnds: readonly Listed[];
  /** Words of scripts without blanks. */
  unspaced: readonly Listed[];
}
