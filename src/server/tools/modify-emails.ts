import * as z from 'zod';
import { ACTION_NAMES } from '../../organise/actions.ts';
import type { Preview } from '../../organise/modify.ts';
import { Boundary } from '../../result/boundary.ts';
import { LONGEST_LABEL } from '../../shared/limits/longest.ts';
import { opaqueId, text } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

const MOST_IDS = 500;
const MOST_LABELS = 20;

const labelNames = (description: string) =>
  z.array(z.string().trim().min(1).max(LONGEST_LABEL)).max(MOST_LABELS).optional().describe(description);

export const modifyEmails = defineTool({
  name: 'gmail_modify_emails',
  title: 'Email organising',
  description:
    'Archives, labels, stars, marks, trashes or restores email, at most 5,000 messages a call; nothing is deleted for ' +
    'good. Name the messages by message_ids, query or selection. Many at once wait for a person’s yes.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'organise',
  errorsAsJson: false,
  input: () =>
    z.object({
      message_ids: z.array(opaqueId('Message id')).min(1).max(MOST_IDS).optional().describe('1 to 500 message ids'),
      query: text('Gmail search', 2000).min(1).optional(),
      selection: text('From a preview: those very messages', 40).optional(),
      action: z.enum(ACTION_NAMES).optional().describe('What to do'),
      add_labels: labelNames('Names of labels to put on'),
      remove_labels: labelNames('Names of labels to take off'),
      create_labels: z.boolean().optional().describe('Create labels that are missing'),
      whole_threads: z.boolean().optional().describe('All messages of their threads'),
      preview: z.boolean().optional().describe('Change nothing; count and show them first'),
    }),
  run: async (args, { organiser, changes, credentials, selections, source, whileWaiting, tally }) => {
    tally.searched(args.query);
    const reopen = async () => {
      await credentials.assertAllows('organise');
      return organiser();
    };
    const onChanged = (count: number) => tally.did(args.action ?? 'labelled', count);
    const tools = { organiser: organiser(), rules: changes, selections, reopen, source, onChanged };
    const [{ modifyMessages }, { counted }] = await Promise.all([
      import('../../organise/modify.ts'),
      import('../../organise/change-facts.ts'),
    ]);
    const work = modifyMessages(args, tools);
    const result = await whileWaiting('Organising mail.', work);
    if (result.kind === 'modified') return result.lines.join('\n');
    tally.did('previewed', result.count);
    return previewText(result, counted(result.count));
  },
});

function previewText({ count, selection, sample, notes }: Preview, counted: string): string {
  if (count === 0) return ['No messages are meant. Nothing was changed.', ...notes].join('\n');
  const some = sample.length < count ? `, ${sample.length} of them` : '';
  return [
    `${counted}${some}:`,
    new Boundary().wrap(sample.join('\n')),
    ...notes,
    `Nothing was changed. selection ${selection} stands for these very messages for half an hour.`,
  ].join('\n');
}
