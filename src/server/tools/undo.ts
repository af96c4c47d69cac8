import * as z from 'zod';
import { defineTool } from '../call/tool.ts';

/** So many changes are taken back by one call at most. */
const MOST_UNDONE = 10;

export const undo = defineTool({
  name: 'gmail_undo',
  title: 'Undo of email changes',
  description:
    'Takes back the last change to email by gmail_modify_emails, or the last few. Messages that were changed again since are ' +
    'left alone and listed. A like change made elsewhere in the same moment counts as the call’s.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'organise',
  errorsAsJson: false,
  input: () =>
    z.object({
      changes: z.int().min(1).max(MOST_UNDONE).default(1).describe('How many of the last changes (default 1)'),
    }),
  run: async ({ changes: count }, { organiser, changes, whileWaiting, tally }) => {
    const { undoChanges } = await import('../../organise/undo/undo.ts');
    const { undoneText } = await import('../../organise/undo/undone-text.ts');
    const work = undoChanges({ whose: 'own', count }, organiser(), changes);
    const undone = await whileWaiting('Taking changes back.', work);
    tally.did(
      'undone',
      undone.reduce((sum, { back }) => sum + back, 0),
      { isPartial: undone.some(({ problem }) => problem !== undefined) },
    );
    return undoneText(undone);
  },
});
