import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { AttachmentInfo } from '../../mail/mime/attachments.ts';
import type { LoadPart } from '../../mail/mime/load-part.ts';
import { headerOf } from '../../mail/mime/mime-part.ts';
import { readMail } from '../../mail/read-mail.ts';
import { renderBody } from '../../mail/render-body.ts';
import { maskNames, maskSecrets } from '../../masking/mask.ts';

/** A message as tools show it, and as it is kept for the next page of it. */
export interface ShownMessage {
  id: string;
  threadId: string;
  labelIds: readonly string[];
  /** When Gmail received it, milliseconds since the epoch. */
  date: number;
  /** The Message-ID header; '' where there is none. */
  messageId: string;
  from: string;
  to: string;
  cc: string;
  subject: string;
  /** The whole text, with quotes and signatures folded and long links by their host. */
  folded: string;
  /** The text with nothing folded, where anything is. */
  unfolded?: string;
  /** Own text alone, without the quotes of earlier mail, where there are any. */
  own?: string;
  attachments: readonly AttachmentInfo[];
  /** Lines that sum up an event or a delivery report. */
  summary: readonly string[];
  /** What was not read of the message, and why. */
  notes: readonly string[];
  /** Characters that nobody could see, and so were removed. */
  hidden: number;
  /** One-time codes and password-reset links that were masked. */
  masked: number;
}

/**
 * Reads a message of Gmail for showing it.
 *
 * @throws Problem `text_too_large`
 */
export async function showMessage(
  message: gmail_v1.Schema$Message,
  showsCodes: boolean,
  load: LoadPart,
): Promise<ShownMessage> {
  const { payload = {} } = message;
  const mail = await readMail(payload, load);
  const { from, to, cc, subject, segments, attachments, invitation = [], delivery = [], notes, hidden } = mail;
  const masked = (text: string) => (showsCodes ? { subject, text, count: 0 } : maskSecrets({ from, subject, text }));
  const people = (header: string) => (showsCodes ? header : maskNames(header, `${from} ${subject}`));
  const folded = masked(renderBody(mail, { unfold: false }));
  const unfolded = masked(renderBody(mail, { unfold: true })).text;
  const own = masked(renderBody({ segments: segments.filter(({ kind }) => kind !== 'quote') }, { unfold: false })).text;
  return {
    id: message.id ?? '',
    threadId: message.threadId ?? '',
    labelIds: message.labelIds ?? [],
    date: Number(message.internalDate ?? 0),
    messageId: headerOf(payload, 'message-id'),
    from: people(from),
    to: people(to),
    cc: people(cc),
    subject: folded.subject,
    folded: folded.text,
    ...(unfolded === folded.text ? {} : { unfolded }),
    ...(own === folded.text ? {} : { own }),
    attachments,
    summary: [...invitation, ...delivery],
    notes,
    hidden,
    masked: folded.count,
  };
}
