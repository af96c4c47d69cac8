import { readParameters } from './headers.ts';
import { headerOf, isAttached, isAttachment, type MimePart } from './mime-part.ts';

/** A part that is read as text. */
export interface TextPart {
  part: MimePart;
  isHtml: boolean;
}

/** What is read in one place: a part, or one of two versions of the same text. */
export type TextChoice = TextPart | { plain: TextPart[]; html: TextPart[] };

/** The texts of a mail. */
export interface Texts {
  /** In document order. */
  choices: TextChoice[];
  /** Parts that are text of the mail, and so no files: those that are read, and other versions of the same. */
  parts: Set<MimePart>;
  /** Those of them that are neither plain nor HTML, and are not looked at, since another version is. */
  unread: MimePart[];
}

/** Multiparts within one another deeper than this are not read. */
const DEEPEST = 100;

/** Text that reads well as it is written (RFC 7763, RFC 1896, RFC 1341), and dialects of HTML. */
const AS_WRITTEN = new Set(['text/markdown', 'text/x-markdown', 'text/enriched', 'text/richtext']);
const HTML_DIALECTS = new Set(['text/x-amp-html', 'text/watch-html', 'application/xhtml+xml']);

/** Text that is data for programs. */
const DATA = /^text\/(?:calendar|rtf|rfc822-headers|vcard|x-vcard|directory|css|javascript|xml)$/;

/** Longer texts, in base64url, are not looked into: they say something. */
const LONGEST_BLANK = 100;

export function typeOf(part: MimePart): string {
  return part.mimeType?.trim().toLowerCase() || 'text/plain';
}

export function isMultipart(part: MimePart): boolean {
  return typeOf(part).startsWith('multipart/');
}

/**
 * Finds the texts of a mail. A text part with a file name is one where it is a version of a text, or the root of a
 * multipart/related (RFC 2387), or where there is no other; otherwise it is a file.
 */
export function findTexts(payload: MimePart): Texts {
  const found = collect(payload, (part, isPlaced) => isPlaced || !isAttachment(part));
  if (found.choices.some(hasWords)) return found;
  const first = firstNamed(payload, 0);
  if (first) return collect(payload, (part, isPlaced) => isPlaced || part === first || !isAttachment(part));
  return found;
}

/** Says whether a text part that is not attached counts; `isPlaced` where its place makes it a text of the mail. */
type Counts = (part: MimePart, isPlaced: boolean) => boolean;

function collect(payload: MimePart, counts: Counts): Texts {
  const texts: Texts = { choices: [], parts: new Set(), unread: [] };
  texts.choices = choicesOf(payload, counts, false, texts, 0);
  if (texts.choices.length === 0) texts.choices = otherTexts(payload, texts, 0);
  return texts;
}

function choicesOf(part: MimePart, counts: Counts, isPlaced: boolean, texts: Texts, depth: number): TextChoice[] {
  if (depth > DEEPEST) return [];
  const form = formOf(part);
  if (form) {
    if (isAttached(part) || !counts(part, isPlaced)) return [];
    texts.parts.add(part);
    return [{ part, isHtml: form === 'html' }];
  }
  if (!isMultipart(part)) return [];
  const children = part.parts ?? [];
  if (typeOf(part) === 'multipart/alternative') return versionsOf(children, counts, texts, depth);
  const root = typeOf(part) === 'multipart/related' ? rootOf(part) : undefined;
  return children.flatMap((child) => choicesOf(child, counts, child === root, texts, depth + 1));
}

/** The versions of one text (RFC 2046, section 5.1.4): a plain one and the HTML are given, for the caller to choose. */
function versionsOf(children: readonly MimePart[], counts: Counts, texts: Texts, depth: number): TextChoice[] {
  const versions = children
    .map((child) => flatten(choicesOf(child, counts, true, texts, depth + 1)))
    .filter((version) => version.length > 0);
  const isPlain = ({ part, isHtml }: TextPart) => !isHtml && !AS_WRITTEN.has(typeOf(part));
  const isHtml = ({ part }: TextPart) => typeOf(part) === 'text/html';
  const plain = versions.find((version) => version.every(isPlain));
  const html = versions.findLast((version) => version.some(isHtml));
  const chosen = plain ?? html ?? versions[0] ?? [];
  const read = new Set([...chosen, ...(html ?? [])].map(({ part }) => part));
  for (const { part } of versions.flat()) if (!read.has(part) && !isStandard(part)) texts.unread.push(part);
  if (chosen.length > 0) {
    for (const part of children) {
      const isOther = typeOf(part).startsWith('text/') && typeOf(part) !== 'text/calendar' && !texts.parts.has(part);
      if (!isOther || isAttachment(part)) continue;
      texts.parts.add(part);
      texts.unread.push(part);
    }
  }
  return plain && html && plain !== html ? [{ plain, html }] : chosen;
}

function isStandard(part: MimePart): boolean {
  return typeOf(part) === 'text/plain' || typeOf(part) === 'text/html';
}

/** Alternatives within alternatives do not occur; the HTML version stands for them. */
function flatten(choices: readonly TextChoice[]): TextPart[] {
  return choices.flatMap((choice) => ('plain' in choice ? choice.html : [choice]));
}

/** Texts of other types without a name, where there are none that are plain or HTML. */
function otherTexts(part: MimePart, texts: Texts, depth: number): TextChoice[] {
  if (depth > DEEPEST) return [];
  if (isMultipart(part)) return (part.parts ?? []).flatMap((child) => otherTexts(child, texts, depth + 1));
  const type = typeOf(part);
  if (!type.startsWith('text/') || DATA.test(type) || formOf(part) || isAttachment(part)) return [];
  texts.parts.add(part);
  return [{ part, isHtml: false }];
}

/** How a part is read where it is text; a multipart without parts is read as text. */
function formOf(part: MimePart): 'plain' | 'html' | undefined {
  const type = typeOf(part);
  if (type === 'text/html' || HTML_DIALECTS.has(type)) return 'html';
  const isTextAfterAll = isMultipart(part) && !part.parts?.length;
  return type === 'text/plain' || AS_WRITTEN.has(type) || isTextAfterAll ? 'plain' : undefined;
}

/** The part that a multipart/related is about: the one that `start` names, or the first. */
function rootOf(part: MimePart): MimePart | undefined {
  const { start } = readParameters(headerOf(part, 'content-type')).parameters;
  const named = start && part.parts?.find((child) => headerOf(child, 'content-id').trim() === start.trim());
  return named || part.parts?.[0];
}

/** The first text that has a name and is not attached. */
function firstNamed(part: MimePart, depth: number): MimePart | undefined {
  if (depth > DEEPEST) return undefined;
  if (formOf(part)) return isAttached(part) || !isAttachment(part) ? undefined : part;
  if (!isMultipart(part)) return undefined;
  for (const child of part.parts ?? []) {
    const found = firstNamed(child, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function hasWords(choice: TextChoice): boolean {
  const parts = 'plain' in choice ? [...choice.plain, ...choice.html] : [choice];
  return parts.some(({ part: { body } }) => {
    if (body?.data && body.data.length < LONGEST_BLANK)
      return /\S/.test(Buffer.from(body.data, 'base64url').toString());
    return Boolean(body?.data) || Boolean(body?.attachmentId) || (body?.size ?? 0) > 0;
  });
}
