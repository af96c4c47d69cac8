import * as z from 'zod';
import { FILTER_OPERATIONS } from '../../organise/filters/filter-operations.ts';
import type { FilterLine } from '../../organise/filters/manage-filter.ts';
import { Boundary } from '../../result/boundary.ts';
import { mostFitting } from '../../result/budget.ts';
import { clip } from '../../shared/code-points.ts';
import { cleanLine } from '../../shared/invisible.ts';
import { LONGEST_LABEL } from '../../shared/limits/longest.ts';
import { defineTool } from '../call/tool.ts';

/** How long a field may be, in characters; together they are held to less. */
const LONGEST = 400;
/** Each label takes a filter of its own. */
const MOST_LABELS = 5;

const words = () => z.string().trim().min(1).max(LONGEST).optional();

export const manageFilter = defineTool({
  name: 'gmail_manage_filter',
  title: 'Email filter change',
  description:
    'Lists, creates or deletes email filters, which act by themselves on future email only; for present email use ' +
    'gmail_modify_emails. A new one names from, list or subject. Creating and deleting wait for a person’s yes.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'filters',
  errorsAsJson: false,
  input: () =>
    z.object({
      operation: z.enum(FILTER_OPERATIONS),
      from: words().describe('Address, domain or name; OR joins several'),
      to: words(),
      subject: words(),
      list: words().describe('As in list: of a search'),
      query: words().describe('Narrows it: a Gmail search'),
      has_attachment: z.boolean().optional(),
      filter_id: z.string().trim().min(1).max(256).optional().describe('To delete; or to go on listing behind it'),
      add_labels: z.array(z.string().trim().min(1).max(LONGEST_LABEL)).max(MOST_LABELS).optional(),
      archive: z.boolean().optional(),
      mark_read: z.boolean().optional(),
      star: z.boolean().optional(),
    }),
  run: async (args, { organiser, changes, whileWaiting, tally }) => {
    const { manageFilter: manage } = await import('../../organise/filters/manage-filter.ts');
    const result = await whileWaiting('Managing filters.', manage(args, { organiser: organiser(), rules: changes }));
    tally.did(args.operation, result.kind === 'deleted' ? 1 : result.lines.length);
    if (result.kind === 'deleted') return `Deleted the filter ${result.id}. What it did to mail stays as it is.`;
    return result.kind === 'created' ? createdText(result.lines) : listText(result.lines, result.total);
  },
});

function createdText(lines: readonly FilterLine[]): string {
  const what = lines.length === 1 ? 'Created the filter' : `Created ${lines.length} filters, one for each label:`;
  const rows = lines.map(({ id, deeds }) => `${id}: ${deeds}`);
  return [
    `${what} ${rows.join('; ')}.`,
    `It acts on future mail only. For mail that is there, use gmail_modify_emails with query: ${lines[0]?.search ?? ''}`,
  ].join('\n');
}

/** How much of what a filter looks for and of what it does shows, in code points. */
const SEARCH_LENGTH = 300;
const DEEDS_LENGTH = 200;

/** The filters that fit, and how to go on. What they look for is in words of the user's, or of strangers'. */
function listText(lines: readonly FilterLine[], total: number): string {
  if (total === 0) return 'There are no filters.';
  if (lines.length === 0) return 'There are no filters behind this one.';
  const boundary = new Boundary();
  const render = (count: number) => {
    const rest = lines.length - count;
    return [
      `${total} ${total === 1 ? 'filter' : 'filters'}; id | what it looks for | what it does:`,
      boundary.wrap(lines.slice(0, count).map(rowOf).join('\n')),
      ...(rest > 0 ? [`${rest} more: go on with filter_id ${lines[count - 1]?.id}.`] : []),
    ].join('\n');
  };
  return render(mostFitting(lines.length, render));
}

function rowOf({ id, search, deeds }: FilterLine): string {
  const cells = [id, clip(cleanLine(search), SEARCH_LENGTH) || '(everything)', clip(cleanLine(deeds), DEEDS_LENGTH)];
  return cells.map((cell) => cell.replaceAll('|', '/')).join(' | ');
}
