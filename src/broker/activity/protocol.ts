import * as z from 'zod';
import { isDeedOf, REPORTED_TOOLS } from '../../shared/activity/deeds.ts';
import { CATALOGUE } from '../../shared/problem-catalogue.ts';

/**
 * What became of a call. Unclear: nobody knows whether it was done. Declined: a person said no. Refused: a rule of the
 * person or the administrator did not let it.
 */
const OUTCOMES = ['done', 'partly', 'failed', 'unclear', 'declined', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** On whose approval: a person answered a question, a rule of the person's let it pass without one, or it needs none. */
const APPROVALS = ['person', 'rule', 'none'] as const;
export type Approval = (typeof APPROVALS)[number];

/** The name and version that a client gives itself, in characters. */
export const LONGEST_CLIENT = 200;
/** Of a search, in characters. */
export const LONGEST_QUERY = 500;
const MOST_COUNTED = 1_000_000;

/** Gmail's ids are hexadecimal numbers; anything longer or livelier may be somebody's words, and is no id. */
const gmailId = z.string().regex(/^[\w-]{1,64}$/);
export const isReportableId = (id: string): boolean => gmailId.safeParse(id).success;

/**
 * What one call came to. It is names and numbers alone, so that no word of a mail gets into the record: neither subject
 * nor address nor label. The search is the one exception, where the person wants it noted.
 */
export const callReportSchema = z
  .strictObject({
    tool: z.enum(REPORTED_TOOLS),
    /** The account that the call was about; absent where that is not known. */
    account: z.string().min(1).max(320).optional(),
    client: z.string().max(LONGEST_CLIENT),
    /** What was done, by its name in the table of deeds; absent where nothing was. */
    deed: z.string().max(40).optional(),
    count: z.int().min(0).max(MOST_COUNTED).optional(),
    outcome: z.enum(OUTCOMES),
    /** What kind of problem it failed with. */
    reason: z
      .string()
      .max(40)
      .refine((code) => Object.hasOwn(CATALOGUE, code))
      .optional(),
    approval: z.enum(APPROVALS),
    /** The one message or thread that it was about. */
    messageId: gmailId.optional(),
    threadId: gmailId.optional(),
    query: z.string().max(LONGEST_QUERY).optional(),
    /** The question of the window that let the call send; it is kept in no record. */
    question: z.uuid().optional(),
  })
  .refine(({ tool, deed }) => deed === undefined || isDeedOf(tool, deed));
export type CallReport = z.infer<typeof callReportSchema>;

/** What the MCP server tells the window of its calls. */
export const ACTIVITY_METHODS = {
  /** Notes what a call came to, before its client hears of it. Throws `activity_unwritable`. */
  noteCall: { params: callReportSchema, result: z.strictObject({}) },
} as const;
