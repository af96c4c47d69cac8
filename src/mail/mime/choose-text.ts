import { isAttachment, type MimePart } from './mime-part.ts';

/** A part that is read as text. */
export interface TextPart {
  part: MimePart;
  isHtml: boolean;
}

/** What is read in one place: a part, or one of two versions of the same text. */
export type TextChoice = TextPart | { plain: TextPart[]; html: TextPart[] };

/** Multiparts within one another deeper than this are not read. */
const DEEPEST = 100;

export function typeOf(part: MimePart): string {
  return part.mimeType?.trim().toLowerCase() || 'text/plain';
}

export function isMultipart(part: MimePart): boolean {
  return typeOf(part).startsWith('multipart/');
}

/** Whether a part is text of the mail itself, and not a file. A multipart without parts is read as text. */
export function isReadable(part: MimePart): boolean {
  if (isAttachment(part)) return false;
  const type = typeOf(part);
  const isTextAfterAll = isMultipart(part) && !part.parts?.length;
  return type === 'text/plain' || type === 'text/html' || isTextAfterAll;
}

/**
 * The texts of a mail in document order. Of a multipart/alternative (RFC 2046, section 5.1.4) the plain version and
 * the HTML version are given, for the caller to choose from.
 */
export function textsOf(part: MimePart, depth = 0): TextChoice[] {
  if (depth > DEEPEST) return [];
  if (isReadable(part)) return [{ part, isHtml: typeOf(part) === 'text/html' }];
  if (!isMultipart(part)) return [];
  const children = part.parts ?? [];
  if (typeOf(part) !== 'multipart/alternative') return children.flatMap((child) => textsOf(child, depth + 1));
  const versions = children.map((child) => flatten(textsOf(child, depth + 1))).filter((texts) => texts.length > 0);
  const plain = versions.find((texts) => texts.every(({ isHtml }) => !isHtml));
  const html = versions.findLast((texts) => texts.some(({ isHtml }) => isHtml));
  if (plain && html) return [{ plain, html }];
  return plain ?? html ?? [];
}

/** Alternatives within alternatives do not occur; the plain version stands for them. */
function flatten(choices: readonly TextChoice[]): TextPart[] {
  return choices.flatMap((choice) => ('plain' in choice ? choice.plain : [choice]));
}

/** Plain text of at least so many words is no stub, so its HTML need not be looked at. */
const LONGEST_STUB = 300;

/** The share of the HTML's words below which plain text is a stub, if the HTML has more than the least number. */
const STUB_SHARE = 0.15;
const LEAST_HTML_WORDS = 40;

/** Plain text that only says where the real text is. */
const POINTS_ELSEWHERE = new RegExp(
  [
    '(?:view|read|see|open|display)\\b.{0,60}\\b(?:in|with|using)\\b.{0,20}\\bbrowser',
    '\\bbrowser\\b.{0,80}\\b(?:view|read|see|open)\\b',
    '(?:does|do|did)(?: not|n.t) (?:support|display|show|render).{0,20}\\bhtml',
    '\\bhtml\\b.{0,60}\\b(?:not supported|enabled|capable|compatible)',
    '(?:enable|supports?|switch to|requires?)\\b.{0,30}\\bhtml',
    'html[- ](?:e-?mail|message|version|format|nachricht)',
    'im browser|im webbrowser|kein html|html-f.hig|dans (?:votre|un) navigateur|en (?:su|tu|el) navegador|nel browser',
  ].join('|'),
  'iu',
);

export function mayBeStub(plain: string): boolean {
  return countWords(plain) < LONGEST_STUB;
}

/** Whether the plain version of a mail stands in for its HTML with next to nothing. */
export function isStub(plain: string, html: string): boolean {
  const plainWords = countWords(plain);
  const htmlWords = countWords(html);
  if (htmlWords === 0) return false;
  if (plainWords === 0) return true;
  if (plainWords < 60 && plainWords < htmlWords / 2 && POINTS_ELSEWHERE.test(plain.slice(0, 2_000))) return true;
  return htmlWords > LEAST_HTML_WORDS && plainWords < htmlWords * STUB_SHARE;
}

/** Words, addresses of links left out. */
function countWords(text: string): number {
  return text.replace(/https?:\/\/\S+/gi, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
