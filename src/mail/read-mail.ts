import { removeInvisible } from '../shared/invisible.ts';
import { Problem } from '../shared/problems.ts';
import { readInvitation } from './calendar/invitation.ts';
import { readDeliveryFields, readDeliveryReport } from './delivery-report.ts';
import { convertHtml } from './html/convert.ts';
import { type AttachmentInfo, attachmentsOf, fileName } from './mime/attachments.ts';
import { decodeHtml, decodeText } from './mime/charset.ts';
import { isMultipart, isStub, mayBeStub, type TextChoice, type TextPart, textsOf, typeOf } from './mime/choose-text.ts';
import { readHeader, readParameters } from './mime/headers.ts';
import { boundedLoader, type LoadPart } from './mime/load-part.ts';
import { charsetOf, headerOf, type MimePart } from './mime/mime-part.ts';
import { isForwardSubject } from './quotes/attribution.ts';
import { type Segment, segmentsOf } from './quotes/segments.ts';
import { type Lines, linesOfHtml, linesOfPlain } from './text/lines.ts';
import type { Link } from './text/links.ts';
import { fillLinks } from './text/marks.ts';
import { plainText } from './text/plain-text.ts';

/** A mail as a person reads it. Nothing in it is invisible; its words are still a stranger's. */
export interface ReadMail {
  from: string;
  to: string;
  cc: string;
  subject: string;
  segments: Segment[];
  attachments: AttachmentInfo[];
  /** Lines that sum up an event, where the mail brings one. */
  invitation?: string[];
  /** A line for each recipient of a delivery report. */
  delivery?: string[];
  /** Code points of the text that were left out because a person cannot see them. */
  hidden: number;
}

export interface ReadOptions {
  /** The IANA zone in which the times of an invitation are shown; the system's own if left out. */
  zone?: string | undefined;
}

/** Larger calendars, reports and attached messages are not looked into, in bytes. */
const LARGEST_HELPER = 512 * 1024;

/** A text part, converted. */
interface Text {
  lines: Lines;
  links: Link[];
  hidden: number;
  isHtml: boolean;
}

/**
 * Reads a mail.
 *
 * @param payload Gmail's tree of parts (`messages.get` with the format `full`)
 * @param load loads the body of a part that Gmail keeps apart
 * @throws Problem `text_too_large`
 */
export async function readMail(payload: MimePart, load: LoadPart, options: ReadOptions = {}): Promise<ReadMail> {
  const subject = readHeader(payload, 'subject');
  const bytesOf = boundedLoader(load);
  const texts: Text[] = [];
  for (const choice of textsOf(payload)) texts.push(...(await readChoice(choice, bytesOf)));

  const segments: Segment[] = [];
  for (const { lines, links, isHtml } of texts) {
    const context = { forwards: isForwardSubject(subject), hasTextBefore: segments.length > 0, isHtml };
    segments.push(...segmentsOf(lines, links, context));
  }
  const zone = options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const invitation = await findInvitation(payload, bytesOf, zone);
  const delivery = await findDelivery(payload, bytesOf);
  return {
    from: readHeader(payload, 'from'),
    to: readHeader(payload, 'to'),
    cc: readHeader(payload, 'cc'),
    subject,
    segments,
    attachments: await filesOf(payload, invitation?.part, bytesOf),
    ...(invitation ? { invitation: invitation.lines } : {}),
    ...(delivery ? { delivery } : {}),
    hidden: texts.reduce((sum, { hidden }) => sum + hidden, 0),
  };
}

/** The files of a mail alone, as `readMail` lists them: there is no limit to the text beside them. */
export async function readFiles(payload: MimePart, load: LoadPart): Promise<AttachmentInfo[]> {
  const bytesOf = boundedLoader(load);
  const invitation = await findInvitation(payload, bytesOf, 'UTC');
  return filesOf(payload, invitation?.part, bytesOf);
}

function filesOf(payload: MimePart, used: MimePart | undefined, bytesOf: LoadPart): Promise<AttachmentInfo[]> {
  const subjectOf = async (part: MimePart) => attachedSubject(await smallText(part, bytesOf));
  return attachmentsOf(payload, (part) => part === used, subjectOf);
}

