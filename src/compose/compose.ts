import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { Problem } from '../shared/problems.ts';
import { htmlText, type Letter, plainText } from './letter.ts';

/**
 * The largest message that Gmail's API takes, in bytes, by its upload
 * (https://developers.google.com/workspace/gmail/api/guides/uploads and the discovery document's `maxSize`).
 */
export const LARGEST_MESSAGE = 36_700_160;

/**
 * Composes a message as MIME (RFC 5322, 2045 to 2047, 2231): multipart/alternative only where there is HTML. Gmail
 * replaces the Message-ID; it delivers to Bcc and takes that header out.
 *
 * @throws Problem `message_too_large`
 */
export async function composeMime(letter: Letter): Promise<Buffer> {
  const html = htmlText(letter);
  const composer = new MailComposer({
    ...(letter.from ? { from: letter.from } : {}),
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    to: [...letter.to],
    cc: [...letter.cc],
    bcc: [...letter.bcc],
    ...subjectAndHeaders(letter),
    ...(letter.thread ? { inReplyTo: letter.thread.inReplyTo, references: letter.thread.references } : {}),
    text: plainText(letter),
    ...(html === undefined ? {} : { html }),
    attachments: letter.files.map(({ name, type, content, cid }) => ({
      filename: name,
      contentType: type,
      content,
      ...(cid === undefined
        ? { contentDisposition: 'attachment' as const }
        : { cid, contentDisposition: 'inline' as const }),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  node.keepBcc = true;
  const mime = await node.build();
  if (mime.length > LARGEST_MESSAGE) throw tooLarge(mime.length);
  return mime;
}

/** `message_too_large`, of so many bytes. */
export const tooLarge = (size: number): Problem =>
  Problem.of('message_too_large', { size: inMegabytes(size), limit: inMegabytes(LARGEST_MESSAGE) });

const inMegabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** The longest encoded word that RFC 2047, section 2 allows, less what frames it, in characters. */
const LONGEST_WORD = 52;

/** A line of a header ends at 998 octets at the latest (RFC 5322, section 2.1.1), and only blanks can be folded. */
const UNFOLDABLE = /\S{900}/;

/**
 * A subject that merely looks like an encoded word is encoded itself, or the reader would see other words; so is one
 * that could not be folded.
 */
function subjectAndHeaders({ subject, headers = [] }: Letter) {
  const prepared = (key: string, value: string) => ({ key, value: { prepared: true, foldLines: true, value } });
  const isPlain = !subject.includes('=?') && !UNFOLDABLE.test(subject);
  const kept = headers.map(({ name, value }) => prepared(name, value));
  if (isPlain) return { subject, headers: kept };
  return { headers: [prepared('subject', encodeWord(subject, 'Q', LONGEST_WORD)), ...kept] };
}
