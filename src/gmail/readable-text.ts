import { decodeHtml, decodeText } from './charset.ts';
import { htmlToText } from './html-text.ts';
import { charsetOf, isAttachment, type MimePart } from './mime-part.ts';

/** Loads the body of a part that Gmail keeps apart because it is large. */
export type LoadPart = (part: MimePart) => Promise<Uint8Array>;

/**
 * The text that a person would read: the plain text of the message, or its HTML converted where there is no plain
 * text. Of alternatives (RFC 2046, section 5.1.4) one is taken; parts that follow one another are joined; attachments
 * are left out.
 */
export async function readableText(part: MimePart, load: LoadPart): Promise<string> {
  const type = part.mimeType?.toLowerCase() ?? 'text/plain';
  if (type.startsWith('multipart/')) {
    const texts: string[] = [];
    for (const child of type === 'multipart/alternative' ? plainFirst(part.parts ?? []) : (part.parts ?? [])) {
      const text = await readableText(child, load);
      if (text.trim() === '') continue;
      texts.push(text);
      if (type === 'multipart/alternative') break;
    }
    return texts.join('\n');
  }
  if (isAttachment(part) || (type !== 'text/plain' && type !== 'text/html')) return '';
  const bytes = await bytesOf(part, load);
  const charset = charsetOf(part);
  return type === 'text/html' ? htmlToText(decodeHtml(bytes, charset), 'clean') : decodeText(bytes, charset);
}

/** Plain text needs no conversion, so it goes first wherever it stands among the alternatives. */
function plainFirst(parts: readonly MimePart[]): MimePart[] {
  const isPlain = (part: MimePart) => part.mimeType?.toLowerCase() === 'text/plain';
  return [...parts.filter(isPlain), ...parts.filter((part) => !isPlain(part))];
}

function bytesOf(part: MimePart, load: LoadPart): Promise<Uint8Array> {
  const { data, attachmentId } = part.body ?? {};
  if (data) return Promise.resolve(Buffer.from(data, 'base64url'));
  return attachmentId ? load(part) : Promise.resolve(new Uint8Array());
}
