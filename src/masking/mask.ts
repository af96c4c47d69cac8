import { type Circumstances, circumstancesOf } from './codes/circumstances.ts';
import { announcesCode } from './codes/code-words.ts';
import { codesToHide } from './codes/codes.ts';
import { hideSpelled } from './codes/spelled.ts';
import { CODE_HIDDEN, fold, type Token, unfold } from './fold.ts';
import { linksToHide } from './links/secret-links.ts';

export interface Masked {
  text: string;
  /** How many codes and links were hidden. */
  count: number;
}

export interface MaskOptions {
  /**
   * How long ago Gmail received the mail (its `internalDate`, never a header), in milliseconds. An old mail is not taken
   * for one with a one-time code on circumstances alone. Backup codes, recovery codes and links never age.
   */
  age?: number | undefined;
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
export function maskSecrets(
  mail: { from: string; subject: string; text: string },
  { age }: MaskOptions = {},
): Masked & { subject: string } {
  const { subject, body } = maskParts(mail, age);
  return { subject: subject.text, text: body.text, count: subject.count + body.count };
}

/** What a tool shows of a mail, in pieces. */
export interface MailFields {
  from: string;
  subject: string;
  /** The whole of it, with nothing folded. */
  text: string;
  /** The text once more with quotes folded, or a part of it. */
  views?: readonly string[];
  /** Lines beside the text: what sums up an event (with its place) or a delivery report, further headers. */
  lines?: readonly string[];
  /** Names of attachments. */
  files?: readonly string[];
}

export interface MaskedFields {
  from: string;
  subject: string;
  text: string;
  views: string[];
  lines: string[];
  files: string[];
  /** How many codes and links were hidden; the views are not counted, nor is more than one in the sender. */
  count: number;
}

/**
 * Hides the same in all that is shown of a mail: each field is judged with the others beside it, and what one of them
 * gives away as a code is hidden in all of them. So a code above a folded quote is hidden where only the quote says
 * what it is.
 */
export function maskFields(mail: MailFields, { age }: MaskOptions = {}): MaskedFields {
  const { subject, body, codes, circumstances } = maskParts(mail, age);
  const announced = announces(mail.subject, mail.from);
  const apart = { loose: true, subject: mail.subject, known: codes, circumstances };
  const view = { announced, loose: false, subject: mail.subject, known: body.secrets, circumstances };
  // Places, times and numbers of an event are no codes because its subject speaks of one.
  const lines = (mail.lines ?? []).map((line) => mask(line, { ...apart, announced: announces(line) }));
  const files = (mail.files ?? []).map((name) => maskFile(name, (words) => mask(words, { ...apart, announced })));
  const from = maskNames(mail.from, mail.subject, codes);
  const parts = [subject, body, ...lines, ...files];
  return {
    from,
    subject: subject.text,
    text: body.text,
    views: (mail.views ?? []).map((text) => (text === mail.text ? body : mask(text, view)).text),
    lines: lines.map(({ text }) => text),
    files: files.map(({ text }) => text),
    count: parts.reduce((sum, { count }) => sum + count, from === mail.from ? 0 : 1),
  };
}

/** Words of a file's name are often joined by marks that keep codes from being seen; where one is, they become blanks. */
function maskFile(name: string, mask: (words: string) => Masked): Masked {
  const [, stem = name, ending = ''] = /^(.+?)(\.[a-z\d]{1,5})?$/is.exec(name) ?? [];
  const { text, count } = mask(stem.replaceAll('_', ' ').replace(/(?<=\p{Ll})-/gu, ' '));
  return { text: count > 0 ? text + ending : name, count };
}

function maskParts(mail: { from: string; subject: string; text: string }, age: number | undefined) {
  const circumstances = lookAt(mail, age);
  const title = { announced: announces(mail.from), loose: true, subject: '', circumstances };
  const { codes } = mask(mail.subject, title);
  const announced = announces(mail.subject, mail.from);
  const body = mask(mail.text, { announced, loose: false, subject: mail.subject, known: codes, circumstances });
  const subject = mask(mail.subject, { ...title, known: body.codes });
  return { subject, body, codes: new Set([...codes, ...body.codes]), circumstances };
}

/**
 * Hides the same in a single line of a mail, as a row of a list of mail shows it.
 *
 * @param line the subject, or the snippet
 * @param context what else is known of the mail: the sender, and the other one of the two
 */
export function maskLine(line: string, context: string, { age }: MaskOptions = {}): Masked {
  const circumstances = lookAt({ from: context, subject: line, text: context }, age);
  const { text, count } = mask(line, { announced: announces(context), loose: true, subject: context, circumstances });
  return { text, count };
}

/** Further names are not looked at, in characters of a header: no result shows them. */
const LONGEST_NAMES = 2_000;

/** An address, in brackets or bare (RFC 5322, section 3.4). */
const ADDRESS = /(<[^<>]*>|[^\s<>,;"()]+@[^\s<>,;"()]+)/;

const SOME_DIGIT = /\p{Nd}/u;

/**
 * Hides the same in the display names of a header of addresses, which a sender chooses as freely as the subject. The
 * addresses stay, so that they can be answered.
 *
 * @param context what else is known of the mail
 * @param known codes that other fields of the mail gave away
 */
export function maskNames(header: string, context: string, known?: ReadonlySet<string>): string {
  const pieces = header.slice(0, LONGEST_NAMES).split(ADDRESS);
  const circumstances = lookAt({ from: header.slice(0, LONGEST_NAMES), subject: '', text: context });
  const announced = announces(context);
  const masked = pieces.map((piece, index) =>
    index % 2 === 1 || !SOME_DIGIT.test(piece)
      ? piece
      : mask(piece, { announced, loose: true, subject: context, known, circumstances }).text,
  );
  return masked.join('') + header.slice(LONGEST_NAMES);
}

/** How much of a mail its circumstances are taken from, in characters. */
const LOOKED_AT = 5_000;

function lookAt({ from, subject, text }: { from: string; subject: string; text: string }, age?: number): Circumstances {
  const announced = announces(subject, from);
  const plain = (field: string) => hideSpelled(field.slice(0, LOOKED_AT), announced).text;
  return circumstancesOf({ from, subject: plain(subject), text: plain(text) }, age);
}

interface Context {
  announced: boolean;
  loose: boolean;
  subject: string;
  circumstances: Circumstances;
  /** Codes, or addresses of links, that another part of the mail gave away. */
  known?: ReadonlySet<string> | undefined;
}

interface MaskedPart extends Masked {
  /** The codes that are long enough to be told from other numbers wherever they stand. */
  codes: ReadonlySet<string>;
  /** All that is hidden, links by their address. */
  secrets: ReadonlySet<string>;
}

function mask(text: string, { announced, loose, subject, known, circumstances }: Context): MaskedPart {
  const spelled = hideSpelled(text, announced);
  const folded = fold(spelled.text);
  const hidden = new Map<Token, string>(
    linksToHide(folded, { subject: words(subject), isShort: circumstances.isShort }, known),
  );
  for (const token of codesToHide(folded, { announced, loose, circumstances })) hidden.set(token, CODE_HIDDEN);
  for (const token of folded.tokens) if (token.shape && known?.has(token.shape.value)) hidden.set(token, CODE_HIDDEN);
  const values = [...hidden.keys()].flatMap(({ shape }) => (shape ? [shape.value] : []));
  return {
    text: unfold(spelled.text, folded.tokens, hidden),
    count: spelled.count + hidden.size,
    codes: new Set(values.filter((value) => value.length >= 5)),
    secrets: new Set([...values, ...[...hidden.keys()].map(({ raw }) => raw)]),
  };
}

function announces(...lines: readonly string[]): boolean {
  return lines.some((line) => announcesCode(words(line)));
}

/** Without placeholders: their words say nothing of the mail. */
function words(line: string): string {
  return fold(line.slice(0, LONGEST_LINE)).text;
}

/** The age of a message by Gmail's `internalDate`, milliseconds since the epoch; one without a date counts as new. */
export function ageOf(internalDate: string | null | undefined, now: number): number {
  return internalDate ? Math.max(0, now - Number(internalDate)) : 0;
}
