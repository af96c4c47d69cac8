import type { Layout } from './codes/standing.ts';
import { announces, type Context, lookAt, type Masked, type MaskedPart, mask } from './mask-part.ts';

export interface MaskOptions {
  /**
   * How long ago Gmail received the mail (its `internalDate`, never a header), in milliseconds. An old mail is not taken
   * for one with a one-time code on circumstances alone. Backup codes, recovery codes and links never age.
   */
  age?: number | undefined;
}

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
  /** The beginning of the text with its lines run together, as Gmail gives it. */
  snippet?: string;
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
  snippet: string;
  lines: string[];
  files: string[];
  /** How many codes and links were hidden; the views and the snippet are not counted, nor is more than one in the sender. */
  count: number;
  /** What was hidden in all of it but the sender, as it stood there. */
  secrets: ReadonlySet<string>;
}

/**
 * Hides the same in all that is shown of a mail: each field is judged with the others beside it, and what one of them
 * gives away as a code is hidden in all of them. So a code above a folded quote is hidden where only the quote says
 * what it is.
 */
export function maskFields(mail: MailFields, { age }: MaskOptions = {}): MaskedFields {
  const { subject, body, codes, circumstances } = maskParts(mail, age);
  const announced = announces(mail.subject, mail.from);
  const apart: Omit<Context, 'announced'> = { layout: 'line', subject: mail.subject, known: codes, circumstances };
  const view: Context = { announced, layout: 'text', subject: mail.subject, known: body.secrets, circumstances };
  const { shown } = body;
  const snippet = mask(mail.snippet ?? '', { ...view, layout: 'snippet', shown });
  // Places, times and numbers of an event are no codes because its subject speaks of one.
  const lines = (mail.lines ?? []).map((line) => mask(line, { ...apart, announced: announces(line) }));
  const files = (mail.files ?? []).map((name) => maskFile(name, (words) => mask(words, { ...apart, announced })));
  const from = maskNames(mail.from, mail.subject, codes);
  const parts = [subject, body, ...lines, ...files];
  return {
    from,
    subject: subject.text,
    text: body.text,
    views: viewsOf(mail, body.text, (text) => mask(text, view).text),
    snippet: snippet.text,
    lines: lines.map(({ text }) => text),
    files: files.map(({ text }) => text),
    count: parts.reduce((sum, { count }) => sum + count, from === mail.from ? 0 : 1),
    secrets: new Set(parts.flatMap(({ secrets }) => [...secrets])),
  };
}

/** Most mails have no quotes, so that views of them are alike: each text is judged once. */
function viewsOf({ text, views = [] }: MailFields, masked: string, mask: (text: string) => string): string[] {
  const known = new Map([[text, masked]]);
  return views.map((view) => {
    const found = known.get(view) ?? mask(view);
    known.set(view, found);
    return found;
  });
}

/** Words of a file's name are often joined by marks that keep codes from being seen; where one is, they become blanks. */
function maskFile(name: string, mask: (words: string) => MaskedPart): MaskedPart {
  const [, stem = name, ending = ''] = /^(.+?)(\.[a-z\d]{1,5})?$/is.exec(name) ?? [];
  const masked = mask(stem.replaceAll('_', ' ').replace(/(?<=\p{Ll})-/gu, ' '));
  return { ...masked, text: masked.count > 0 ? masked.text + ending : name };
}

function maskParts(
  mail: { from: string; subject: string; text: string },
  age: number | undefined,
  layout: Layout = 'text',
) {
  const circumstances = lookAt(mail, age);
  const title: Context = { announced: announces(mail.from), layout: 'line', subject: '', circumstances };
  const alone = mask(mail.subject, title);
  const { codes } = alone;
  const announced = announces(mail.subject, mail.from);
  const body = mask(mail.text, { announced, layout, subject: mail.subject, known: codes, circumstances });
  // Most bodies give no code away that might stand in the subject.
  const subject = body.codes.size === 0 ? alone : mask(mail.subject, { ...title, known: body.codes });
  return { subject, body, codes: new Set([...codes, ...body.codes]), circumstances };
}

/**
 * Hides the same in a row of a list of mail, where no more than the snippet of a text is known. Its lines are run
 * together, so a number that may have stood on its own line is taken for one that did.
 */
export function maskRow(
  row: { from: string; subject: string; snippet: string },
  { age }: MaskOptions = {},
): Pick<MaskedFields, 'subject' | 'snippet' | 'count' | 'secrets'> {
  const { subject, body } = maskParts({ ...row, text: row.snippet }, age, 'snippet');
  return {
    subject: subject.text,
    snippet: body.text,
    count: subject.count + body.count,
    secrets: new Set([...subject.secrets, ...body.secrets]),
  };
}

/** Whether a line of a mail announces a code, so that one may stand where it is not seen yet. */
export const speaksOfCodes = (line: string): boolean => announces(line);

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
  // Most headers have none, and are left as they are.
  if (!pieces.some((piece, index) => index % 2 === 0 && SOME_DIGIT.test(piece))) return header;
  const circumstances = lookAt({ from: header.slice(0, LONGEST_NAMES), subject: '', text: context });
  const announced = announces(context);
  const masked = pieces.map((piece, index) =>
    index % 2 === 1 || !SOME_DIGIT.test(piece)
      ? piece
      : mask(piece, { announced, layout: 'line', subject: context, known, circumstances }).text,
  );
  return masked.join('') + header.slice(LONGEST_NAMES);
}

/** The age of a message by Gmail's `internalDate`, milliseconds since the epoch; one without a date counts as new. */
export function ageOf(internalDate: string | null | undefined, now: number): number {
  return internalDate ? Math.max(0, now - Number(internalDate)) : 0;
}
