import * as z from 'zod';
import type { ShownRow } from '../../mailbox/shown-row.ts';
import { Boundary } from '../../result/boundary.ts';
import { fitRows } from '../../result/budget.ts';
import { decodeCursor, encodeCursor } from '../../result/cursor.ts';
import { FLAGS_LEGEND, renderRow, SNIPPET_LENGTH } from '../../result/rows.ts';
import type { CallContext } from '../call/call-context.ts';
import { cursorField, text } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

const input = () =>
  z.object({
    query: text('Gmail search; "" for all mail but spam and trash', 2000),
    max_results: z.int().min(1).max(100).default(25).describe('1 to 100 (default 25)'),
    cursor: cursorField(),
  });

export const searchEmails = defineTool({
  name: 'gmail_search_emails',
  title: 'Email search',
  description:
    'Searches email with Gmail’s search language (from: to: subject: in:inbox is:unread has:attachment after:2026/01/31 ' +
    'newer_than:7d label: "phrase" OR -). One line a message, newest first, with its id.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input,
  run: search,
  rehearse: async (over) => {
    const { rehearseSearch } = await import('../call/rehearse-search.ts');
    await rehearseSearch((context) => search(input().parse({ query: 'is:unread' }), context), over);
  },
});

async function search(
  { query, max_results, cursor }: { query: string; max_results: number; cursor?: string | undefined },
  { mailbox, tally }: Pick<CallContext, 'mailbox' | 'tally'>,
): Promise<string> {
  tally.searched(query);
  const box = await mailbox();
  const owner = { kind: 'gmail_search_emails', account: box.owner, query: `${max_results} ${query}` };
  const place = placeOf(cursor && decodeCursor(cursor, owner).position);
  let pageToken = place.pageToken;
  let page = await box.search({ query, limit: max_results, pageToken });
  let rows = rowsAfter(page.rows, place.last);
  // So much mail has come meanwhile that where the last result ended is on a later page now; or the page is empty,
  // which says nothing of those behind it.
  while (rows.length === 0 && page.nextPageToken) {
    pageToken = page.nextPageToken;
    page = await box.search({ query, limit: max_results, pageToken });
    rows = rowsAfter(page.rows, place.last);
  }
  tally.did('found', rows.length);
  if (rows.length === 0 && !page.nextPageToken) return `No ${cursor ? 'more ' : ''}messages match.`;
  const boundary = new Boundary();
  const now = Date.now();
  const render = (count: number, snippet: number) => {
    const isCut = count < rows.length;
    const next = isCut
      ? encodeCursor(owner, { position: positionOf({ pageToken, last: rows[count - 1] }), offset: 0 })
      : page.nextPageToken &&
        encodeCursor(owner, { position: positionOf({ pageToken: page.nextPageToken }), offset: 0 });
    const lines = rows.slice(0, count).map((row) => renderRow(row, snippet, now));
    const head = `${count} ${count === 1 ? 'message' : 'messages'}, newest first (${FLAGS_LEGEND}).`;
    const tail = next ? `More follow: cursor ${next}` : 'There are no more.';
    return [head, boundary.wrap(lines.join('\n')), tail].join('\n');
  };
  const { text: list, shown } = fitRows({ rows: rows.length, snippet: SNIPPET_LENGTH, render });
  tally.did('found', shown);
  return list;
}

/** Where a search goes on: on a page, and there behind the last row that was shown, where it did not end with it. */
interface SearchPlace {
  pageToken?: string | undefined;
  last?: Pick<ShownRow, 'id' | 'date'> | undefined;
}

/** Rows are not counted: others come and go between two calls. */
const positionOf = ({ pageToken = '', last }: SearchPlace): string =>
  [pageToken, ...(last ? [last.date, last.id] : [])].join(' ');

function placeOf(position = ''): SearchPlace {
  const [pageToken, date, id] = position.split(' ');
  return {
    ...(pageToken ? { pageToken } : {}),
    ...(id === undefined ? {} : { last: { id, date: Number(date) } }),
  };
}

/** The rows behind the last one that was shown; where it has been deleted, those that are no newer. */
function rowsAfter(rows: readonly ShownRow[], last: SearchPlace['last']): readonly ShownRow[] {
  if (!last) return rows;
  const index = rows.findIndex(({ id }) => id === last.id);
  if (index >= 0) return rows.slice(index + 1);
  const older = rows.findIndex(({ date }) => date <= last.date);
  return older < 0 ? [] : rows.slice(older);
}
