import type { MimePart } from '../../../../src/mail/mime/mime-part.ts';
import { readMail } from '../../../../src/mail/read-mail.ts';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { textPart } from '../support.ts';

export const plain = (text: string) => textPart('text/plain', text);
export const html = (text: string) => textPart('text/html', text);

/** A multipart with Gmail's part ids. */
export function multipart(subtype: string, ...parts: MimePart[]): MimePart {
  const number = (part: MimePart, partId: string): MimePart => ({
    ...part,
    partId,
    ...(part.parts
      ? { parts: part.parts.map((child, index) => number(child, `${partId && `${partId}.`}${index}`)) }
      : {}),
  });
  return number({ mimeType: `multipart/${subtype}`, filename: '', body: { size: 0 }, parts }, '');
}

export function file(mimeType: string, disposition: string, filename = '', size = 5): MimePart {
  const headers = [{ name: 'Content-Disposition', value: disposition }];
  return { mimeType, filename, headers, body: { attachmentId: 'a', size } };
}

export const read = (payload: MimePart, content = '') =>
  readMail(payload, async () => Buffer.from(content), { zone: 'Europe/Berlin' });
export const body = async (payload: MimePart) => renderBody(await read(payload), { unfold: false });
