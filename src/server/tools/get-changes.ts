import * as z from 'zod';
import type { ShownChanges, ShownRow } from '../../mailbox/shown-row.ts';
import { Boundary } from '../../result/boundary.ts';
import { fitRows } from '../../result/budget.ts';
import { decodeCursor, encodeCursor } from '../../result/cursor.ts';
import { FLAGS_LEGEND, renderRow, SNIPPET_LENGTH } from '../../result/rows.ts';
import { cursorField } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

/** Records of the history a call: about as many new messages fit into a result. */
const MOST_RECORDS = 50;

const NOTHING: Record<Exclude<ShownChanges['kind'], 'changes'>, string> = {
  beginning: 'Changes are tracked from now on. Call again with the cursor to see what is new.',
  resync:
    'Gmail no longer knows what has changed since that cursor (it forgets after about a week). Search again for what ' +
    'matters, and continue with the new cursor.',
};

export const getChanges = defineTool({
  name: 'gmail_get_changes',
  title: 'Check for new email',
  description:
    'Tells which email is new, deleted or relabelled since an earlier call. The first call ' +
    'takes no cursor and gives one.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: () => z.object({ cursor: cursorField() }),
  run: async ({ cursor }, { mailbox, tally }) => {
    const box = await mailbox();
    const owner = { kind: 'gmail_get_changes', account: box.owner, query: '' };
    const { position } = cursor ? decodeCursor(cursor, owner) : { position: undefined };
    const { records, upTo } = await box.changes(position, MOST_RECORDS);
    const boundary = new Boundary();
    const now = Date.now();
    const render = (count: number, snippet: number) => {
      const changes = upTo(count);
      const row = (each: ShownRow) => renderRow(each, snippet, now);
      const next = encodeCursor(owner, { position: changes.historyId, offset: 0 });
      const tail = `${changes.hasMore ? 'More changes follow' : 'Next time'}: cursor ${next}`;
      return [...linesOf(changes, row, boundary), tail].join('\n');
    };
    const { text, shown } = fitRows({ rows: records, snippet: SNIPPET_LENGTH, render });
    const { added, deleted, relabelled } = upTo(shown);
    tally.did('looked', added.length + deleted.length + relabelled.length);
    return text;
  },
});

function linesOf(
  { kind, added, deleted, relabelled }: ShownChanges,
  row: (added: ShownRow) => string,
  boundary: Boundary,
): string[] {
  if (kind !== 'changes') return [NOTHING[kind]];
  if (added.length + deleted.length + relabelled.length === 0) return ['Nothing has changed.'];
  return [
    ...(added.length > 0 ? [`New (${FLAGS_LEGEND}):`, boundary.wrap(added.map(row).join('\n'))] : []),
    ...(relabelled.length > 0 ? ['Relabelled:', ...relabelled.map(relabelledLine)] : []),
    ...(deleted.length > 0 ? [`Deleted for good: ${deleted.map(({ id }) => id).join(', ')}`] : []),
  ];
}

function relabelledLine({ id, labelsAdded, labelsRemoved }: ShownChanges['relabelled'][number]): string {
  return [id, ...labelsAdded.map((label) => `+${label}`), ...labelsRemoved.map((label) => `-${label}`)].join(' ');
}
