import * as z from 'zod';

/** One recipient as the question shows it. */
const recipient = z.strictObject({
  /** `Name <local@domain>`. */
  shown: z.string().max(1_000),
  /** `local@domain`. */
  address: z.string().max(400),
  /** Whether nobody at this address was written to before; absent where that cannot be known. */
  isNew: z.boolean().optional(),
  /** Whether the person has written there by themself before; looked up only where that decides about asking. */
  isKnown: z.boolean().optional(),
});

/** A text of the message; all of it, because a person must be able to read all of it before agreeing. */
const part = z.strictObject({ title: z.string().max(100), text: z.string().max(2_000_000) });

/**
 * What a person decides on: exactly what would go out, and nothing that would not. It is made from the message that
 * is then sent.
 */
export const sendQuestionSchema = z.strictObject({
  /** The account; the default one where absent. */
  account: z.string().max(320).optional(),
  /** A draft with files from this computer leaves the computer too, so it is asked about like a message. */
  kind: z.enum(['send', 'draft']),
  /** The sender, where it is another than the account's own address. */
  from: z.string().max(1_000).optional(),
  to: z.array(recipient).max(500),
  cc: z.array(recipient).max(500),
  bcc: z.array(recipient).max(500),
  subject: z.string().max(20_000),
  /** Whether the message holds what would be masked for a model: said first. */
  holdsCodes: z.boolean(),
  /** Facts that a person should weigh, one a line, in our own words. */
  notes: z.array(z.string().max(500)).max(12),
  files: z
    .array(
      z.strictObject({
        name: z.string().max(500),
        /** Bytes. */
        size: z.int().min(0),
        /** Where it lies on this computer; absent for a file of another message. */
        path: z.string().max(4_096).optional(),
      }),
    )
    // As many as are read of a forwarded message, and those of the call.
    .max(2_100),
  /** What the writer says. */
  parts: z.array(part).min(1).max(2),
  /** The whole message, with signature and quoted original. */
  exact: z.array(part).min(1).max(2),
  /** Whether it is asked about even where the person wants to be asked less often. */
  asksAlways: z.boolean(),
});

export const sendAnswerSchema = z.strictObject({
  /** What the person chose. */
  answer: z.enum(['send', 'draft', 'decline']),
  /** The account that was shown to the person, and so the one that may send. */
  account: z.string(),
  /** Whether the person was asked; otherwise a rule of theirs let it pass. */
  isAsked: z.boolean(),
  /** By which the report of the call names this question, where a message may go out now. */
  question: z.uuid().optional(),
});

export type SendQuestion = z.infer<typeof sendQuestionSchema>;
export type SendAnswer = z.infer<typeof sendAnswerSchema>;
