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
    .describe(`${description} (at most ${longest.toLocaleString('en')} characters)`);
}
