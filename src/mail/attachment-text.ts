import { removeInvisible } from '../shared/invisible.ts';
import { htmlToText } from './html/html-text.ts';
import { decodeText } from './mime/charset.ts';
import { readHeader } from './mime/headers.ts';
import { parseMessageFile } from './mime/message-file.ts';
import type { MimePart } from './mime/mime-part.ts';
import { charsetOf } from './mime/mime-part.ts';
import { readMail } from './read-mail.ts';
import { renderBody } from './render-body.ts';
import { textOfRtf } from './text/rtf.ts';
import { withWarning } from './text/sender-name.ts';

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
  if (isHtml) return htmlToText(decoded);
  const isRtf = /^\{\\rtf\d/.test(decoded);
  const text = isCalendar ? await withSummary(decoded) : isRtf ? textOfRtf(decoded) : decoded;
  const visible = removeInvisible(text);
  return { text: visible.text, hidden: visible.removed };
}

async function withSummary(calendar: string): Promise<string> {
  // Few files are one, and what reads it is large.
  const { readInvitation } = await import('./calendar/invitation.ts');
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
    `From: ${withWarning(mail.from)}`,
    `To: ${mail.to}`,
    ...(mail.cc ? [`Cc: ${mail.cc}`] : []),
    `Subject: ${mail.subject}`,
    ...(date ? [`Date: ${date}`] : []),
    ...mail.attachments.map(({ name, type }) => `File: ${name} (${type})`),
    ...(mail.invitation ?? []),
    ...(mail.delivery ?? []),
    ...mail.notes,
    '',
    renderBody(mail, { unfold: true }) || '(no text)',
  ];
  return { text: lines.join('\n'), hidden: mail.hidden };
}
