import { decodeHtml, decodeText } from '../mail/mime/charset.ts';
import { headerAsWritten, readParameters } from '../mail/mime/headers.ts';
import { charsetOf, headerOf, isAttached, type MimePart } from '../mail/mime/mime-part.ts';
import { addressesAsWritten } from './address-list.ts';
import { UNSHOWN_HEADER } from './clear-headers.ts';
import type { EmailAddress } from './email-address.ts';
import type { Body, KeptHeader, LetterFile } from './letter.ts';
import { type ThreadHeaders, threadHeaders } from './reply.ts';

/** A draft taken apart, so that a change of one thing keeps all others. */
export interface DraftContent {
  from: EmailAddress | undefined;
  replyTo: EmailAddress | undefined;
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  thread: ThreadHeaders | undefined;
  /** HTML as it stands in the draft, which Gmail's own editor may have written. */
  body: Body;
  files: LetterFile[];
  /** All headers that stand for nothing above. */
  headers: KeptHeader[];
  /** What of it a changed message could not hold: the type of the part; undefined where there is none such. */
  fixed: string | undefined;
  /** The type of a part that recipients read, beside the text and the HTML, and that is no file; undefined where there is none. */
  unshown: string | undefined;
}

/** Headers that are read one by one above, that a composed message gets anew, or that Gmail sets. */
const OWN_HEADER =
  /^(?:from|sender|reply-to|to|cc|bcc|subject|in-reply-to|references|message-id|date|mime-version|content-.*|received|x-received|return-path|delivered-to|dkim-signature|arc-.*|authentication-results|x-gm-.*|x-google-.*)$/i;

/** Forms of a message that hold more than text, pictures and files: sealed ones, and reports (RFC 1847, 6522). */
const FIXED = /^multipart\/(?:signed|encrypted|report)$/i;

/**
 * Takes the parts of a draft apart (RFC 2045, 2046, 2183). Text and HTML are the first of their kind that are no
 * files; every other part that holds anything is a file.
 *
 * @param payload with the bodies of all its parts, as `parseMessageFile` gives them
 */
export function draftContent(payload: MimePart): DraftContent {
  const list = (name: string) => addressesAsWritten(headerOf(payload, name));
  const leaves = [...leavesOf(payload)];
  const text = leaves.find((part) => isText(part, 'text/plain'));
  const html = leaves.find((part) => isText(part, 'text/html'));
  const source = html && decodeHtml(bytesOf(html), charsetOf(html));
  const files = leaves.filter((part) => part !== text && part !== html).map((part) => toFile(part, source ?? ''));
  return {
    from: list('from')[0],
    replyTo: list('reply-to')[0],
    to: list('to'),
    cc: list('cc'),
    bcc: list('bcc'),
    subject: headerAsWritten(headerOf(payload, 'subject')),
    thread: threadOf(payload),
    body: {
      text: text ? decodeText(bytesOf(text), charsetOf(text)).replace(/\r\n?/g, '\n').replace(/\n$/, '') : '',
      html: source,
    },
    files: files.filter(({ content }) => content.length > 0),
    headers: (payload.headers ?? []).flatMap(({ name, value }) =>
      name &&
      value &&
      !OWN_HEADER.test(name) &&
      !UNSHOWN_HEADER.test(name) &&
      /^[!-9;-~]+$/.test(name) &&
      !/\p{Cc}/u.test(value)
        ? [{ name, value }]
        : [],
    ),
    fixed: fixedPart(payload),
    unshown: leaves.find((part) => part !== text && part !== html && isReadInPlace(part))?.mimeType?.toLowerCase(),
  };
}

/** The ids stay as they are: In-Reply-To names the message that is answered, and never the draft itself. */
function threadOf(payload: MimePart): ThreadHeaders | undefined {
  const [inReplyTo] = headerOf(payload, 'in-reply-to').match(/<[^\s<>]+>/) ?? [];
  if (inReplyTo === undefined) return undefined;
  return threadHeaders({ messageId: inReplyTo, inReplyTo: '', references: headerOf(payload, 'references') });
}

/** The first part that a composed message could not hold: sealed ones, and other forms of the text, as an invitation. */
function fixedPart(part: MimePart): string | undefined {
  const type = (part.mimeType ?? '').toLowerCase();
  const children = part.parts ?? [];
  if (FIXED.test(type)) return type;
  const isOther = (child: MimePart) => !/^(?:text\/(?:plain|html)|multipart\/.*)?$/i.test(child.mimeType ?? '');
  const other = type === 'multipart/alternative' ? children.find(isOther) : undefined;
  return other?.mimeType?.toLowerCase() ?? children.map(fixedPart).find((found) => found !== undefined);
}

function* leavesOf(part: MimePart): Generator<MimePart> {
  const { parts = [] } = part;
  if (parts.length === 0) yield part;
  for (const child of parts) yield* leavesOf(child);
}

const isText = (part: MimePart, type: string): boolean =>
  (part.mimeType || 'text/plain').toLowerCase() === type && !part.filename && !isAttached(part);

/** Whether programs show a part, or choose it in place of another, without that anybody opens a file. */
function isReadInPlace(part: MimePart): boolean {
  if (isAttached(part) || !/^(?:text|message)\//i.test(part.mimeType || 'text/plain')) return false;
  return bytesOf(part).toString('latin1').trim() !== '';
}

const bytesOf = ({ body }: MimePart): Buffer => Buffer.from(body?.data ?? '', 'base64url');

function toFile(part: MimePart, html: string): LetterFile {
  const { parameters } = readParameters(headerOf(part, 'content-type'));
  const name = part.filename || parameters.name || 'attachment';
  const type = (part.mimeType || 'application/octet-stream').toLowerCase();
  const cid = headerOf(part, 'content-id').trim().replace(/^<|>$/g, '');
  return { name, type, content: bytesOf(part), ...(isShownBy(html, cid) ? { cid } : {}) };
}

/** Whether HTML shows a part by its Content-ID (RFC 2392). */
export function isShownBy(html: string, cid: string): boolean {
  return cid !== '' && (html.includes(`cid:${cid}`) || html.includes(`cid:${encodeURIComponent(cid)}`));
}
