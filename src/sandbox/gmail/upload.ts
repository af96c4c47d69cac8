import { apiError, invalidArgument, tooLarge } from '../google-error.ts';
import type { ApiRequest } from '../http.ts';
import { LARGEST_MESSAGE } from '../limits.ts';
import type { Shape } from '../rest/answer-shapes.ts';
import { readJson } from '../rest/json-body.ts';
import type { Posted } from './posted-message.ts';

/**
 * Reads an upload in one piece (https://developers.google.com/workspace/gmail/api/guides/uploads): `media` is the bytes
 * of the message alone, `multipart` has the resource as JSON before it.
 *
 * @throws GoogleError 400, or 413 for a message that is too large
 */
export function readUpload(request: ApiRequest, shape: Shape): Posted {
  const type = request.query.get('uploadType');
  const contentType = request.headers['content-type'] ?? '';
  if (type === 'media') return { resource: {}, mime: checkedMime(contentType, request.body) };
  if (type === 'multipart') return readMultipart(contentType, request.body, shape);
  throw invalidArgument(`Invalid upload type: ${type}`);
}

/** The message of an upload, where it is one. */
export function checkedMime(contentType: string, mime: Buffer): Buffer {
  requireMessageType(contentType);
  if (mime.length > LARGEST_MESSAGE) throw tooLarge();
  return mime;
}

export function requireMessageType(contentType: string): void {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'message/rfc822') return;
  throw apiError(400, 'badContent', `Media type '${type}' is not supported. Valid media types: [message/rfc822]`);
}

function readMultipart(contentType: string, body: Buffer, shape: Shape): Posted {
  const malformed = () => invalidArgument('Malformed multipart body.');
  const [, quoted, bare] = /^multipart\/related\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) throw malformed();
  const [json, message, ...more] = splitParts(body, boundary) ?? [];
  if (!json || !message || more.length > 0) throw malformed();
  // The JSON comes first; the other order is no upload.
  if (!/^application\/json\b/i.test(json.type)) throw malformed();
  return { resource: readJson(json.content, shape), mime: checkedMime(message.type, message.content) };
}

interface Part {
  type: string;
  content: Buffer;
}

/** The parts between the delimiters (RFC 2046, section 5.1.1); undefined where the last one is missing. */
function splitParts(body: Buffer, boundary: string): Part[] | undefined {
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const after = at + delimiter.length;
    if (body.toString('latin1', after, after + 2) === '--') return parts;
    const start = body.indexOf('\n', after) + 1;
    const next = body.indexOf(`\n${delimiter}`, start);
    if (start === 0 || next < 0) return undefined;
    const end = body[next - 1] === 0x0d ? next - 1 : next;
    parts.push(partOf(body.subarray(start, end)));
    at = next + 1;
  }
  return undefined;
}

function partOf(part: Buffer): Part {
  const empty = /\r?\n\r?\n/.exec(part.toString('latin1', 0, 4096));
  const head = empty ? part.toString('latin1', 0, empty.index) : '';
  const content = empty ? part.subarray(empty.index + empty[0].length) : part;
  return { type: /^content-type:[ \t]*(.*)$/im.exec(head)?.[1]?.trim() ?? '', content };
}
