import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';

export type MimePart = gmail_v1.Schema$MessagePart;

/** The first header of that name, in any case; '' where there is none. */
export function headerOf(part: MimePart | undefined, name: string): string {
  const wanted = name.toLowerCase();
  return part?.headers?.find((header) => header.name?.toLowerCase() === wanted)?.value ?? '';
}

/** The charset parameter of Content-Type (RFC 2045, section 5.1). */
export function charsetOf(part: MimePart): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headerOf(part, 'content-type'))?.[1];
}

/** Whether the sender says that the part is to be kept as a file (RFC 2183). */
export function isAttached(part: MimePart): boolean {
  return /^\s*attachment\b/i.test(headerOf(part, 'content-disposition'));
}

/** Whether the part is a file rather than to be read, as it says itself or by its name. */
export function isAttachment(part: MimePart): boolean {
  return Boolean(part.filename) || isAttached(part);
}
