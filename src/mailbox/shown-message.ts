import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { AttachmentInfo } from '../mail/mime/attachments.ts';
import type { LoadPart } from '../mail/mime/load-part.ts';
import { headerOf } from '../mail/mime/mime-part.ts';
import { readMail } from '../mail/read-mail.ts';
import { renderBody } from '../mail/render-body.ts';
import { noteOfSender, type SenderNote } from '../mail/text/sender-name.ts';
import { ageOf, maskFields, maskNames } from '../masking/mask.ts';

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
  /** What a reader should know of it beside. */
  sender: SenderNote;
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
  /** Whether any of these has letters. */
  hidesLetters: boolean;
  /** Whether it answers another message. */
  answers: boolean;
}

/** A message with what was masked in it, as it stood there. */
export interface ReadMessage {
  shown: ShownMessage;
  secrets: ReadonlySet<string>;
}

/** The same, and the place in Gmail's history as of which its labels are known. */
export interface KnownMessage extends ReadMessage {
  historyId: string;
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
): Promise<ReadMessage> {
  const { payload = {} } = message;
  const mail = await readMail(payload, load);
  const { from, to, cc, subject, segments, attachments, invitation = [], delivery = [], notes, hidden } = mail;
  const fields = {
    from,
    subject,
    text: renderBody(mail, { unfold: true }),
    views: [
      renderBody(mail, { unfold: false }),
      renderBody({ segments: segments.filter(({ kind }) => kind !== 'quote') }, { unfold: false }),
    ],
    lines: [...invitation, ...delivery],
    files: attachments.map(({ name }) => name),
  };
  const date = Number(message.internalDate ?? 0);
  const shown = showsCodes
    ? { ...fields, count: 0, secrets: new Set<string>() }
    : maskFields(fields, { age: ageOf(message.internalDate, Date.now()) });
  const people = (header: string) => (showsCodes ? header : maskNames(header, `${from} ${subject}`));
  const [shownTo, shownCc] = [people(to), people(cc)];
  const [folded = '', own = ''] = shown.views;
  const result: ShownMessage = {
    id: message.id ?? '',
    threadId: message.threadId ?? '',
    labelIds: message.labelIds ?? [],
    date,
    messageId: headerOf(payload, 'message-id'),
    from: shown.from,
    sender: noteOfSender(shown.from),
    to: shownTo,
    cc: shownCc,
    subject: shown.subject,
    folded,
    ...(shown.text === folded ? {} : { unfolded: shown.text }),
    ...(own === folded ? {} : { own }),
    attachments: attachments.map((file, at) => ({ ...file, name: shown.files[at] ?? file.name })),
    summary: shown.lines,
    notes,
    hidden,
    masked: shown.count + (shownTo === to ? 0 : 1) + (shownCc === cc ? 0 : 1),
    hidesLetters: [...shown.secrets].some((secret) => /\p{L}/u.test(secret)),
    answers: headerOf(payload, 'in-reply-to') !== '',
  };
  return { shown: result, secrets: shown.secrets };
}
