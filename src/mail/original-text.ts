import { withoutInvisible } from '../shared/invisible.ts';
import { htmlToText } from './html/html-text.ts';
import { decodeHtml, decodeText } from './mime/charset.ts';
import { boundedLoader, type LoadPart } from './mime/load-part.ts';
import { charsetOf, isAttachment, type MimePart } from './mime/mime-part.ts';

/**
 * The text that a person would read: the plain text of the message, or its HTML converted where there is no plain
 * text. Of alternatives (RFC 2046, section 5.1.4) one is taken; parts that follow one another are joined; attachments
 * are left out, and so are characters that nobody sees. Nothing else of a plain text changes.
 *
 * @throws Problem `text_too_large`
 */
export async function readableText(payload: MimePart, load: LoadPart): Promise<string> {
  return withoutInvisible(await textOf(payload, boundedLoader(load)));
}

async function textOf(part: MimePart, bytesOf: LoadPart): Promise<string> {
  const type = part.mimeType?.toLowerCase() ?? 'text/plain';
  if (type.startsWith('multipart/')) {
    const texts: string[] = [];
    for (const child of type === 'multipart/alternative' ? plainFirst(part.parts ?? []) : (part.parts ?? [])) {
      const text = await textOf(child, bytesOf);
      if (text.trim() === '') continue;
      texts.push(text);
      if (type === 'multipart/alternative') break;
    }
    return texts.join('\n');
  }
  if (isAttachment(part) || (type !== 'text/plain' && type !== 'text/html')) return '';
  const bytes = await bytesOf(part);
  const charset = charsetOf(part);
  return type === 'text/html' ? htmlToText(decodeHtml(bytes, charset)) : decodeText(bytes, charset);
}

/** Plain text needs no conversion, so it goes first wherever it stands among the alternatives. */
function plainFirst(parts: readonly MimePart[]): MimePart[] {
  const isPlain = (part: MimePart) => part.mimeType?.toLowerCase() === 'text/plain';
  return [...parts.filter(isPlain), ...parts.filter((part) => !isPlain(part))];
}
