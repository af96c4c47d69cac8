import * as z from 'zod';
import type { ToolTally } from '../../broker/activity/tally.ts';
import type { OriginalMessage } from '../../mailbox/original-message.ts';
import { UNTRUSTED_NOTICE } from '../../result/boundary.ts';
import { fitsBytes, largestFitting, mostFitting } from '../../result/budget.ts';
import { chunkOf, clipAndCount } from '../../shared/code-points.ts';
import { CHUNK_LENGTH } from '../../shared/limits/longest.ts';
import { masksCodes } from '../call/original-contract.ts';
import { defineTool } from '../call/tool.ts';

/** How much of a header an account of the server's own shows, in code points; arguments mode shows it whole. */
const SHOWN_HEADER = 300;

export const getRecentEmails = defineTool({
  name: 'gmail_get_recent_emails',
  title: 'List of recent email',
  description:
    'Lists the newest email of the inbox as JSON: sender, recipients, subject, date, labels and the beginning of ' +
    'the text. Where contains_full_body is false, gmail_get_email_body_chunk reads on; where messages were left out, ' +
    'next_offset is the offset to go on with.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  readsText: true,
  errorsAsJson: true,
  input: () =>
    z.object({
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
  run: async ({ max_results, offset, unread_only }, { source, mailbox, tally }) => {
    const box = await mailbox();
    const request = { limit: max_results, offset, unreadOnly: unread_only };
    const messages = await box.recent(request, { masks: masksCodes(source, box.privacy), offset: 0 });
    if (source === 'arguments') return render(messages, { preview: CHUNK_LENGTH, header: Number.POSITIVE_INFINITY });
    return renderWithinBudget(messages, offset, tally);
  },
});

interface Lengths {
  /** Code points of each body. */
  preview: number;
  /** Code points of each header. */
  header: number;
}

/** Shrinks the previews first; where even bare headers are too much, it leaves out the oldest and counts them. */
function renderWithinBudget(messages: readonly OriginalMessage[], offset: number, tally: ToolTally): string {
  const renderFirst = (count: number, preview: number) => {
    const rest = count < messages.length ? { left_out: messages.length - count, next_offset: offset + count } : {};
    return render(messages.slice(0, count), { preview, header: SHOWN_HEADER }, rest);
  };
  const count = mostFitting(messages.length, (amount) => renderFirst(amount, 0), fitsBytes);
  tally.did('read', count, count === 1 ? { messageId: messages[0]?.id } : {});
  const preview = largestFitting(CHUNK_LENGTH, (length) => renderFirst(count, length), fitsBytes);
  return renderFirst(count, preview);
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
    from: clipAndCount(message.from, header),
    to: clipAndCount(message.to, header),
    subject: clipAndCount(message.subject, header),
    date: clipAndCount(message.date, header),
    internalDate,
    body: body.text,
    body_size_bytes: message.bodySize,
    ...(message.hidden > 0 ? { hidden_characters_removed: message.hidden } : {}),
    contains_full_body: body.isLast && message.body.isLast,
  };
}
