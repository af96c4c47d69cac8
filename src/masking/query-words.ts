import { withPlainDigits } from './codes/digits.ts';

/** Operators of a Gmail search (https://support.google.com/mail/answer/7190) whose values are no words of a mail. */
export const NO_WORDS =
  /^(?:label|in|is|has|category|larger|smaller|size|before|after|older|newer|older_than|newer_than|rfc822msgid):/i;
/** What the query is made of: phrases, and words with their operator. A hyphen or plus in front belongs to neither. */
const TERM = /(?:[a-z\d_]+:)?"[^"]*"?|[^\s(){}"]+/gi;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Shorter numbers say too little of a code, and years are what people search for. */
const SAYS_LITTLE = /^(?:.{1,2}|(?:19|20)\d\d)$/u;

/**
 * The words and phrases of a Gmail search that could be a code or a piece of one. Whoever asks for one after the other
 * would learn a code that is masked by which of them finds its mail, or by which fails to with a minus in front; a
 * phrase of single digits would give it away digit by digit.
 */
export function codeWordsOf(query: string): string[] {
  const terms =
    withPlainDigits(query)
      .replace(/\bAROUND\s+\d+\b/g, ' ')
      .match(TERM) ?? [];
  return terms.filter((term) => !NO_WORDS.test(term.replace(/^[-+]+/, ''))).flatMap((term) => codeWord(term));
}

function codeWord(term: string): string[] {
  const words = wordsOf(term.replace(/^[-+]*[a-z\d_]+:/i, ''));
  const withDigits = words.filter((word) => /\d/.test(word));
  const says = withDigits.length > 1 || withDigits.some((word) => !SAYS_LITTLE.test(word));
  return says ? [words.join(' ')] : [];
}

/**
 * Whether a mail may be among what a search with such words has found. One in which something is masked may not, unless
 * all that is shown of it has each of the words; so that it is there or not tells nothing of what is masked. What is
 * left out may not be counted either.
 *
 * @param codeWords the words of the search, from `codeWordsOf`
 * @param shown all fields of the mail as they are shown, the whole text among them
 * @param isMasked whether something in it is masked
 */
export function mayBeFound(codeWords: readonly string[], shown: readonly string[], isMasked: boolean): boolean {
  if (!isMasked || codeWords.length === 0) return true;
  const texts = shown.map((field) => ` ${wordsOf(withPlainDigits(field)).join(' ')} `);
  return codeWords.every((word) => texts.some((text) => text.includes(` ${word} `)));
}

/** The words of a text in lower case, with letters and digits alone. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
