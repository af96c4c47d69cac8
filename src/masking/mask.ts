import { announcesCode } from './code-words.ts';
import { codesToHide } from './codes.ts';
import { CODE_HIDDEN, fold, type Token, unfold } from './fold.ts';
import { linksToHide } from './secret-links.ts';
import { hideSpelled } from './spelled.ts';

export interface Masked {
  text: string;
  /** How many codes and links were hidden. */
  count: number;
}

/** Longer lines than this announce nothing, in characters. */
const LONGEST_LINE = 2_000;

/**
 * Hides what lets somebody into an account: one-time codes, and links that reset a password, sign in or confirm an
 * account. Whoever takes over an agent would send it for exactly these. What is masked stays as it is when it is masked
 * again.
 *
 * @param mail `text` as the reader gives it, with links as `text (url)` or bare
 */
export function maskSecrets(mail: { from: string; subject: string; text: string }): Masked & { subject: string } {
  const title = { announced: announces(mail.from), loose: true, subject: '' };
  const { codes } = mask(mail.subject, title);
  const announced = announces(mail.subject, mail.from);
  const body = mask(mail.text, { announced, loose: false, subject: mail.subject, known: codes });
  const subject = mask(mail.subject, { ...title, known: body.codes });
  return { subject: subject.text, text: body.text, count: subject.count + body.count };
}

/**
 * Hides the same in a single line of a mail, as a row of a list of mail shows it.
 *
 * @param line the subject, or the snippet
 * @param context what else is known of the mail: the sender, and the other one of the two
 */
export function maskLine(line: string, context: string): Masked {
  const { text, count } = mask(line, { announced: announces(context), loose: true, subject: context });
  return { text, count };
}

/** Further names are not looked at, in characters of a header: no result shows them. */
const LONGEST_NAMES = 2_000;

/** An address, in brackets or bare (RFC 5322, section 3.4). */
const ADDRESS = /(<[^<>]*>|[^\s<>,;"()]+@[^\s<>,;"()]+)/;

/**
 * Hides the same in the display names of a header of addresses, which a sender chooses as freely as the subject. The
 * addresses stay, so that they can be answered.
 *
 * @param context what else is known of the mail
 */
export function maskNames(header: string, context: string): string {
  const pieces = header.slice(0, LONGEST_NAMES).split(ADDRESS);
  const masked = pieces.map((piece, index) =>
    index % 2 === 1 || !/\d/.test(piece) ? piece : maskLine(piece, context).text,
  );
  return masked.join('') + header.slice(LONGEST_NAMES);
}

interface Context {
  announced: boolean;
  loose: boolean;
  subject: string;
  /** Codes that another part of the mail gave away. */
  known?: ReadonlySet<string>;
}

function mask(text: string, { announced, loose, subject, known }: Context): Masked & { codes: ReadonlySet<string> } {
  const spelled = hideSpelled(text);
  const folded = fold(spelled.text);
  const hidden = new Map<Token, string>(linksToHide(folded, words(subject)));
  const codes = new Set<string>();
  for (const token of codesToHide(folded, { announced, loose })) {
    hidden.set(token, CODE_HIDDEN);
    if (token.shape && token.shape.value.length >= 5) codes.add(token.shape.value);
  }
  for (const token of folded.tokens) if (token.shape && known?.has(token.shape.value)) hidden.set(token, CODE_HIDDEN);
  return { text: unfold(spelled.text, folded.tokens, hidden), count: spelled.count + hidden.size, codes };
}

function announces(...lines: readonly string[]): boolean {
  return lines.some((line) => announcesCode(words(line)));
}

/** Without placeholders: their words say nothing of the mail. */
function words(line: string): string {
  return fold(line.slice(0, LONGEST_LINE)).text;
}
