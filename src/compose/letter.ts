import { htmlAsWritten } from '../mail/html/html-as-written.ts';
import { Problem } from '../shared/problems.ts';
import { allowedHtml, htmlOfText } from './allowed-html.ts';
import type { EmailAddress } from './email-address.ts';
import { type QuotedOriginal, quotedText } from './quote-original.ts';
import { assertOneLine, assertRecipients } from './recipients.ts';
import type { ThreadHeaders } from './reply.ts';

/** What the writer says. */
export interface Body {
  text: string;
  /** The same as HTML from the list of what is allowed; absent where the message is plain text. */
  html?: string | undefined;
}

export interface Signature {
  /** Whose it is. */
  address: string;
  /** As Gmail keeps it. */
  html: string;
}

/** A file that goes along. */
export interface LetterFile {
  name: string;
  /** `type/subtype` (RFC 2045, section 5.1). */
  type: string;
  content: Buffer;
}

/** A message that can be composed: everything that its recipients will see, and no more. */
export interface Letter {
  /** Absent where Gmail fills in the account's own. */
  from?: EmailAddress | undefined;
  /** Where answers shall go, as Gmail keeps it for the sender; absent where that is the sender. */
  replyTo?: EmailAddress | undefined;
  to: readonly EmailAddress[];
  cc: readonly EmailAddress[];
  bcc: readonly EmailAddress[];
  subject: string;
  body: Body;
  signature?: Signature | undefined;
  quote?: QuotedOriginal | undefined;
  thread?: ThreadHeaders | undefined;
  files: readonly LetterFile[];
  /** Whether it goes out as HTML too although the writer gave none: Gmail's editor wraps the lines of plain drafts. */
  asHtml: boolean;
}

/** How long a subject may be, in characters: a question shows it whole, give or take its end. */
const LONGEST_SUBJECT = 2_000;

/** How much text and HTML the writer may give together, in bytes, so that a question can show all of it. */
const LARGEST_BODY = 400 * 1024;

/**
 * The writer's text and HTML, checked. A lone surrogate has no UTF-8 form; U+FFFD stands for it, as in every encoder.
 *
 * @throws Problem `message_empty` or `body_too_large`
 */
export function checkBody(body: string, htmlBody: string | undefined): Body {
  const size = Buffer.byteLength(body) + Buffer.byteLength(htmlBody ?? '');
  if (size > LARGEST_BODY) {
    throw Problem.of('body_too_large', { size: inKilobytes(size), limit: inKilobytes(LARGEST_BODY) });
  }
  const html = htmlBody?.trim() ? allowedHtml(htmlBody.toWellFormed()) : '';
  const text = body.trim() || !html ? body.toWellFormed() : htmlAsWritten(html);
  if (!text.trim() && !html) throw Problem.of('message_empty', {});
  return { text: text.replace(/\r\n?/g, '\n'), html: html || undefined };
}

const inKilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;

/** @throws Problem `header_line_break` or `subject_too_long` */
export function checkSubject(subject: string): string {
  const wellFormed = subject.toWellFormed();
  assertOneLine('subject', wellFormed);
  if ([...wellFormed].length > LONGEST_SUBJECT) {
    throw Problem.of('subject_too_long', { length: String([...wellFormed].length), limit: String(LONGEST_SUBJECT) });
  }
  return wellFormed;
}

/** @throws Problem for recipients that are too many or named twice, and for none at all where one is needed */
export function assertAddressed(
  { to, cc, bcc }: Pick<Letter, 'to' | 'cc' | 'bcc'>,
  { answers }: { answers: boolean },
): void {
  assertRecipients({ to, cc, bcc });
  if (to.length + cc.length + bcc.length === 0) throw Problem.of('recipients_missing', { answers });
}

/** What stands below the writer's text, in their order: the signature and the quoted original, a blank line apart. */
export function plainText({ body, signature, quote }: Pick<Letter, 'body' | 'signature' | 'quote'>): string {
  const below = [...(signature ? [`-- \n${signatureText(signature)}`] : []), ...(quote ? [quotedText(quote)] : [])];
  return below.length === 0 ? body.text : [body.text.trimEnd(), ...below].join('\n\n');
}

/** The text of a signature. */
export function signatureText({ html }: Signature): string {
  return htmlAsWritten(html);
}

/** The message as HTML; undefined where it goes out as plain text alone. */
export function htmlText({ body, signature, quote, asHtml }: Letter): string | undefined {
  if (body.html === undefined && !asHtml) return undefined;
  return [
    body.html ?? htmlOfText(body.text),
    ...(signature ? [`<div>-- <br></div>\n<div class="gmail_signature">${signature.html}</div>`] : []),
    ...(quote ? [quotedHtml(quote)] : []),
  ].join('\n<br>\n');
}

/** In the form by which Gmail and other programs know, and fold, a quote. */
function quotedHtml({ kind, attribution, text }: QuotedOriginal): string {
  const head = `<div dir="ltr" class="gmail_attr">${htmlOfText(attribution)}</div>`;
  const content = htmlOfText(text);
  const inner =
    kind === 'forward'
      ? `<br>\n${content}`
      : `<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">\n${content}\n</blockquote>`;
  return `<div class="gmail_quote">\n${head}\n${inner}\n</div>`;
}
