import { cleanLine } from '../../shared/invisible.ts';
import { isMultipart, typeOf } from './choose-text.ts';
import { readHeader, readHeaderText, readParameters } from './headers.ts';
import { headerOf, type MimePart } from './mime-part.ts';

/** A file that a mail carries. */
export interface AttachmentInfo {
  /** Gmail's id of the part; `0` where the whole message is the file. */
  partId: string;
  name: string;
  type: string;
  /** Without its transfer encoding, in bytes. */
  size: number;
}

/** Deeper than any mail nests. */
const DEEPEST = 100;

const EXTENSIONS: Record<string, string> = {
  'application/pdf': '.pdf',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'text/calendar': '.ics',
  'application/ics': '.ics',
  'message/rfc822': '.eml',
  'text/plain': '.txt',
  'text/html': '.html',
};

/** Where the names of messages come from that are attached without one. */
export type ReadSubject = (part: MimePart) => Promise<string>;

/**
 * The files of a mail in document order.
 *
 * @param isText whether a part is text of the mail, or only another version of it
 * @param isUsed whether a part without a name was read as an invitation
 */
export async function attachmentsOf(
  payload: MimePart,
  isText: (part: MimePart) => boolean,
  isUsed: (part: MimePart) => boolean,
  subjectOf: ReadSubject,
): Promise<AttachmentInfo[]> {
  const found: AttachmentInfo[] = [];
  for (const part of files(payload, isText, 0)) {
    if (isUsed(part) && !fileName(part)) continue;
    const partId = part.partId || '0';
    const type = typeShown(part);
    const name = fileName(part) || (type === 'message/rfc822' && (await subjectName(part, subjectOf))) || '';
    const size = part.body?.size ?? 0;
    found.push({ partId, name: name || `part-${partId}${extension(type)}`, type, size });
  }
  return found;
}

/** A type that is none could read as more of a line than it is (RFC 6838, section 4.2). */
function typeShown(part: MimePart): string {
  const type = typeOf(part);
  return /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/.test(type) ? type : 'application/octet-stream';
}

function* files(part: MimePart, isText: (part: MimePart) => boolean, depth: number): Generator<MimePart> {
  if (depth > DEEPEST || isText(part)) return;
  if (isMultipart(part) && part.parts?.length) {
    for (const child of part.parts) yield* files(child, isText, depth + 1);
    return;
  }
  yield part;
}

/** The name that the sender gave, without folders and without what cannot be seen; '' where there is none. */
export function fileName(part: MimePart): string {
  const pieces = cleanLine(nameOf(part)).split(/[/\\]/);
  const last = pieces.findLast((piece) => piece.trim() !== '')?.trim() ?? '';
  return /^\.*$/.test(last) ? '' : last;
}

function nameOf(part: MimePart): string {
  if (part.filename) return readHeaderText(part.filename);
  const { parameters } = readParameters(headerOf(part, 'content-disposition'));
  return parameters.filename || readParameters(headerOf(part, 'content-type')).parameters.name || '';
}

async function subjectName(part: MimePart, subjectOf: ReadSubject): Promise<string> {
  const subject = readHeader(part.parts?.[0], 'subject') || (await subjectOf(part));
  const name = subject
    .replace(/[/\\:*?"<>|]+/g, '-')
    .slice(0, 120)
    .trim();
  return name && `${name}.eml`;
}

function extension(type: string): string {
  return Object.hasOwn(EXTENSIONS, type) ? (EXTENSIONS[type] ?? '') : '';
}
