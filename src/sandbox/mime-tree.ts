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

/** Parses a raw message (RFC 5322, RFC 2045 to 2047) into the tree of parts that the Gmail API shows. */
export async function parseMime(raw: Buffer): Promise<MimeTree> {
  const splitter = new Splitter({ ignoreEmbedded: true });
  splitter.end(raw);
  const found = new Map<MimeNode, Growing>();
  let root: Growing | undefined;
  let current: Growing | undefined;
  for await (const event of splitter) {
    if (event.type === 'node') {
      current = { node: event, chunks: [], children: [] };
      found.set(event, current);
      root ??= current;
      if (event.parentNode) found.get(event.parentNode as MimeNode)?.children.push(current);
    } else if (event.type === 'body') {
      current?.chunks.push(event.value);
    }
  }
  if (!root) throw new TypeError('The message is empty.');
  return toTree(root, '');
}

async function toTree({ node, chunks, children }: Growing, partId: string): Promise<MimeTree> {
  const prefix = partId === '' ? '' : `${partId}.`;
  return {
    partId,
    mimeType: node.contentType || 'text/plain',
    filename: node.filename || '',
    headers: headersOf(node),
    content: node.multipart ? Buffer.alloc(0) : await decode(node, Buffer.concat(chunks)),
    charset: node.charset || undefined,
    parts: await Promise.all(children.map((child, index) => toTree(child, `${prefix}${index}`))),
  };
}

function headersOf(node: MimeNode): gmail_v1.Schema$MessagePartHeader[] {
  const { headers } = node;
  if (!headers) return [];
  return headers.getList().map(({ line }) => {
    const colon = line.indexOf(':');
    const unfolded = line.slice(colon + 1).replace(/\r?\n(?=[ \t])/g, '');
    return { name: line.slice(0, colon).trim(), value: libmime.decodeWords(unfolded).trim() };
  });
}

async function decode(node: MimeNode, body: Buffer): Promise<Buffer> {
  const decoder = node.getDecoder();
  decoder.end(body);
  const chunks: Buffer[] = [];
  for await (const chunk of decoder as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
