import { decodeHtml, decodeText } from '../mail/mime/charset.ts';
import { readHeader, readParameters } from '../mail/mime/headers.ts';
import { charsetOf, headerOf, type MimePart } from '../mail/mime/mime-part.ts';
import { addressesOf } from './address-list.ts';
import type { EmailAddress } from './email-address.ts';
import type { Body, LetterFile } from './letter.ts';
import { type ThreadHeaders, threadHeaders } from './reply.ts';

/** A draft taken apart, so that a change of one thing keeps all others. */
export interface DraftContent {
  from: EmailAddress | undefined;
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  thread: ThreadHeaders | undefined;
  /** HTML as it stands in the draft, which Gmail's own editor may have written. */
  body: Body;
  files: LetterFile[];
}

/**
 * Takes the parts of a draft apart (RFC 2045, 2046, 2183). Text and HTML are the first of their kind that are no
 * files; every other part that holds anything is a file.
 *
 * @param payload with the bodies of all its parts, as `parseMessageFile` gives them
 */
export function draftContent(payload: MimePart): DraftContent {
  const list = (name: string) => addressesOf(headerOf(payload, name));
  const leaves = [...leavesOf(payload)];
  const text = leaves.find((part) => isText(part, 'text/plain'));
  const html = leaves.find((part) => isText(part, 'text/html'));
  const files = leaves.filter((part) => part !== text && part !== html).map(toFile);
  return {
    from: list('from')[0],
    to: list('to'),
    cc: list('cc'),
    bcc: list('bcc'),
    subject: readHeader(payload, 'subject'),
    thread: threadOf(payload),
    body: {
      text: text ? decodeText(bytesOf(text), charsetOf(text)).replace(/\r\n?/g, '\n').replace(/\n$/, '') : '',
      html: html && decodeHtml(bytesOf(html), charsetOf(html)),
    },
    files: files.filter(({ content }) => content.length > 0),
  };
}

/** The ids stay as they are: In-Reply-To names the message that is answered, and never the draft itself. */
function threadOf(payload: MimePart): ThreadHeaders | undefined {
  const [inReplyTo] = headerOf(payload, 'in-reply-to').match(/<[^\s<>]+>/) ?? [];
  if (inReplyTo === undefined) return undefined;
  return threadHeaders({ messageId: inReplyTo, inReplyTo: '', references: headerOf(payload, 'references') });
}

function* leavesOf(part: MimePart): Generator<MimePart> {
  const { parts = [] } = part;
  if (parts.length === 0) yield part;
  for (const child of parts) yield* leavesOf(child);
}

const isText = (part: MimePart, type: string): boolean =>
  (part.mimeType || 'text/plain').toLowerCase() === type &&
  !part.filename &&
  !/^\s*attachment\b/i.test(headerOf(part, 'content-disposition'));

const bytesOf = ({ body }: MimePart): Buffer => Buffer.from(body?.data ?? '', 'base64url');

function toFile(part: MimePart): LetterFile {
  const { parameters } = readParameters(headerOf(part, 'content-type'));
  const name = part.filename || parameters.name || 'attachment';
  return { name, type: (part.mimeType || 'application/octet-stream').toLowerCase(), content: bytesOf(part) };
}
