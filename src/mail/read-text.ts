import { removeInvisible } from '../shared/invisible.ts';
import { Problem } from '../shared/problems.ts';
import { convertHtml } from './html/convert.ts';
import { decodeHtml, decodeText } from './mime/charset.ts';
import type { TextChoice, TextPart } from './mime/choose-text.ts';
import { readParameters } from './mime/headers.ts';
import type { LoadPart } from './mime/load-part.ts';
import { charsetOf, headerOf, type MimePart } from './mime/mime-part.ts';
import { type Lines, linesOfHtml, linesOfPlain } from './text/lines.ts';
import type { Link } from './text/links.ts';
import { renumberLinks } from './text/marks.ts';
import { plainText } from './text/plain-text.ts';
import { asItLooks } from './text/turned.ts';
import { compareVersions } from './text/versions.ts';

/** A text part, converted. */
export interface Text {
  lines: Lines;
  links: Link[];
  /** Code points that were left out because a person cannot see them. */
  hidden: number;
  isHtml: boolean;
  /** Plain text as it was decoded, line ends and invisible characters included; '' of HTML. */
  asWritten: string;
}

/** What is read of a text, and what is to be said of it. */
export interface ReadText {
  texts: Text[];
  notes: string[];
}

const SAYS_ELSE =
  'The mail also has a plain version, which says something else; what is shown is the HTML version, as Gmail shows it.';
const HTML_TOO_LARGE =
  'The HTML version, which Gmail shows, is too large to be read; what is shown is the plain version.';

/**
 * Reads a text. Of two versions the HTML is read, since that is what Gmail shows; the plain one where it says the same
 * and so is only the cleaner one.
 *
 * @throws Problem `text_too_large`
 */
export async function readChoice(choice: TextChoice, bytesOf: LoadPart): Promise<ReadText> {
  if ('part' in choice) return { texts: [await readPart(choice, bytesOf)], notes: [] };
  const html = await unlessTooLarge(() => readAll(choice.html, bytesOf));
  if (!html) return { texts: await readAll(choice.plain, bytesOf), notes: [HTML_TOO_LARGE] };
  const plain = await unlessTooLarge(() => readAll(choice.plain, bytesOf));
  if (!plain) return { texts: html, notes: [] };
  const { isSame, saysElse } = compareVersions(textOf(plain), {
    text: textOf(html),
    links: html.flatMap(({ links }) => links),
  });
  return { texts: isSame ? plain : html, notes: saysElse ? [SAYS_ELSE] : [] };
}

async function readAll(parts: readonly TextPart[], bytesOf: LoadPart): Promise<Text[]> {
  const texts: Text[] = [];
  for (const part of parts) texts.push(await readPart(part, bytesOf));
  return texts;
}

async function readPart({ part, isHtml }: TextPart, bytesOf: LoadPart): Promise<Text> {
  const bytes = await bytesOf(part);
  if (isHtml) {
    const { text, links, hidden } = convertHtml(decodeHtml(bytes, charsetOf(part)));
    return { lines: linesOfHtml(text), links, hidden, isHtml, asWritten: '' };
  }
  const asWritten = decodeText(bytes, charsetOf(part));
  const visible = removeInvisible(asItLooks(plainText(asWritten, flowOf(part))));
  return { lines: linesOfPlain(visible.text), links: [], hidden: visible.removed, isHtml, asWritten };
}

function flowOf(part: MimePart): { flowed: boolean; delSp: boolean } {
  const { format, delsp } = readParameters(headerOf(part, 'content-type')).parameters;
  return { flowed: format?.toLowerCase() === 'flowed', delSp: delsp?.toLowerCase() === 'yes' };
}

/** The lines of texts that follow one another, links still marked; the links of each count from the first of all. */
function textOf(texts: readonly Text[]): string {
  let before = 0;
  return texts
    .map(({ lines, links }) => {
      const first = before;
      before += links.length;
      const text = lines.texts.join('\n');
      return first === 0 ? text : renumberLinks(text, first);
    })
    .join('\n');
}

async function unlessTooLarge(read: () => Promise<Text[]>): Promise<Text[] | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem && error.code === 'text_too_large') return undefined;
    throw error;
  }
}
