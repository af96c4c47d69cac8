import { withoutInvisible } from '../shared/invisible.ts';
import { findTexts } from './mime/choose-text.ts';
import { boundedLoader, type LoadPart } from './mime/load-part.ts';
import type { MimePart } from './mime/mime-part.ts';
import { openSealed } from './mime/sealed.ts';
import { unlessTooLarge } from './mime/small-text.ts';
import { readChoice, type Text } from './read-text.ts';
import { fillLinks } from './text/marks.ts';
import { asItLooks } from './text/turned.ts';

/** A text, and how many characters that nobody could see were taken out of it. */
export interface ReadableText {
  text: string;
  hidden: number;
}

/**
 * The text that a person would read: what Gmail shows, HTML converted. Of two versions (RFC 2046, section 5.1.4) the
 * HTML is taken, or the plain one where it says the same; parts that follow one another are joined; attachments are
 * left out. Plain text stays as it was written, but for characters that cannot be seen.
 *
 * @throws Problem `text_too_large`
 */
export async function readableText(payload: MimePart, load: LoadPart): Promise<ReadableText> {
  const bytesOf = boundedLoader(load);
  const opened = await openSealed(payload, (part) => unlessTooLarge(part, bytesOf));
  const texts: string[] = [];
  let hidden = 0;
  for (const choice of findTexts(opened.payload).choices) {
    const read = await readChoice(choice, bytesOf);
    for (const text of read.texts) {
      hidden += text.hidden;
      texts.push(wholeText(text));
    }
  }
  return { text: [...texts, ...opened.sealed].filter((text) => text.trim() !== '').join('\n'), hidden };
}

function wholeText({ lines, links, isHtml, asWritten }: Text): string {
  if (isHtml) return fillLinks(lines.texts.join('\n'), (index) => links[index]?.full ?? '');
  return withoutInvisible(asItLooks(asWritten));
}
