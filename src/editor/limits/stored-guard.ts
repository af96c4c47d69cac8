import * as z from 'zod';
import { ACCESS_LEVELS } from '../../shared/access.ts';

const LIMITS = {
  hiddenQuery: z.string(),
  showsCodes: z.boolean(),
  maximumAccess: z.enum(ACCESS_LEVELS),
  recordsActivity: z.boolean(),
};

const guardSchema = z.object({
  version: z.literal(1),
  /** What the person has let through at most. */
  held: z.object({ ...LIMITS, recordsActivity: LIMITS.recordsActivity.default(true) }),
  /** Values that the person has refused, until the settings say something else. */
  refused: z.object(LIMITS).partial(),
});

/** What is kept in the secret storage, where no program but the editor writes. */
export type Guard = z.infer<typeof guardSchema>;

/** Reads a stored value; undefined where there is none, or it is no longer one. */
export function parseGuard(stored: string | undefined): Guard | undefined {
  try {
    return guardSchema.safeParse(JSON.parse(stored ?? '')).data;
  } catch {
    return undefined;
  }
}
