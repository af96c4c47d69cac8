import * as z from 'zod';

/** Longer than any id of Gmail, in characters. */
const LONGEST_ID = 256;

/** An id as Gmail gave it. `.` and `..` are refused because they would change the path of the request. */
export function opaqueId(description: string) {
  return z
    .string()
    .min(1)
    .max(LONGEST_ID)
    .refine((id) => id.trim() !== '' && id !== '.' && id !== '..' && id.isWellFormed())
    .describe(`${description}, as listed (at most ${LONGEST_ID} characters)`);
}

/** Free text, bounded so that a runaway argument is refused before it is worked on. */
export function text(description: string, longest: number) {
  return z
    .string()
    .max(longest)
    .describe(`${description} (at most ${withCommas(longest)} characters)`);
}

/** `toLocaleString` would load its tables of languages, which takes longer than all tools together. */
const withCommas = (whole: number) => String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** Longer than any cursor that was given out, in characters. */
const LONGEST_CURSOR = 4096;

/** The place at which a list goes on, as an earlier result gave it. */
export function cursorField() {
  return z.string().max(LONGEST_CURSOR).optional().describe('From an earlier result, to go on');
}

/** Whether a text shows whole. */
export function unfoldField() {
  return z.boolean().default(false).describe('Show quotes, signatures and links whole (default false)');
}

/** A part of a message, as gmail_read_email lists its files. */
export function partId() {
  return z
    .string()
    .regex(/^\d{1,5}(?:\.\d{1,5}){0,100}$/)
    .describe('Part of the file, as listed: for example 1 or 0.2');
}