async function readChoice(choice: TextChoice, bytesOf: LoadPart): Promise<Text[]> {
  if ('part' in choice) return [await readText(choice, bytesOf)];
  const plain = await readAll(choice.plain, bytesOf);
  const plainWords = wordsOf(plain);
  if (!mayBeStub(plainWords)) return plain;
  const html = await readAll(choice.html, bytesOf);
  return isStub(plainWords, wordsOf(html)) ? html : plain;
}

async function readAll(parts: readonly TextPart[], bytesOf: LoadPart): Promise<Text[]> {
  const texts: Text[] = [];
  for (const part of parts) texts.push(await readText(part, bytesOf));
  return texts;
}

async function readText({ part, isHtml }: TextPart, bytesOf: LoadPart): Promise<Text> {
  const bytes = await bytesOf(part);
  if (isHtml) {
    const { text, links, hidden } = convertHtml(decodeHtml(bytes, charsetOf(part)));
    return { lines: linesOfHtml(text), links, hidden, isHtml };
  }
  const { parameters } = readParameters(headerOf(part, 'content-type'));
  const flowed = parameters.format?.toLowerCase() === 'flowed';
  const text = plainText(decodeText(bytes, charsetOf(part)), {
    flowed,
    delSp: parameters.delsp?.toLowerCase() === 'yes',
  });
  const visible = removeInvisible(text);
  return { lines: linesOfPlain(visible.text), links: [], hidden: visible.removed, isHtml };
}

/** What is said in these texts, without links. */
function wordsOf(texts: readonly Text[]): string {
  return texts.map(({ lines }) => fillLinks(lines.texts.join('\n'), () => '')).join('\n');
}

function* allParts(part: MimePart, depth = 0): Generator<MimePart> {
  yield part;
  if (depth > 100 || typeOf(part) === 'message/rfc822') return;
  for (const child of part.parts ?? []) yield* allParts(child, depth + 1);
}

/** The text of a part that helps to understand the mail; '' where it, or all of them together, are too large for that. */
async function smallText(part: MimePart, bytesOf: LoadPart): Promise<string> {
  if ((part.body?.size ?? 0) > LARGEST_HELPER) return '';
  try {
    return decodeText(await bytesOf(part), charsetOf(part));
  } catch (error) {
    if (error instanceof Problem && error.code === 'text_too_large') return '';
    throw error;
  }
}

/** The event that the mail is about: one that stands beside its text, or else a file that has a METHOD. */
async function findInvitation(
  payload: MimePart,
  bytesOf: LoadPart,
  zone: string,
): Promise<{ part: MimePart; lines: string[] } | undefined> {
  const parts = [...allParts(payload)].filter((part) => !isMultipart(part) && isCalendar(part));
  const isBeside = (part: MimePart) => typeOf(part) === 'text/calendar' && !fileName(part);
  for (const part of [...parts.filter(isBeside), ...parts.filter((each) => !isBeside(each))].slice(0, 5)) {
    const lines = readInvitation(await smallText(part, bytesOf), zone, !isBeside(part));
    if (lines) return { part, lines };
  }
  return undefined;
}

function isCalendar(part: MimePart): boolean {
  return /^(?:text\/calendar|application\/ics)$/.test(typeOf(part)) || /\.ics$/i.test(fileName(part));
}

async function findDelivery(payload: MimePart, bytesOf: LoadPart): Promise<string[] | undefined> {
  for (const part of allParts(payload)) {
    if (!/^message\/(?:global-)?delivery-status$/.test(typeOf(part))) continue;
    const blocks = (part.parts ?? []).map(({ headers }) =>
      (headers ?? []).map(({ name, value }): [string, string] => [name ?? '', value ?? '']),
    );
    const lines = blocks.length > 0 ? readDeliveryFields(blocks) : readDeliveryReport(await smallText(part, bytesOf));
    if (lines.length > 0) return lines;
  }
  return undefined;
}

/** The Subject of an attached message, from its text. */
function attachedSubject(message: string): string {
  const header = message.replace(/\r\n?/g, '\n').split(/\n\n/, 1)[0] ?? '';
  const value = /^subject:(.*(?:\n[ \t].*)*)/im.exec(header)?.[1] ?? '';
  return readHeader({ headers: [{ name: 'subject', value: value.replace(/\n/g, '') }] }, 'subject');
}
