import { isUtf8 } from 'node:buffer';
import { type MimeNode, Splitter } from '@zone-eu/mailsplit';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import libmime from 'libmime';

export interface MimeTree {
  partId: string;
  mimeType: string;
  filename: string;
  /** Unfolded, with encoded words decoded, as the Gmail API gives them. */
  headers: gmail_v1.Schema$MessagePartHeader[];
  /** Decoded content; empty for multiparts. */
  content: Buffer;
  charset: string | undefined;
  parts: MimeTree[];
}

interface Growing {
  node: MimeNode;
  chunks: Buffer[];
  children: Growing[];
}

/** Gmail takes nearly everything, so no limit that a message could reach. Sizes in bytes. */
export const SPLITTER_OPTIONS = { ignoreEmbedded: true, maxHeadSize: 40_000_000, maxChildNodes: 10_000 } as const;

/** Parts that lie deeper are left out: the sandbox's own choice, far from every real message. */
const DEEPEST = 500;

/** An attached message whose parts lie deeper is a file alone: the sandbox's own choice. */
const DEEPEST_ATTACHED = 20;

/**
 * Parses a raw message (RFC 5322, RFC 2045 to 2047) into the tree of parts that the Gmail API shows. What is broken
 * is read as far as it goes.
 */
export function parseMime(raw: Buffer): Promise<MimeTree> {
  return parseBelow(raw, '', 0);
}

async function parseBelow(raw: Buffer, partId: string, depth: number): Promise<MimeTree> {
  const splitter = new Splitter(SPLITTER_OPTIONS);
  splitter.end(withSeparator(raw));
  const found = new Map<MimeNode, Growing>();
  let root: Growing | undefined;
  let current: Growing | undefined;
  try {
    for await (const event of splitter) {
      if (event.type === 'node') {
        current = { node: event, chunks: [], children: [] };
        found.set(event, current);
        root ??= current;
        if (event.parentNode) found.get(event.parentNode as MimeNode)?.children.push(current);
      } else if (event.type === 'body' || (event.type === 'data' && event.node === current?.node)) {
        // What stands in a multipart itself counts only where it turns out to have no parts.
        current?.chunks.push(event.value);
      }
    }
  } catch (error) {
    // More parts than the splitter reads; those before stay.
    if (!root) throw error;
  }
  if (!root) throw new TypeError('The message is empty.');
  return toTree(root, partId, depth);
}

/** A line that can be part of a header: a field, or one that goes on (RFC 5322, section 2.2). */
const HEADER_LINE = /^(?:[\x21-\x39\x3b-\x7e]+[ \t]*:|[ \t]|From )/;

/** Where the empty line behind the header is missing, the body begins with the first line that is no header. */
function withSeparator(raw: Buffer): Buffer {
  for (let start = 0; start < raw.length; ) {
    const end = raw.indexOf('\n', start);
    const line = raw.toString('latin1', start, end === -1 ? raw.length : end).replace(/\r$/, '');
    if (line === '') return raw;
    if (!HEADER_LINE.test(line))
      return Buffer.concat([raw.subarray(0, start), Buffer.from('\r\n'), raw.subarray(start)]);
    if (end === -1) return raw;
    start = end + 1;
  }
  return raw;
}

async function toTree({ node, chunks, children }: Growing, partId: string, depth: number): Promise<MimeTree> {
  const prefix = partId === '' ? '' : `${partId}.`;
  const shown = depth < DEEPEST ? children : [];
  const type = node.contentType || 'text/plain';
  // Mail programs show a multipart without any part as text.
  const isText = type.startsWith('multipart/') && children.length === 0;
  const content = node.multipart && !isText ? Buffer.alloc(0) : await decode(node, Buffer.concat(chunks));
  const attached = type === 'message/rfc822' && depth < DEEPEST_ATTACHED && content.length > 0;
  return {
    partId,
    mimeType: isText ? 'text/plain' : type,
    filename: node.filename || '',
    headers: headersOf(node),
    content,
    charset: node.charset || undefined,
    // A message that is attached is a file, and its parts stand below it nevertheless.
    parts: attached
      ? [await parseBelow(content, `${prefix}0`, depth + 1)]
      : await Promise.all(shown.map((child, index) => toTree(child, `${prefix}${index}`, depth + 1))),
  };
}

/** The first header of that name; empty if there is none. */
export function headerOf({ headers }: MimeTree, name: string): string {
  return headers.find((header) => header.name?.toLowerCase() === name.toLowerCase())?.value ?? '';
}

function headersOf(node: MimeNode): gmail_v1.Schema$MessagePartHeader[] {
  const { headers } = node;
  if (!headers) return [];
  return headers.getList().map(({ line }) => {
    const text = asUtf8(line);
    const colon = text.indexOf(':');
    const unfolded = text.slice(colon + 1).replace(/\r?\n(?=[ \t])/g, '');
    return { name: text.slice(0, colon).trim(), value: libmime.decodeWords(unfolded).trim() };
  });
}

/** Headers may come as bare UTF-8 (RFC 6532); what is no UTF-8 is read as Latin-1, a character for each byte. */
function asUtf8(line: string): string {
  const bytes = Buffer.from(line, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : line;
}

/** The content without its transfer encoding; as it came where that is broken. */
async function decode(node: MimeNode, body: Buffer): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    const decoder = node.getDecoder();
    decoder.end(body);
    for await (const chunk of decoder as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return body;
  }
  return Buffer.concat(chunks);
}

/**
 * The text of a part as UTF-8, which is what the format full shows of every text, whatever its charset is and its header
 * goes on to say. What is UTF-8 in spite of its header stays, and so does what is not in its charset: the sandbox's own
 * choice.
 */
export function textAsUtf8({ content, charset }: MimeTree): Buffer {
  const isUtf8Already = isUtf8(content) && content.some((byte) => byte > 0x7f);
  if (!charset || (isUtf8Already && !/^utf-?16/i.test(charset))) return content;
  try {
    return Buffer.from(new TextDecoder(charset, { fatal: true }).decode(content));
  } catch {
    return content;
  }
}
