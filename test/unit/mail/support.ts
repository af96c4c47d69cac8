import type { MimePart } from '../../../src/mail/mime/mime-part.ts';
import { type ReadMail, type ReadOptions, readMail } from '../../../src/mail/read-mail.ts';
import { renderBody } from '../../../src/mail/render-body.ts';
import { findAttachment, viewMessage } from '../../../src/sandbox/gmail/message-view.ts';
import { parseMime } from '../../../src/sandbox/store/mime-tree.ts';

export const MEGABYTE = 1024 * 1024;

/** The text again and again, at least so many characters. */
export const repeated = (text: string, length = MEGABYTE) => text.repeat(Math.ceil(length / text.length));

/** A test of hostile mail takes far below a second; what is not linear takes minutes, and fails by this limit. */
export const LIMIT = { timeout: 60_000 };

/** Reads a raw message as Gmail, here the sandbox, would hand it over. */
export async function readRaw(raw: Buffer, options: ReadOptions = { zone: 'Europe/Berlin' }): Promise<ReadMail> {
  const tree = await parseMime(raw);
  const stored = { id: '1', threadId: '1', labelIds: [], snippet: '', historyId: '1', internalDate: 0, raw, tree };
  const { payload } = viewMessage(stored as unknown as Parameters<typeof viewMessage>[0], 'full', []);
  const load = async ({ body }: MimePart) => {
    const part = findAttachment(tree, body?.attachmentId ?? '');
    if (!part) throw new TypeError('There is no such part.');
    return part.content;
  };
  return readMail(payload ?? {}, load, options);
}

/** A text part as messages.get answers it. */
export function textPart(
  mimeType: string,
  content: string | Uint8Array,
  contentType = `${mimeType}; charset=utf-8`,
): MimePart {
  const bytes = Buffer.from(content);
  const headers = [{ name: 'Content-Type', value: contentType }];
  return { partId: '', mimeType, headers, body: { size: bytes.length, data: bytes.toString('base64url') } };
}

/** The folded text of a mail that is one part. */
export async function bodyOf(mimeType: string, content: string, subject = ''): Promise<string> {
  return renderBody(await readPart(mimeType, content, subject), { unfold: false });
}

export function readPart(mimeType: string, content: string, subject = ''): Promise<ReadMail> {
  const part = textPart(mimeType, content);
  part.headers?.push({ name: 'Subject', value: subject });
  return readMail(part, () => Promise.reject(new TypeError('Nothing was to be loaded.')), { zone: 'Europe/Berlin' });
}
