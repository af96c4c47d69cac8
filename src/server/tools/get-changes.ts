import * as z from 'zod';
import { type Changes, changesSince } from '../../gmail/history.ts';
import { cursorField } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';
import { Boundary } from '../result/boundary.ts';
import { fits, largestFitting } from '../result/budget.ts';
import { decodeCursor, encodeCursor } from '../result/cursor.ts';
import { FLAGS_LEGEND, renderRow, SNIPPET_LENGTH } from '../result/rows.ts';

/** Records of the history a call; fewer where their result would not fit. */
const LIMITS = [50, 20, 5, 1];

const NOTHING: Record<Exclude<Changes['kind'], 'changes'>, string> = {
  beginning: 'From here on changes are known. Call again with the cursor to learn what is new since now.',
  resync:
    'Gmail no longer knows what has changed since that cursor (it forgets after about a week). Search again for what ' +
    'matters, and go on with the new cursor.',
};

export const getChanges = defineTool({
  name: 'gmail_get_changes',
  title: 'What is new in Gmail',
  description:
    'Tells what has changed in the mailbox since an earlier call: new, deleted and relabelled messages. The first call ' +
    'takes no cursor and gives one.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: z.object({ cursor: cursorField() }),
  run: async ({ cursor }, { mailbox, signal }) => {
    const box = await mailbox();
    const owner = { kind: 'gmail_get_changes', account: box.owner, query: '' };
    const { position: historyId } = cursor ? decodeCursor(cursor, owner) : { position: undefined };
    let result = '';
    for (const limit of LIMITS) {
      const changes = await changesSince(box.gmail, { historyId, limit, hidden: box.hidden }, signal);
      const next = encodeCursor(owner, { position: changes.historyId, offset: 0 });
      result = render(changes, next, box.privacy.showsCodes);
      if (fits(result)) break;
    }
    return result;
  },
});

function render(changes: Changes, next: string, showsCodes: boolean): string {
  const { kind, hasMore, added, deleted, relabelled } = changes;
  const tail = `${hasMore ? 'More changes follow' : 'Next time'}: cursor ${next}`;
  if (kind !== 'changes') return `${NOTHING[kind]}\n${tail}`;
  if (added.length + deleted.length + relabelled.length === 0) return `Nothing has changed.\n${tail}`;
  const boundary = new Boundary();
  const now = Date.now();
  const renderAt = (snippet: number) => {
    const rows = added.map((row) => renderRow(row, { snippet }, showsCodes, now));
    return [
      ...(rows.length > 0 ? [`New (${FLAGS_LEGEND}):`, boundary.wrap(rows.join('\n'))] : []),
      ...(relabelled.length > 0 ? ['Relabelled:', ...relabelled.map(relabelledLine)] : []),
      ...(deleted.length > 0 ? [`Deleted for good: ${deleted.map(({ id }) => id).join(', ')}`] : []),
      tail,
    ].join('\n');
  };
  return renderAt(largestFitting(SNIPPET_LENGTH, renderAt));
}

function relabelledLine({ id, labelsAdded, labelsRemoved }: Changes['relabelled'][number]): string {
  return [id, ...labelsAdded.map((label) => `+${label}`), ...labelsRemoved.map((label) => `-${label}`)].join(' ');
}
