import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import * as z from 'zod';
import { recentMessages } from '../../gmail/messages/recent-messages.ts';
import { Problem, type ProblemCode } from '../../shared/problems.ts';
import { masksCodes } from '../call/original-contract.ts';
import { defineTool } from '../call/tool.ts';
import type { CallMailbox } from '../mailbox/call-mailbox.ts';
import type { OriginalMessage, OriginalOptions } from '../mailbox/original-message.ts';
import { UNTRUSTED_NOTICE } from '../result/boundary.ts';
import { CHUNK_LENGTH, chunkOf, longestFitting, RESULT_BUDGET_BYTES } from '../result/budget.ts';

/** How much of a header an account of the server's own shows, in code points; arguments mode shows it whole. */
const SHOWN_HEADER = 300;

export const getRecentEmails = defineTool({
  name: 'gmail_get_recent_emails',
  title: 'Recent Gmail messages',
  description:
    'Lists the newest messages of the inbox as JSON: sender, recipients, subject, date, labels and the beginning of ' +
    'the text. Where contains_full_body is false, gmail_get_email_body_chunk reads on; where messages were left out, ' +
    'next_offset is the offset to go on with.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: true,
  input: z.object({
    max_results: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('How many messages, a whole number from 1 to 100 (default 10)'),
    offset: z
      .int()
      .min(0)
      .max(400)
      .default(0)
      .describe('How many of the newest to pass over, from 0 to 400 (default 0)'),
    unread_only: z.boolean().default(false).describe('true for unread messages only (default false)'),
  }),
  run: async ({ max_results, offset, unread_only }, { source, mailbox, signal }) => {
    const box = await mailbox();
    const request = { limit: max_results, offset, unreadOnly: unread_only, hidden: box.hidden };
    const options = { masks: masksCodes(source, box.privacy), offset: 0 };
    const messages: OriginalMessage[] = [];
    for await (const message of recentMessages(box.gmail, request, signal)) {
      messages.push(await readOrName(box, message, options));
    }
    if (source === 'arguments') return render(messages, { preview: CHUNK_LENGTH, header: Number.POSITIVE_INFINITY });
    return renderWithinBudget(messages, offset);
  },
});

/** One that cannot be read is listed without its text, so that it does not keep the others from being read. */
async function readOrName(
  box: CallMailbox,
  message: gmail_v1.Schema$Message,
  options: OriginalOptions,
): Promise<OriginalMessage> {
  try {
    return await box.readOriginal(message, options);
  } catch (error) {
    const instead = error instanceof Problem && WITHOUT_TEXT[error.code];
    if (!instead) throw error;
    return box.readOriginal(message, { ...options, instead });
  }
}

/** What stands for a text that is not read. */
const WITHOUT_TEXT: Partial<Record<ProblemCode, string>> = {
  text_too_large: '(The text of this message is too large to be read.)',
  text_unreadable: '(The text of this message cannot be read.)',
};

interface Lengths {
  /** Code points of each body. */
  preview: number;
  /** Code points of each header. */
  header: number;
}

/** Shrinks the previews first; where even bare headers are too much, it leaves out the oldest and counts them. */
function renderWithinBudget(messages: readonly OriginalMessage[], offset: number): string {
  const header = SHOWN_HEADER;
  const rest = (count: number) =>
    count < messages.length ? { left_out: messages.length - count, next_offset: offset + count } : {};
  const sizeOf = (shown: readonly OriginalMessage[], preview: number) =>
    Buffer.byteLength(render(shown, { preview, header }, rest(shown.length)));
  const fits = (count: number) => sizeOf(messages.slice(0, count), 0) <= RESULT_BUDGET_BYTES;
  let count = messages.length;
  while (count > 1 && !fits(count)) count -= 1;
  const shown = messages.slice(0, count);
  const preview = longestFitting(CHUNK_LENGTH, (length) => sizeOf(shown, length));
  return render(shown, { preview, header }, rest(count));
}

/** What did not fit, and the offset that goes on with it. */
interface Rest {
  left_out?: number;
  next_offset?: number;
}

function render(messages: readonly OriginalMessage[], lengths: Lengths, rest: Rest = {}): string {
  return JSON.stringify({
    untrusted: UNTRUSTED_NOTICE,
    emails: messages.map((message) => toEmail(message, lengths)),
    ...rest,
  });
}

function toEmail(message: OriginalMessage, { preview, header }: Lengths) {
  const { id, threadId, labelIds, snippet, internalDate } = message;
  const body = chunkOf(message.body.text, 0, preview);
  return {
    id,
    threadId,
    labelIds,
    snippet,
    from: clip(message.from, header),
    to: clip(message.to, header),
    subject: clip(message.subject, header),
    date: clip(message.date, header),
    internalDate,
    body: body.text,
    body_size_bytes: message.bodySize,
    contains_full_body: body.isLast && message.body.isLast,
  };
}

function clip(value: string, length: number): string {
  const { text, isLast } = chunkOf(value, 0, length);
  return isLast ? value : `${text}… (${value.length - text.length} more characters)`;
}
