import { removeInvisible } from '../shared/invisible.ts';
import { Problem } from '../shared/problems.ts';
import type { EmailAddress } from './email-address.ts';
import { allowedHtml, htmlOfText } from './html/allowed-html.ts';
import { assertBearable } from './html/bearable-html.ts';
import { htmlAsWritten } from './html/html-as-written.ts';
import { type KeptQuote, type QuotedOriginal, quotedText } from './quote-original.ts';
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
  /** By what the HTML shows it, where it is a picture within the text (RFC 2392): a Content-ID without its brackets. */
  cid?: string | undefined;
}

/** A header that only a draft of somebody else has. */
export interface KeptHeader {
  name: string;
  /** As it stands there, on one line. */
  value: string;
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
  /** What became of a one-time code in the subject that an answer takes over; absent where there is none. */
  codeInSubject?: 'true' | 'masked';
  body: Body;
  signature?: Signature | undefined;
  quote?: QuotedOriginal | KeptQuote | undefined;
  thread?: ThreadHeaders | undefined;
  files: readonly LetterFile[];
  /** What a changed draft keeps beside all this. */
  headers?: readonly KeptHeader[] | undefined;
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
 * @throws Problem `message_empty`, `body_too_large` or `html_unbearable`
 */
export function checkBody(body: string, htmlBody: string | undefined): Body {
  const size = Buffer.byteLength(body) + Buffer.byteLength(htmlBody ?? '');
  if (size > LARGEST_BODY) {
    throw Problem.of('body_too_large', { size: inKilobytes(size), limit: inKilobytes(LARGEST_BODY) });
  }
  assertBearable(htmlBody ?? '', 'html_body');
  const allowed = htmlBody?.trim() ? allowedHtml(htmlBody.toWellFormed()) : '';
  // Most recipients would see the empty HTML, and nothing of the text.
  const html = isBlank(htmlAsWritten(allowed)) ? '' : allowed;
  const text = body.trim() || !html ? body.toWellFormed() : htmlAsWritten(html);
  if (isBlank(text) && !html) throw Problem.of('message_empty', {});
  return { text: text.replace(/\r\n?/g, '\n'), html: html || undefined };
}

/** Whether nobody sees anything of a text. */
const isBlank = (text: string): boolean => removeInvisible(text).text.trim() === '';

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

/** Whether a text ends in the words of a signature already, so that it is not signed twice. */
export function endsWithSignature({ text }: Body, signature: Signature | undefined): boolean {
  const words = (value: string) => value.replace(/\s+/g, ' ').trim();
  const signed = signature ? words(signatureText(signature)) : '';
  return signed !== '' && words(text).endsWith(signed);
}

/** A text with another signature in the place of one that was added to it, where that stands there unchanged. */
export function signedBy(body: Body, old: Signature | undefined, signature: Signature | undefined): Body {
  if (!old) return body;
  const text = `-- \n${signatureText(old)}`;
  const html = `<div class="gmail_signature">${old.html}</div>`;
  const words = signature ? signatureText(signature) : '';
  return {
    text: body.text.replace(text, () => (words.trim() ? `-- \n${words}` : '')),
    html: body.html?.replace(html, () => (signature ? html.replace(old.html, () => signature.html) : '')),
  };
}

/** What stands below the writer's text, in their order: the signature and the quoted original, a blank line apart. */
export function plainText({ body, signature, quote }: Pick<Letter, 'body' | 'signature' | 'quote'>): string {
  // A picture has no words.
  const signed = signature ? signatureText(signature).trim() : '';
  const below = [
    ...(signature && signed ? [`-- \n${signatureText(signature)}`] : []),
    ...(quote ? [quotedText(quote)] : []),
  ];
  return below.length === 0 ? body.text : [body.text.trimEnd(), ...below].join('\n\n');
}

/** The text of a signature. */
export function signatureText({ html }: Signature): string {
  return htmlAsWritten(html);
}

/** The message as HTML; undefined where it goes out as plain text alone. */
export function htmlText({
  body,
  signature,
  quote,
  asHtml,
}: Pick<Letter, 'body' | 'signature' | 'quote' | 'asHtml'>): string | undefined {
  if (body.html === undefined && !asHtml) return undefined;
  return [
    body.html ?? htmlOfText(body.text),
    ...(signature ? [`<div>-- <br></div>\n<div class="gmail_signature">${signature.html}</div>`] : []),
    ...(quote ? [quote.kind === 'kept' ? (quote.html ?? htmlOfText(quote.text)) : quotedHtml(quote)] : []),
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
