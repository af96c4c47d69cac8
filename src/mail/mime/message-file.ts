import { isUtf8 } from 'node:buffer';
import { type MimeNode, Splitter } from '@zone-eu/mailsplit';
import type { MimePart } from './mime-part.ts';

/** Far more than mail has; headers in bytes. What lies beyond is left out. */
const LIMITS = { ignoreEmbedded: true, maxHeadSize: 4 * 1024 * 1024, maxChildNodes: 2000 } as const;

/**
 * Takes a message that was attached as a file apart, into parts as Gmail gives those of a message (RFC 2045, section 5).
 * Gmail gives the bytes of such a file as they came. What is broken is read as far as it goes.
 */
export async function parseMessageFile(bytes: Buffer): Promise<MimePart> {
  const splitter = new Splitter(LIMITS);
  splitter.end(bytes);
  const parts = new Map<MimeNode, MimePart>();
  const bodies = new Map<MimeNode, Buffer[]>();
  let root: MimePart | undefined;
  try {
    for await (const event of splitter) {
      if (event.type === 'node') {
        const siblings = (event.parentNode && parts.get(event.parentNode as MimeNode)?.parts) || [];
        const part = partOf(event, siblings.length);
        siblings.push(part);
        parts.set(event, part);
        root ??= part;
      } else if (event.type === 'body' && event.node) {
        const chunks = bodies.get(event.node) ?? [];
        chunks.push(event.value);
        bodies.set(event.node, chunks);
      }
    }
  } catch (error) {
    // Beyond a limit; the parts before it stay.
    if (!root) throw error;
  }
  for (const [node, chunks] of bodies) {
    const content = await decode(node, Buffer.concat(chunks));
    const part = parts.get(node);
    if (part) part.body = { size: content.length, data: content.toString('base64url') };
  }
  return root ?? {};
}

function partOf(node: MimeNode, index: number): MimePart {
  const headers = (node.headers ? node.headers.getList() : []).map(({ line }) => {
    const raw = Buffer.from(line, 'latin1');
    const text = isUtf8(raw) ? raw.toString('utf8') : line;
    const colon = text.indexOf(':');
    return {
      name: text.slice(0, colon).trim(),
      value: text
        .slice(colon + 1)
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim(),
    };
  });
  const mimeType = node.contentType || 'text/plain';
  return { partId: String(index), mimeType, filename: node.filename || '', headers, body: { size: 0 }, parts: [] };
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
