import * as z from 'zod';
import { callReportSchema } from '../broker/activity/protocol.ts';

/** Which account a line is about; absent where that is not known. */
const about = {
  /** Milliseconds since the epoch; beyond the most there is no date (ECMA-262, 21.4.1.1). */
  at: z.number().min(0).max(8.64e15),
  account: z.string().max(320).optional(),
  isSandbox: z.boolean().optional(),
};

/** What a question was about, and how it ended. */
const QUESTIONS = ['send', 'draft', 'change'] as const;
export type AskedAbout = (typeof QUESTIONS)[number];
const ANSWERS = ['yes', 'no', 'draft', 'withdrawn'] as const;
export type PersonAnswer = (typeof ANSWERS)[number];

/** One line of the record. */
const entrySchema = z.discriminatedUnion('kind', [
  /** A server has told what a call came to. The account is that of the line. */
  z.object({ kind: z.literal('call'), ...about, call: callReportSchema }),
  /** The window has handed out an access token that this client did not have before. */
  z.object({ kind: z.literal('token'), ...about, client: z.string().max(200) }),
  /** A question of the window has ended. */
  z.object({ kind: z.literal('answer'), ...about, question: z.enum(QUESTIONS), answer: z.enum(ANSWERS) }),
]);

export type Entry = z.infer<typeof entrySchema>;

/** Reads a line of the record; undefined where it is none. */
export function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
