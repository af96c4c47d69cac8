import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { invalidBatch } from '../google-error.ts';
import { RawAnswer } from '../http.ts';

/** One call within a batch, as it was written. */
export interface BatchPart {
  /** As it came, angle brackets included. */
  contentId: string | undefined;
  method: string;
  /** A path with its query. */
  target: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/**
 * Reads the parts of a batch (https://developers.google.com/workspace/gmail/api/guides/batch): multipart/mixed of
 * RFC 2046 with whole HTTP requests as parts.
 *
 * @throws GoogleError 400 for anything else
 */
export function readBatch(contentType: string, body: Buffer): BatchPart[] {
  const refuse = (why: string) =>
    invalidBatch(`Failed to parse batch request, error: ${why}. Received batch body: (${body.length}) bytes redacted`);
  const [, quoted, bare] = /^multipart\/mixed\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) throw refuse('the content type is not multipart/mixed with a boundary');
  const parts = splitParts(body.toString('utf8').split(/\r?\n/), boundary);
  if (!parts) throw refuse('the last boundary is missing');
  if (parts.length === 0) throw refuse('0 items');
  return parts.map((lines) => {
    const part = readPart(lines);
    if (!part) throw refuse('a part is not an HTTP request');
    return part;
  });
}

/** The lines of each part; undefined where the closing delimiter is missing. */
function splitParts(lines: readonly string[], boundary: string): string[][] | undefined {
  const parts: string[][] = [];
  for (const line of lines) {
    const delimiter = line.startsWith(`--${boundary}`) ? line.trimEnd().slice(boundary.length + 2) : undefined;
    if (delimiter === '--') return parts;
    if (delimiter === '') parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return undefined;
}

function readPart(lines: readonly string[]): BatchPart | undefined {
  const outer = readHeaders(lines);
  const isHttp = /^application\/http\b/i.test(outer.headers['content-type'] ?? '');
  const [, method, target] = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?\s*$/.exec(outer.rest[0] ?? '') ?? [];
  if (!isHttp || !method || !target) return undefined;
  const { headers, rest } = readHeaders(outer.rest.slice(1));
  return { contentId: outer.headers['content-id'], method, target, headers, body: rest.join('\r\n').trim() };
}

/** The headers up to the first empty line, and the lines after it. */
function readHeaders(lines: readonly string[]): { headers: Record<string, string>; rest: readonly string[] } {
  const empty = lines.findIndex((line) => line.trim() === '');
  const end = empty < 0 ? lines.length : empty;
  const headers: Record<string, string> = {};
  for (const line of lines.slice(0, end)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, rest: lines.slice(end + 1) };
}

/** Writes the answers of a batch, each under the Content-ID of its call with `response-` put in front. */
export function writeBatch(answers: readonly { contentId: string | undefined; answer: RawAnswer }[]): RawAnswer {
  const boundary = `batch_${randomBytes(16).toString('base64url')}`;
  const parts = answers.map(({ contentId, answer: { status, contentType, headers, body } }) => [
    `--${boundary}`,
    'Content-Type: application/http',
    ...(contentId ? [`Content-ID: ${contentId.replace(/^<?/, '$&response-')}`] : []),
    '',
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    `Content-Type: ${contentType}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ]);
  const body = [...parts.flat(), `--${boundary}--`, ''].join('\r\n');
  return new RawAnswer(200, `multipart/mixed; boundary=${boundary}`, body);
}
