import * as z from 'zod';
import { ACCESS_LEVELS } from '../shared/access.ts';

const markSchema = z.object({
  /** Of the newest sign-in of the mailbox, as in the account. */
  signedInAt: z.number(),
  level: z.enum(ACCESS_LEVELS).optional(),
  /** Whether that sign-in, and every one before, was ended. */
  isOut: z.boolean().optional(),
});

/** What is noted of a mailbox for the other windows. */
export type Mark = z.infer<typeof markSchema>;

/** Reads a note; undefined where it is no mark. */
export const readMark = (note: unknown): Mark | undefined => markSchema.safeParse(note).data;
