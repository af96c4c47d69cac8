import { randomBytes } from 'node:crypto';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { invalidArgument } from '../google-error.ts';
import type { Caller } from '../rest/authorize.ts';
import type { StoredMessage } from '../store/mail-store.ts';
import { type MimeTree, textAsUtf8 } from '../store/mime-tree.ts';

export type MessageFormat = 'full' | 'metadata' | 'minimal' | 'raw';

/**
 * Text beyond this many bytes comes by attachments.get, as files do. Gmail does so with large text at a size that it
 * does not tell: this one is the sandbox's own choice.
 */
export const LARGEST_INLINE_TEXT = 1024 * 1024;

/** Reads the `format` parameter of messages.get, or of threads.get, which knows no `raw`. */
export function parseFormat(value: string | null, of: 'message' | 'thread' = 'message'): MessageFormat {
  const format = value ?? 'full';
  if (format === 'full' || format === 'metadata' || format === 'minimal') return format;
  if (format === 'raw' && of === 'message') return format;
  throw invalidArgument(`Invalid value at 'format' (type.googleapis.com/google.apps.gmail.Format), "${format}"`);
}

/**
 * A message as messages.get answers it
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages).
 *
 * @param wantedHeaders names for the format metadata; all headers where empty
 */
export function viewMessage(
  message: StoredMessage,
  format: MessageFormat,
  wantedHeaders: readonly string[],
  { holdsMetadata }: Caller = { holdsMetadata: false },
): gmail_v1.Schema$Message {
  const encode = encoderOf(message);
  const view: gmail_v1.Schema$Message = {
    id: message.id,
    threadId: message.threadId,
    labelIds: [...message.labelIds],
    // With gmail.metadata the snippet is content.
    ...(holdsMetadata ? {} : { snippet: message.snippet }),
    sizeEstimate: message.raw.length,
    historyId: message.historyId,
    internalDate: String(message.internalDate),
  };
  if (format === 'raw') view.raw = encode(message.raw);
  if (format === 'full') view.payload = viewPart(message.tree, encode);
  if (format === 'metadata') {
    // The names as their sender wrote them: that Gmail minds the case is reported, not proved.
    const names = new Set(wantedHeaders);
    const headers = message.tree.headers.filter(({ name }) => names.size === 0 || names.has(name ?? ''));
    view.payload = { partId: message.tree.partId, headers };
  }
  return view;
}

type Encode = (bytes: Buffer) => string;

/** base64url comes with its padding and without; which of them is the sandbox's choice, by message. */
export function encoderOf({ id }: StoredMessage): Encode {
  const isPadded = Number.parseInt(id.slice(-1), 16) % 2 === 0;
  return (bytes) => bytes.toString('base64url') + (isPadded ? '='.repeat((3 - (bytes.length % 3)) % 3) : '');
}

function viewPart(tree: MimeTree, encode: Encode): gmail_v1.Schema$MessagePart {
  const { partId, mimeType, filename, headers, parts } = tree;
  return {
    partId,
    mimeType,
    filename,
    headers,
    body: viewBody(tree, encode),
    ...(parts.length > 0 ? { parts: parts.map((part) => viewPart(part, encode)) } : {}),
  };
}

function viewBody(tree: MimeTree, encode: Encode): gmail_v1.Schema$MessagePartBody {
  const { partId, filename, mimeType, content } = tree;
  const size = content.length;
  if (size === 0) return { size };
  // Files and whatever is no text come by attachments.get. The id changes with every answer, as Gmail's do.
  const isInline = !filename && mimeType.startsWith('text/') && size <= LARGEST_INLINE_TEXT;
  if (!isInline) return { attachmentId: attachmentId(partId), size };
  const before = texts.get(tree);
  if (before) return before;
  const text = textAsUtf8(tree);
  const body = { size: text.length, data: encode(text) };
  texts.set(tree, body);
  return body;
}

/** Texts as they were shown before: a message is asked for again and again, and never changes. */
const texts = new WeakMap<MimeTree, gmail_v1.Schema$MessagePartBody>();

/** Of 340 characters, about as long as Gmail's. */
const attachmentId = (partId: string) =>
  Buffer.concat([Buffer.from(`${partId}|`), randomBytes(255)])
    .subarray(0, 255)
    .toString('base64url');

/** The part that an attachment id stands for. */
export function findAttachment(tree: MimeTree, id: string): MimeTree | undefined {
  const partId = Buffer.from(id, 'base64url').toString('latin1').split('|')[0];
  const search = (part: MimeTree): MimeTree | undefined =>
    part.partId === partId ? part : part.parts.map(search).find((found) => found !== undefined);
  return search(tree);
}
