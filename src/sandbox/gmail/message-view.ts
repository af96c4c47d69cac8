import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { invalidArgument } from '../google-error.ts';
import type { StoredMessage } from '../store/mail-store.ts';
import type { MimeTree } from '../store/mime-tree.ts';

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
): gmail_v1.Schema$Message {
  const view: gmail_v1.Schema$Message = {
    id: message.id,
    threadId: message.threadId,
    labelIds: [...message.labelIds],
    snippet: message.snippet,
    sizeEstimate: message.raw.length,
    historyId: message.historyId,
    internalDate: String(message.internalDate),
  };
  if (format === 'raw') view.raw = message.raw.toString('base64url');
  if (format === 'full') view.payload = viewPart(message.tree);
  if (format === 'metadata') {
    const names = new Set(wantedHeaders.map((name) => name.toLowerCase()));
    const headers = message.tree.headers.filter(({ name }) => names.size === 0 || names.has(name?.toLowerCase() ?? ''));
    view.payload = { mimeType: message.tree.mimeType, headers };
  }
  return view;
}

function viewPart(tree: MimeTree): gmail_v1.Schema$MessagePart {
  const { partId, mimeType, filename, headers, content, parts } = tree;
  return {
    partId,
    mimeType,
    filename,
    headers,
    body: viewBody(tree, content),
    ...(parts.length > 0 ? { parts: parts.map(viewPart) } : {}),
  };
}

function viewBody({ partId, filename, mimeType }: MimeTree, content: Buffer): gmail_v1.Schema$MessagePartBody {
  const size = content.length;
  if (size === 0) return { size };
  // Files and whatever is no text come by attachments.get. The id changes with every answer, as Gmail's do.
  const isInline = !filename && mimeType.startsWith('text/') && size <= LARGEST_INLINE_TEXT;
  if (!isInline) return { attachmentId: attachmentId(partId), size };
  return { size, data: content.toString('base64url') };
}

const attachmentId = (partId: string) => Buffer.from(`${partId}|${Math.random()}`).toString('base64url');

/** The part that an attachment id stands for. */
export function findAttachment(tree: MimeTree, id: string): MimeTree | undefined {
  const partId = Buffer.from(id, 'base64url').toString('utf8').split('|')[0];
  const search = (part: MimeTree): MimeTree | undefined =>
    part.partId === partId ? part : part.parts.map(search).find((found) => found !== undefined);
  return search(tree);
}
