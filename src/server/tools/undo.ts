import * as z from 'zod';
import { counted } from '../../organise/change-facts.ts';
import { type Undone, undoChanges } from '../../organise/undo.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { sentence } from '../../shared/problems.ts';
import { defineTool } from '../call/tool.ts';

/** So many changes are taken back by one call at most. */
const MOST_UNDONE = 10;
/** How many ids a result lists of each change. */
const LISTED = 60;

export const undo = defineTool({
  name: 'gmail_undo',
  title: 'Undo changes to email',
  description:
    'Takes back the last change of gmail_modify_emails, or the last few. Messages that were changed again since are ' +
    'left alone and listed. A like change made elsewhere in the same moment counts as the call’s.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'organise',
  errorsAsJson: false,
  input: z.object({
    changes: z.int().min(1).max(MOST_UNDONE).default(1).describe('How many of the last changes (default 1)'),
  }),
  run: async ({ changes: count }, { organiser, changes, source, whileWaiting }) => {
    const work = undoChanges({ count, anyClient: false }, organiser(), changes);
    const undone = await whileWaiting('Taking changes back.', work);
    return undone.map((each) => undoneText(each, source)).join('\n');
  },
});

/** What became of one change, in our own words and ids alone. */
export function undoneText({ change, back, left, failed, problem }: Undone, source: CredentialSource): string {
  return [
    `Taken back (${change.what}): ${counted(back)}.`,
    ...(left.length > 0 ? [`Changed or deleted again since, and left alone: ${listed(left)}.`] : []),
    ...(problem
      ? [`Not taken back: ${listed(failed)}. ${sentence(problem.explain(source))} Then call the tool again.`]
      : []),
  ].join('\n');
}

function listed(ids: readonly string[]): string {
  const more = ids.length - LISTED;
  return `${counted(ids.length)} (${ids.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}
