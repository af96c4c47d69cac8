import { Problem } from '../../shared/problems.ts';
import type { MimePart } from './mime-part.ts';

/** Loads the body of a part. Gmail keeps large ones apart. */
export type LoadPart = (part: MimePart) => Promise<Uint8Array>;

/**
 * More text than this is not read, in bytes: mail of people and machines is far below, and a reader takes about thirty
 * times as much memory as the text has.
 */
export const LARGEST_TEXT = 2 * 1024 * 1024;

/** Loads the bytes of parts; the texts of one mail together only up to the limit. */
export function boundedLoader(load: LoadPart): LoadPart {
  let total = 0;
  const loaded = new Map<MimePart, Uint8Array>();
  return async (part) => {
    const before = loaded.get(part);
    if (before) return before;
    const { data, attachmentId, size } = part.body ?? {};
    const check = (more: number) => {
      if (total + more > LARGEST_TEXT) throw tooLarge(total + more);
    };
    check(size ?? 0);
    if (isLeftOut(part)) throw tooLarge(Math.max(total + (size ?? 0), LARGEST_TEXT));
    const bytes = data ? Buffer.from(data, 'base64url') : attachmentId ? await load(part) : new Uint8Array();
    check(bytes.length);
    total += bytes.length;
    loaded.set(part, bytes);
    return bytes;
  };
}

/** Whether the body of a part did not come along because there was too much of it. */
export function isLeftOut({ body, parts = [] }: MimePart): boolean {
  return parts.length === 0 && Boolean(body?.size) && !body?.data && !body?.attachmentId;
}

export function tooLarge(size: number): Problem {
  const inMegabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return Problem.of('text_too_large', { size: inMegabytes(size), limit: inMegabytes(LARGEST_TEXT) });
}
