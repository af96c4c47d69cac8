import { Problem } from '../../shared/problems.ts';
import { decodeText } from './charset.ts';
import { typeOf } from './choose-text.ts';
import type { LoadPart } from './load-part.ts';
import { charsetOf, type MimePart } from './mime-part.ts';

/** Larger calendars, reports and attached messages are not looked into, in bytes. */
const LARGEST_HELPER = 512 * 1024;

/** A part and all below it, but for those of attached messages. */
export function* allParts(part: MimePart, depth = 0): Generator<MimePart> {
  yield part;
  if (depth > 100 || typeOf(part) === 'message/rfc822') return;
  for (const child of part.parts ?? []) yield* allParts(child, depth + 1);
}

/** The text of a part that helps to understand the mail; '' where it, or all of them together, are too large for that. */
export async function smallText(part: MimePart, bytesOf: LoadPart): Promise<string> {
  if ((part.body?.size ?? 0) > LARGEST_HELPER) return '';
  const bytes = await unlessTooLarge(part, bytesOf);
  return bytes ? decodeText(bytes, charsetOf(part)) : '';
}

/** The bytes of a part; undefined where there are too many. */
export async function unlessTooLarge(part: MimePart, bytesOf: LoadPart): Promise<Uint8Array | undefined> {
  try {
    return await bytesOf(part);
  } catch (error) {
    if (error instanceof Problem && error.code === 'text_too_large') return undefined;
    throw error;
  }
}
