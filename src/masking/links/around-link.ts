import { LINK } from '../fold.ts';

/** What stands around a link in a folded text. */
export interface Around {
  /** The line of the link up to it, with the line above where the sentence began there; see `wordsBefore`. */
  words: string;
  /** The same, its last sentence alone. */
  last: string;
  /** The rest of the sentence behind the link. */
  after: string;
  /** All words in front of it, up to the link before it. */
  sentences: string;
  /** Whether it stands with its label, or without one, on a line of its own, as buttons do. */
  isApart: boolean;
}

/** How far in front of a link the words stand that say what it is for, in characters: of a label, of sentences. */
const WORDS = 200;
const SENTENCES = 400;
/** How far a sentence goes on behind it. */
const AFTER = 80;

const LETTER = /\p{L}/u;

/**
 * Looks around a link.
 *
 * @param at where it stands in the folded text
 * @param done where the link before it ended
 */
export function lookAround(text: string, at: number, done: number): Around {
  const words = wordsBefore(text, at, done);
  const behind = text.slice(at + 1, at + 1 + AFTER).split('\n', 1)[0] ?? '';
  const [before = ''] = text
    .slice(Math.max(0, at - WORDS), at)
    .split('\n')
    .slice(-1);
  return {
    words,
    last: lastSentence(words),
    after: (behind.split(LINK, 1)[0] ?? '').split(/[.!?。！？](?:\s|$)/, 1)[0] ?? '',
    sentences: text.slice(Math.max(done, at - SENTENCES), at),
    isApart: !LETTER.test(behind) && !before.includes(LINK) && !behind.includes(LINK),
  };
}

/** The line of a link up to the link before it; where there is nothing in it, the last line above that holds words. */
function wordsBefore(text: string, at: number, done: number): string {
  const lines = text.slice(Math.max(done, at - WORDS), at).split('\n');
  let first = lines.length - 1;
  while (first > 0 && !LETTER.test(lines[first] ?? '')) first--;
  // The line above belongs to a sentence that goes on in this one.
  if (first > 0 && LETTER.test(lines[first - 1] ?? '')) first--;
  return lines.slice(first).join('\n');
}

function lastSentence(words: string): string {
  const end = Math.max(
    ...['. ', '! ', '? ', '.\n', '!\n', '?\n', '。', '！', '？'].map((mark) => words.lastIndexOf(mark)),
  );
  const last = words.slice(end + 1);
  return LETTER.test(last) ? last : words;
}
