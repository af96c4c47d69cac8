import * as z from 'zod';
import { opaqueId, partId } from '../call/fields.ts';

const MOST_FILES = 50;

const ORIGIN = 'reply_to_message_id, forward_message_id or draft_id';

/** How long these may be is checked where each is read, with words of its own. */
const text = (description: string) => z.string().describe(description);

/** What gmail_send_email and gmail_create_draft take. */
export const letterFields = () => ({
  to: text(`Recipients, comma-separated; follows from ${ORIGIN}`).optional(),
  subject: text(`Subject; follows from ${ORIGIN}`).optional(),
  body: text('Plain text').optional(),
  html_body: text('The same as simple HTML').optional(),
  cc: text('Cc').optional(),
  bcc: text('Bcc').optional(),
  from: text('One of the account’s own addresses').optional(),
  reply_to_message_id: opaqueId('Message to answer, in its thread').optional(),
  reply_all: z.boolean().optional().describe('Answer everybody'),
  forward_message_id: opaqueId('Message to forward, with its files').optional(),
  quote: z.boolean().optional().describe('Quote the answered message'),
  signature: z.boolean().optional().describe('false leaves out the Gmail signature'),
  attachments: z
    .array(
      z.strictObject({
        message_id: opaqueId('Message id').optional(),
        part_id: partId().optional(),
        path: z.string().min(1).max(4_096).optional(),
      }),
    )
    .max(MOST_FILES)
    .optional()
    .describe('Files: message_id and part_id, or a path'),
  draft_id: opaqueId('Draft, or its message').optional(),
});

/** A blank one takes what stands there out of a draft. */
export const BLANK_FIELDS = ['to', 'cc', 'bcc', 'subject', 'body', 'html_body'] as const;

export type LetterArguments = z.infer<z.ZodObject<ReturnType<typeof letterFields>>>;
export type FileArgument = NonNullable<LetterArguments['attachments']>[number];
