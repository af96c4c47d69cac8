import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { Problem } from '../shared/problems.ts';
import { htmlToText } from './html-text.ts';
import { assertOneLine, type Mailbox, parseRecipients } from './recipients.ts';

/** A message as the caller wrote it. */
export interface Draft {
  to: string;
  subject: string;
  body: string;
  htmlBody?: string | undefined;
}

/** A message that was checked and can be composed. */
export interface Outgoing {
  to: Mailbox[];
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
  const text = draft.body.trim() || !html ? draft.body.toWellFormed() : htmlToText(html);
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

/**
 * What a person must see before the message goes out: its text, and its HTML as most recipients will read it, where
 * that says something else.
 */
export function approvalText({ text, html }: Outgoing): string {
  const shown = html === undefined ? text : htmlToText(html);
  const words = (value: string) => value.replace(/\s+/g, ' ').trim();
  return words(shown) === words(text) ? text : `${text}\n\n--- The same message as formatted text ---\n${shown}`;
}

/** The longest encoded word that RFC 2047, section 2 allows, less what frames it, in characters. */
const LONGEST_WORD = 52;

/** A subject that merely looks like an encoded word is encoded itself, or the reader would see other words. */
function subjectOf(subject: string) {
  if (!subject.includes('=?')) return { subject };
  return { headers: { subject: { prepared: true, foldLines: true, value: encodeWord(subject, 'Q', LONGEST_WORD) } } };
}
