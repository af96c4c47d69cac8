import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { Problem } from '../../shared/problems.ts';
import { htmlAsWritten } from '../html/html-as-written.ts';
import { assertOneLine, type EmailAddress, parseRecipients } from './recipients.ts';

/** A message as the caller wrote it. */
export interface Draft {
  to: string;
  subject: string;
  body: string;
  htmlBody?: string | undefined;
}

/** A message that was checked and can be composed. */
export interface Outgoing {
  to: EmailAddress[];
  subject: string;
  text: string;
  html: string | undefined;
}

/** Gmail's sending limit for a whole message (https://support.google.com/mail/answer/6584), in bytes. */
const LARGEST_MESSAGE = 25 * 1024 * 1024;

/**
 * Checks a message before Google is asked for anything.
 *
 * @throws Problem `recipient_invalid`, `header_line_break` or `message_empty`
 */
export function checkDraft(draft: Draft): Outgoing {
  // A lone surrogate has no UTF-8 form; U+FFFD stands for it, as in every UTF-8 encoder.
  const subject = draft.subject.toWellFormed();
  assertOneLine('subject', subject);
  const to = parseRecipients('to', draft.to.toWellFormed());
  const html = draft.htmlBody?.trim() ? draft.htmlBody.toWellFormed() : undefined;
  const text = draft.body.trim() || !html ? draft.body.toWellFormed() : htmlAsWritten(html);
  if (!text.trim() && !html) throw Problem.of('message_empty', {});
  return { to, subject, text, html };
}

/**
 * Composes the message as MIME (RFC 5322, 2045 to 2047): multipart/alternative only where there is HTML. There is no
 * From: Gmail fills in the account's own address, and it replaces the Message-ID.
 *
 * @throws Problem `message_too_large`
 */
export async function composeMime(outgoing: Outgoing): Promise<Buffer> {
  const composer = new MailComposer({
    to: outgoing.to,
    ...subjectOf(outgoing.subject),
    text: outgoing.text,
    ...(outgoing.html === undefined ? {} : { html: outgoing.html }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mime = await composer.compile().build();
  if (mime.length > LARGEST_MESSAGE) {
    const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    throw Problem.of('message_too_large', { size: megabytes(mime.length), limit: megabytes(LARGEST_MESSAGE) });
  }
  return mime;
}

export interface ApprovalPart {
  /** What the part is; '' where there is only one. */
  title: string;
  text: string;
}

/**
 * What a person must see before the message goes out: its text, and before it the HTML as most recipients will read
 * it, where that says something else.
 */
export function approvalParts({ text, html }: Outgoing): ApprovalPart[] {
  const formatted = html === undefined ? text : htmlAsWritten(html);
  const words = (value: string) => value.replace(/\s+/g, ' ').trim();
  if (words(formatted) === words(text)) return [{ title: '', text }];
  return [
    { title: 'What most recipients will see (formatted):', text: formatted },
    { title: 'What the others will see (plain):', text },
  ];
}

/** The longest encoded word that RFC 2047, section 2 allows, less what frames it, in characters. */
const LONGEST_WORD = 52;

/** A line of a header ends at 998 octets at the latest (RFC 5322, section 2.1.1), and only blanks can be folded. */
const UNFOLDABLE = /\S{900}/;

/**
 * A subject that merely looks like an encoded word is encoded itself, or the reader would see other words; so is one
 * that could not be folded.
 */
function subjectOf(subject: string) {
  if (!subject.includes('=?') && !UNFOLDABLE.test(subject)) return { subject };
  return { headers: { subject: { prepared: true, foldLines: true, value: encodeWord(subject, 'Q', LONGEST_WORD) } } };
}
