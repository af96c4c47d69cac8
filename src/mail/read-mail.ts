import { MOST_REPORT_LINES, readBounce } from './bounce.ts';
import { findInvitation } from './calendar/find-invitation.ts';
import { readDeliveryFields, readDeliveryReport } from './delivery-report.ts';
import { type AttachmentInfo, attachmentsOf } from './mime/attachments.ts';
import { findTexts, type Texts, typeOf } from './mime/choose-text.ts';
import { readAddresses, readHeader } from './mime/headers.ts';
import { boundedLoader, type LoadPart } from './mime/load-part.ts';
import { headerOf, type MimePart } from './mime/mime-part.ts';
import { openSealed } from './mime/sealed.ts';
import { allParts, smallText, unlessTooLarge } from './mime/small-text.ts';
import { type Segment, segmentsOf } from './quotes/segments.ts';
import { isForwardSubject, isReplySubject } from './quotes/subject-prefix.ts';
import { readChoice } from './read-text.ts';
import { fillLinks } from './text/marks.ts';

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
  /** What is to be said of the reading: what was not read, and why. No words of the mail. */
  notes: string[];
  /** Code points of the text that were left out because a person cannot see them. */
  hidden: number;
}

export interface ReadOptions {
  /** The IANA zone in which the times of an invitation are shown; the system's own if left out. */
  zone?: string | undefined;
}

/**
 * Reads a mail.
 *
 * @param payload Gmail's tree of parts (`messages.get` with the format `full`)
 * @param load loads the body of a part that Gmail keeps apart
 * @throws Problem `text_too_large`
 */
export async function readMail(payload: MimePart, load: LoadPart, options: ReadOptions = {}): Promise<ReadMail> {
  const bytesOf = boundedLoader(load);
  const opened = await openSealed(payload, (part) => unlessTooLarge(part, bytesOf));
  const found = findTexts(opened.payload);
  const subject = readHeader(payload, 'subject');
  const answers = isReplySubject(subject) || isAnswer(payload);
  const forwards = isForwardSubject(subject);

  const notes = [...opened.notes, ...found.unread.map(unreadNote)];
  const segments: Segment[] = [];
  const shown: string[] = [];
  let hidden = 0;
  let isHtml = false;
  for (const choice of found.choices) {
    const read = await readChoice(choice, bytesOf);
    notes.push(...read.notes);
    for (const { lines, links, ...text } of read.texts) {
      hidden += text.hidden;
      isHtml ||= text.isHtml;
      const withoutMarks = (line: string) =>
        fillLinks(line, (index) => (links[index]?.replacesText ? links[index].full : ''));
      shown.push(...lines.texts.slice(0, MOST_REPORT_LINES).map(withoutMarks));
      segments.push(
        ...segmentsOf(lines, links, { answers, forwards, hasTextBefore: segments.length > 0, isHtml: text.isHtml }),
      );
    }
  }
  segments.push(...opened.sealed.map((text): Segment => ({ kind: 'text', text, fullText: text })));
  if (segments.length === 0 && [...allParts(payload)].some(isTnef)) notes.push(TNEF_UNREAD);

  const calendar = await findInvitation(opened.payload, bytesOf, () => options.zone ?? systemZone());
  notes.push(...calendar.notes);
  const delivery = (await findDelivery(payload, bytesOf)) ?? readBounce(bounceOf(payload, shown));
  return {
    from: readAddresses(payload, 'from'),
    to: readAddresses(payload, 'to'),
    cc: readAddresses(payload, 'cc'),
    subject,
    segments: withOwnText(segments, isHtml),
    attachments: await filesOf(payload, found, calendar.part, bytesOf),
    ...(calendar.lines ? { invitation: calendar.lines } : {}),
    ...(delivery.length > 0 ? { delivery } : {}),
    notes: [...new Set(notes)].slice(0, MOST_NOTES),
    hidden,
  };
}

/** The files of a mail alone, as `readMail` lists them: there is no limit to the text beside them. */
export async function readFiles(payload: MimePart, load: LoadPart): Promise<AttachmentInfo[]> {
  const bytesOf = boundedLoader(load);
  const { part } = await findInvitation(payload, bytesOf, () => 'UTC');
  return filesOf(payload, findTexts(payload), part, bytesOf);
}

const systemZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A mail of a thousand versions does not need as many notes. */
const MOST_NOTES = 8;

const TNEF_UNREAD = 'The text may stand inside winmail.dat, a form of Outlook (TNEF) that is not read here.';

function isTnef(part: MimePart): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(typeOf(part));
}

/** Whether the headers say that the mail answers another. What machines send on their own answers nobody. */
function isAnswer(payload: MimePart): boolean {
  const isAutomatic =
    /^\s*auto-/i.test(headerOf(payload, 'auto-submitted')) || headerOf(payload, 'x-failed-recipients');
  return !isAutomatic && Boolean(headerOf(payload, 'in-reply-to') || headerOf(payload, 'references'));
}

/**
 * A mail of nothing but quotes shows them, since the writer's words may stand within; only plain lines that all have
 * the sign of a quote are surely none of them.
 */
function withOwnText(segments: readonly Segment[], isHtml: boolean): Segment[] {
  const isSigned = ({ text }: Segment) => text.split('\n').every((line) => line.startsWith('>') || line === '');
  if (segments.some(({ kind }) => kind !== 'quote') || (!isHtml && segments.every(isSigned))) return [...segments];
  return segments.map((segment) => ({ ...segment, kind: 'text' }));
}

/** No words of the mail: the type is one only where it looks like one (RFC 6838, section 4.2). */
function unreadNote(part: MimePart): string {
  const type = /^[\w.+-]{1,40}\/[\w.+-]{1,40}$/.test(typeOf(part)) ? `${typeOf(part)}, ` : '';
  return `Another version of the text (${type}part ${part.partId || '0'}) was not read.`;
}

function filesOf(
  payload: MimePart,
  texts: Texts,
  used: MimePart | undefined,
  bytesOf: LoadPart,
): Promise<AttachmentInfo[]> {
  const subjectOf = async (part: MimePart) => attachedSubject(await smallText(part, bytesOf));
  return attachmentsOf(
    payload,
    (part) => texts.parts.has(part),
    (part) => part === used,
    subjectOf,
  );
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

function bounceOf(payload: MimePart, lines: readonly string[]): Parameters<typeof readBounce>[0] {
  return {
    from: readHeader(payload, 'from'),
    subject: readHeader(payload, 'subject'),
    to: readHeader(payload, 'to'),
    failedRecipients: readHeader(payload, 'x-failed-recipients'),
    hasNullSender: headerOf(payload, 'return-path').trim() === '<>',
    lines,
  };
}

/** The Subject of an attached message, from its text. */
function attachedSubject(message: string): string {
  const header = message.replace(/\r\n?/g, '\n').split(/\n\n/, 1)[0] ?? '';
  const value = /^subject:(.*(?:\n[ \t].*)*)/im.exec(header)?.[1] ?? '';
  return readHeader({ headers: [{ name: 'subject', value: value.replace(/\n/g, '') }] }, 'subject');
}
