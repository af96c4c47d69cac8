import * as z from 'zod';
import { ACCESS_LEVELS } from '../shared/access.ts';

/** Longer than any credential of Google, in characters. */
const LONGEST = 8192;
const oneLine = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST)
  .regex(/^[\x21-\x7e]+$/);

/** One signed-in mailbox as it is kept in the secret storage: one value an account, checked whenever it is read. */
const storedAccountSchema = z.object({
  version: z.literal(1),
  /** The mailbox, as Gmail's profile names it; it is the account's identity. */
  email: z.string().min(3).max(320),
  clientId: oneLine,
  clientSecret: oneLine,
  refreshToken: oneLine,
  /** Scopes that Google granted; unknown where the answer did not name them. */
  scopes: z.array(z.string()).optional(),
  /** What the person allows the agent; accounts from before there were levels had no limit. */
  level: z.enum(ACCESS_LEVELS).default('full'),
  /** Origin of the local stand-in that the account lives in. Absent for an account of Google's. */
  sandboxOrigin: z.url().optional(),
  /** When the sign-in was stored, milliseconds since the epoch. */
  signedInAt: z.number(),
  /** When the refresh token ends, milliseconds since the epoch, where Google said so (projects in Testing). */
  endsAt: z.number().optional(),
  /** When the account became the default one, milliseconds since the epoch; the latest is. */
  defaultSince: z.number().optional(),
});

export type Account = z.infer<typeof storedAccountSchema>;

/** Reads a stored value. Undefined where it is not, or no longer, a whole account. */
export function parseAccount(stored: string): Account | undefined {
  try {
    const result = storedAccountSchema.safeParse(JSON.parse(stored));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
