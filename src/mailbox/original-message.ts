import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { LoadPart } from '../mail/mime/load-part.ts';
import { headerOf } from '../mail/mime/mime-part.ts';
import { readableText } from '../mail/original-text.ts';
import { withWarning } from '../mail/text/sender-name.ts';
import { asItLooks } from '../mail/text/turned.ts';
import { hideKnown } from '../masking/known.ts';
import { ageOf, maskFields, maskNames } from '../masking/mask.ts';
import { chunkOf, type TextChunk } from '../shared/code-points.ts';
import { removeInvisible } from '../shared/invisible.ts';
import { CHUNK_LENGTH } from '../shared/limits/longest.ts';

/** A message as the tools of the original contract hand it on; ids and dates are Gmail's own. */
export interface OriginalMessage {
  id: string;
  threadId: string;
  labelIds: string[];
  snippet: string;
  from: string;
  to: string;
  subject: string;
  /** The Date header as the sender wrote it. */
  date: string;
  /** When Gmail received it, milliseconds since the epoch as a string. */
  internalDate: string;
  /** A piece of the readable text. */
  body: TextChunk;
  /** Characters that nobody could see, and so were removed: of the text and of what stands above it. */
  hidden: number;
  /** The size of the whole text, in bytes of UTF-8. */
  bodySize: number;
}

export interface OriginalOptions {
  /** Whether one-time codes and links that reset a password are masked. */
  masks: boolean;
  /** Where the piece begins, in code points. */
  offset: number;
  /** Stands for the text, which is not read then. */
  instead?: string;
}

/** A message with what was masked in it, as it stood there. */
export interface ReadOriginal {
  message: OriginalMessage;
  secrets: ReadonlySet<string>;
}

/**
 * Reads a message of Gmail for the original contract.
 *
 * @throws Problem `text_too_large`
 */
export async function readOriginal(
  message: gmail_v1.Schema$Message,
  { masks, offset, instead, known }: OriginalOptions & { known: ReadonlySet<string> },
  load: LoadPart,
): Promise<ReadOriginal> {
  const { payload = {}, snippet = '' } = message;
  const { text: whole, hidden } =
    instead === undefined ? await readableText(payload, load) : { text: instead, hidden: 0 };
  const visible = [
    ...['from', 'subject', 'date', 'to'].map((name) => headerOf(payload, name)),
    asItLooks(snippet ?? ''),
  ].map(removeInvisible);
  const [from = '', header = '', date = '', to = '', preview = ''] = visible.map(({ text }) => text);
  const fields = { from, subject: header, text: whole, snippet: preview, lines: [date] };
  const nothing = { ...fields, secrets: new Set<string>() };
  const shown = masks ? maskFields(fields, { age: ageOf(message.internalDate, Date.now()) }) : nothing;
  // Before it is cut into pieces, so that no cut goes through what is hidden.
  const text = masks ? hideKnown(shown.text, known).text : shown.text;
  const context = `${from} ${header}`;
  const people = (words: string) => (masks ? maskNames(words, context) : words);
  const original: OriginalMessage = {
    id: message.id ?? '',
    threadId: message.threadId ?? '',
    labelIds: message.labelIds ?? [],
    snippet: shown.snippet,
    from: withWarning(shown.from),
    to: people(to),
    subject: shown.subject,
    date: shown.lines[0] ?? '',
    internalDate: message.internalDate ?? '',
    body: chunkOf(text, offset, CHUNK_LENGTH),
    hidden: visible.reduce((sum, { removed }) => sum + removed, hidden),
    bodySize: Buffer.byteLength(text),
  };
  return { message: original, secrets: shown.secrets };
}
