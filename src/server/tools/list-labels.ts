import * as z from 'zod';
import type { CountedLabel } from '../../mailbox/call-mailbox.ts';
import { largestFitting } from '../../result/budget.ts';
import { LONGEST_LABEL } from '../../shared/limits/longest.ts';
import { visibleStart } from '../../shared/visible.ts';
import { defineTool } from '../call/tool.ts';

export const listLabels = defineTool({
  name: 'gmail_list_labels',
  title: 'List of email labels',
  description:
    'Lists the email labels of the mailbox with how many messages each has, and how many of them are unread.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: () =>
    z.object({
      offset: z.int().min(0).default(0).describe('How many labels to pass over (default 0)'),
    }),
  run: async ({ offset }, { mailbox, tally }) => {
    const box = await mailbox();
    const labels = (await box.labels()).slice(offset);
    const render = (count: number) => {
      const rest = labels.length - count;
      const more = rest > 0 ? [`${rest} more: go on with offset ${offset + count}.`] : [];
      return ['name (id): messages, unread', ...labels.slice(0, count).map(lineOf), ...more].join('\n');
    };
    const shown = largestFitting(labels.length, render);
    tally.did('listed', shown);
    return render(shown);
  },
});

/** The names of Gmail's own labels are known; those of others are the user's words. */
function lineOf({ id, name, messagesTotal, messagesUnread }: CountedLabel): string {
  return `${visibleStart(name, LONGEST_LABEL)} (${id}): ${messagesTotal}, ${messagesUnread}`;
}
