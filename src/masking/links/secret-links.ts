import { type Folded, LINK, RESET_HIDDEN, SIGN_IN_HIDDEN, type Token } from '../fold.ts';
import { readTarget } from './link-shape.ts';
import { isCall, isOfABooking, isSpareLink, kindOfWords, type LinkKind } from './link-words.ts';

const PLACEHOLDERS: Record<LinkKind, string> = { reset: RESET_HIDDEN, 'sign-in': SIGN_IN_HIDDEN };

/** How far in front of a link the words stand that say what it is for, in characters. */
const WORDS = 200;

/**
 * The links of a folded text that sign somebody in or set a password, with what takes their place.
 *
 * @param secrets addresses of such links that another part of the mail gave away
 */
export function linksToHide(
  { text, tokens }: Folded,
  subject: string,
  secrets: ReadonlySet<string> = new Set(),
): Map<Token, string> {
  const hidden = new Map<Token, string>();
  const secret = new Map<string, string>();
  const ofSubject = kindOfWords(subject, false);
  let known = ofSubject;
  let done = 0;
  for (const token of tokens) {
    if (token.what === 'hidden') known = kindOfPlaceholder(token.raw) ?? known;
    if (token.what === 'link') {
      const kind = kindOfLink(token.raw, wordsBefore(text, token.at, done), ofSubject, known);
      const other = secret.get(token.raw) ?? (secrets.has(token.raw) ? SIGN_IN_HIDDEN : undefined);
      const placeholder = kind ? PLACEHOLDERS[kind] : other;
      if (placeholder !== undefined) {
        hidden.set(token, placeholder);
        secret.set(token.raw, placeholder);
      }
      known = kind ?? known;
    }
    if (text[token.at] === LINK) done = token.at + 1;
  }
  return hidden;
}

function kindOfPlaceholder(raw: string): LinkKind | undefined {
  if (raw === RESET_HIDDEN) return 'reset';
  return raw === SIGN_IN_HIDDEN ? 'sign-in' : undefined;
}

/**
 * @param words what stands in front of the link
 * @param ofSubject what the mail is for
 * @param known what a link further up is for
 */
function kindOfLink(
  url: string,
  words: string,
  ofSubject: LinkKind | undefined,
  known: LinkKind | undefined,
): LinkKind | undefined {
  const target = readTarget(url);
  if (target.isHarmless || !target.isOpaque) return undefined;
  const last = lastSentence(words);
  const beside = kindOfWords(last, target.hasToken) ?? (isCall(last) ? kindOfWords(words, target.hasToken) : undefined);
  if (target.kind && target.hasToken && !target.isContent) {
    if (target.onlyConfirms && isOfABooking(last)) return undefined;
    return beside === 'reset' ? 'reset' : target.kind;
  }
  if (beside) return beside;
  if (known && isSpareLink(words)) return known;
  return ofSubject && target.hasToken && (isCall(last) || last.trim() === '') ? ofSubject : undefined;
}

/** The line of a link up to the link before it; where there is nothing in it, the last line above that holds words. */
function wordsBefore(text: string, at: number, done: number): string {
  const lines = text.slice(Math.max(done, at - WORDS), at).split('\n');
  const words = /\p{L}/u;
  let first = lines.length - 1;
  while (first > 0 && !words.test(lines[first] ?? '')) first--;
  // The line above belongs to a sentence that goes on in this one.
  if (first > 0 && words.test(lines[first - 1] ?? '')) first--;
  return lines.slice(first).join('\n');
}

function lastSentence(words: string): string {
  const end = Math.max(
    ...['. ', '! ', '? ', '.\n', '!\n', '?\n', '。', '！', '？'].map((mark) => words.lastIndexOf(mark)),
  );
  const last = words.slice(end + 1);
  return /\p{L}/u.test(last) ? last : words;
}
