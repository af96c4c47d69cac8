import { type Folded, LINK, RESET_HIDDEN, SIGN_IN_HIDDEN, type Token } from '../fold.ts';
import { type Around, lookAround } from './around-link.ts';
import { readTarget } from './link-shape.ts';
import {
  isCall,
  isNeutral,
  isOfABooking,
  isSpareLink,
  kindOfSentences,
  kindOfSubject,
  kindOfWords,
  type LinkKind,
} from './link-words.ts';

const PLACEHOLDERS: Record<LinkKind, string> = { reset: RESET_HIDDEN, 'sign-in': SIGN_IN_HIDDEN };

/**
 * The links of a folded text that sign somebody in or set a password, with what takes their place.
 *
 * @param mail tells its subject, and whether the whole of it is short; asked where there is a link
 * @param secrets addresses of such links that another part of the mail gave away
 */
export function linksToHide(
  { text, tokens }: Folded,
  mail: () => { subject: string; isShort: boolean },
  secrets: ReadonlySet<string> = new Set(),
): Map<Token, string> {
  const hidden = new Map<Token, string>();
  if (!tokens.some(({ what }) => what === 'link')) return hidden;
  const { subject, isShort } = mail();
  const secret = new Map<string, string>();
  const ofSubject = kindOfWords(subject, false);
  const inSubject = kindOfSubject(subject);
  let known = ofSubject ?? inSubject;
  let isFirst = true;
  let done = 0;
  for (const token of tokens) {
    const before = token.what === 'hidden' ? kindOfPlaceholder(token.raw) : undefined;
    known = before ?? known;
    isFirst &&= before === undefined;
    if (token.what === 'link') {
      const said = { ofSubject, inSubject, known, isFirst, isShort };
      const kind = kindOfLink(token.raw, lookAround(text, token.at, done), said);
      const other = secret.get(token.raw) ?? (secrets.has(token.raw) ? SIGN_IN_HIDDEN : undefined);
      const placeholder = kind ? PLACEHOLDERS[kind] : other;
      if (placeholder !== undefined) {
        hidden.set(token, placeholder);
        secret.set(token.raw, placeholder);
        isFirst = false;
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

/** What the mail says so far of what its links are for. */
interface Mail {
  /** By its subject, and by a subject that says it in passing. */
  ofSubject: LinkKind | undefined;
  inSubject: LinkKind | undefined;
  /** By a link further up. */
  known: LinkKind | undefined;
  /** Whether none was found further up. */
  isFirst: boolean;
  isShort: boolean;
}

function kindOfLink(url: string, around: Around, mail: Mail): LinkKind | undefined {
  const target = readTarget(url);
  const { last, words } = around;
  if (target.isHarmless || !target.isOpaque) return undefined;
  const beside = kindBeside(around, target.hasToken);
  if (target.kind && target.hasToken && !target.isContent) {
    if (target.onlyConfirms && isOfABooking(last)) return undefined;
    return beside === 'reset' ? 'reset' : target.kind;
  }
  if (beside) return beside;
  if (mail.known && isSpareLink(words)) return mail.known;
  return target.hasToken && !target.isContent ? kindAround(around, mail) : undefined;
}

/** What the label of a link says, with the rest of its sentence where the label says nothing: `Here you can log in`. */
function kindBeside({ words, last, after }: Around, hasToken: boolean): LinkKind | undefined {
  const ofLabel = kindOfWords(last, hasToken);
  if (ofLabel || !(isCall(last) || !/\p{L}/u.test(last))) return ofLabel;
  return kindOfWords(words, hasToken) ?? kindOfWords(`${last.trimEnd()}${after}`, hasToken);
}

/** What the sentences in front of a link say, or the subject, where its own words say nothing. */
function kindAround({ last, sentences, isApart }: Around, mail: Mail): LinkKind | undefined {
  const { ofSubject, inSubject, isFirst, isShort } = mail;
  if (ofSubject && (isCall(last) || last.trim() === '')) return ofSubject;
  if (!isNeutral(last)) return undefined;
  const said = isShort || inSubject ? kindOfSentences(sentences) : undefined;
  if (said) return said;
  // A picture on top of a mail links somewhere too; buttons follow a sentence, and the first of them counts.
  const follows = /\p{L}[^\n]{0,200}\n/u.test(sentences);
  return isApart && isFirst && follows ? inSubject : undefined;
}
