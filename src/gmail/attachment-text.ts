import { decodeText } from './charset.ts';
import { htmlToText } from './html-text.ts';
import { parseMessageFile } from './message-file.ts';
import type { MimePart } from './mime-part.ts';
import { charsetOf } from './mime-part.ts';
import { readHeader } from './reader/headers.ts';
import { removeInvisible } from './reader/invisible.ts';
import { readInvitation } from './reader/invitation.ts';
import { readMail } from './reader/read-mail.ts';
import { renderBody } from './reader/render-body.ts';

/** Types beside text/… whose content is text. */
const TEXT_TYPES =
  /^(?:text\/(?!rtf)|message\/|application\/(?:json|ld\+json|xml|[\w.+-]+\+xml|[\w.+-]+\+json|x-yaml|yaml|sql|x-sh|javascript|ics|x-ndjson|pgp-signature|toml))/;
const TEXT_NAMES =
  /\.(?:txt|csv|tsv|json|ndjson|md|xml|html?|ics|vcf|eml|log|ya?ml|toml|ini|diff|patch|srt|sql|tex|asc)$/i;

/** Pictures that models can look at. */
const IMAGE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export type AttachmentKind = 'text' | 'image' | 'other';

/** What can be done with a file, by its type and, where that says nothing, its name. */
export function kindOf(type: string, name: string): AttachmentKind {
  if (IMAGE_TYPES.has(type)) return 'image';
  if (TEXT_TYPES.test(type)) return 'text';
  return /^application\/octet-stream$/.test(type) && TEXT_NAMES.test(name) ? 'text' : 'other';
}

/** Whether the bytes begin as their type says (PNG, JPEG, GIF and WebP signatures). */
export function isImage(bytes: Uint8Array, type: string): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  const signature: Record<string, RegExp> = {
    'image/png': /^\x89PNG\r\n/,
    'image/jpeg': /^\xff\xd8\xff/,
    'image/gif': /^GIF8[79]a/,
    'image/webp': /^RIFF.{4}WEBP/s,
  };
  return signature[type]?.test(head) ?? false;
}

/** A text with how many invisible characters were taken out of it. */
export interface AttachmentText {
  text: string;
  hidden: number;
}

/** The text of a file as a person would read it. */
export async function textOfAttachment(
  bytes: Buffer,
  part: MimePart,
  type: string,
  name: string,
): Promise<AttachmentText> {
  if (type === 'message/rfc822' || /\.eml$/i.test(name)) return readMessageFile(bytes);
  const decoded = decodeText(bytes, charsetOf(part)).replace(/\r\n?/g, '\n');
  const isHtml = type === 'text/html' || /\.html?$/i.test(name);
  const isCalendar = /calendar|\/ics$/.test(type) || /\.ics$/i.test(name);
  const text = isHtml ? htmlToText(decoded) : isCalendar ? withSummary(decoded) : decoded;
  const visible = removeInvisible(text);
  return { text: visible.text, hidden: visible.removed };
}

function withSummary(calendar: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const lines = readInvitation(calendar, zone, false);
  return lines ? `${lines.join('\n')}\n\n${calendar}` : calendar;
}

/** A message that was attached as a file, read like any other. */
async function readMessageFile(bytes: Buffer): Promise<AttachmentText> {
  const payload = await parseMessageFile(bytes);
  const mail = await readMail(payload, async () => new Uint8Array());
  const date = readHeader(payload, 'date');
  const lines = [
    `From: ${mail.from}`,
    `To: ${mail.to}`,
    ...(mail.cc ? [`Cc: ${mail.cc}`] : []),
    `Subject: ${mail.subject}`,
    ...(date ? [`Date: ${date}`] : []),
    ...mail.attachments.map(({ name, type }) => `File: ${name} (${type})`),
    ...(mail.invitation ?? []),
    '',
    renderBody(mail, { unfold: true }) || '(no text)',
  ];
  return { text: lines.join('\n'), hidden: mail.hidden };
}
