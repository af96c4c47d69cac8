/** One call of a batch as it was answered. */
export interface BatchAnswer {
  status: number;
  /** Of a refusal alone. */
  headers?: Headers;
  /** The parsed JSON. */
  body: unknown;
}

/** The content type of a batch with that boundary. */
export const batchContentType = (boundary: string) => `multipart/mixed; boundary=${boundary}`;

/**
 * Writes a batch of GET requests (https://developers.google.com/workspace/gmail/api/guides/batch): multipart/mixed of
 * RFC 2046 with whole HTTP requests as parts, each with its number as Content-ID.
 *
 * @param targets path and query of each, encoded
 */
export function writeBatch(targets: readonly string[], boundary: string): string {
  const parts = targets.flatMap((target, index) => [
    `--${boundary}`,
    'Content-Type: application/http',
    `Content-ID: <item-${index}>`,
    '',
    `GET ${target} HTTP/1.1`,
    '',
    '',
  ]);
  return [...parts, `--${boundary}--`, ''].join('\r\n');
}

/**
 * Reads the answer to a batch. Gmail names the call that an answer belongs to by `response-` and its Content-ID;
 * an answer without one belongs to the call in its place. What cannot be read is left out.
 *
 * @param count how many calls there were
 * @returns as many answers; undefined for a call without a readable one
 */
export function readBatch(contentType: string, text: string, count: number): (BatchAnswer | undefined)[] {
  const answers = new Array<BatchAnswer | undefined>(count).fill(undefined);
  const [, quoted, bare] =
    /^\s*multipart\/mixed\s*;.*?\bboundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) return answers;
  for (const [position, part] of splitParts(text, boundary, count).entries()) {
    const outer = splitHead(part);
    const id = /response-item-(\d+)\b/.exec(outer.head)?.[1];
    const index = id === undefined ? position : Number(id);
    if (index < count) answers[index] ??= readAnswer(outer.rest);
  }
  return answers;
}

/** Whether some call of a batch was refused for its token. In JSON no line begins like this. */
export function holdsRefusal(text: string): boolean {
  return /^HTTP\/\d(?:\.\d)? 401\b/m.test(text);
}

/** The parts between the delimiters, no more than were asked for. What stands before the first is no part. */
function splitParts(text: string, boundary: string, count: number): string[] {
  const parts: string[] = [];
  const delimiter = `--${boundary}`;
  let from = -1;
  for (let at = text.indexOf(delimiter); at >= 0 && parts.length < count; at = text.indexOf(delimiter, at + 1)) {
    const after = at + delimiter.length;
    const isLine =
      (at === 0 || text[at - 1] === '\n') && /^(?:--)?[ \t]*\r?(?:\n|$)/.test(text.slice(after, after + 80));
    if (!isLine) continue;
    if (from >= 0) parts.push(text.slice(from, at));
    from = after;
    if (text.startsWith('--', after)) return parts;
  }
  // The end is missing; the last part may be whole nevertheless.
  if (from >= 0 && parts.length < count) parts.push(text.slice(from));
  return parts;
}

function readAnswer(text: string): BatchAnswer | undefined {
  const { head, rest } = splitHead(text.trimStart());
  const [statusLine = '', ...lines] = head.split(/\r?\n/);
  const status = Number(/^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(statusLine)?.[1]);
  const body = parseJson(rest);
  // An error is one whatever it says, but data that is cut off is none.
  if (!status || (status < 300 && body === undefined)) return undefined;
  return status < 300 ? { status, body } : { status, headers: readHeaders(lines), body };
}

/** The headers up to the first empty line, and what follows it. */
function splitHead(text: string): { head: string; rest: string } {
  const empty = /\r?\n[ \t]*\r?\n/.exec(text);
  if (!empty) return { head: text, rest: '' };
  return { head: text.slice(0, empty.index), rest: text.slice(empty.index + empty[0].length) };
}

function readHeaders(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) {
    const [, name, value] = /^([\w-]+):[ \t]*([\x20-\x7e]*?)[ \t]*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.append(name, value);
  }
  return headers;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
