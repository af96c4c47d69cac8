import * as z from 'zod';
import type { MessageRow } from '../../gmail/messages/message-row.ts';
import { searchMessages } from '../../gmail/messages/search.ts';
import { cursorField, text } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';
import { Boundary } from '../result/boundary.ts';
import { fits, largestFitting } from '../result/budget.ts';
import { decodeCursor, encodeCursor } from '../result/cursor.ts';
import { FLAGS_LEGEND, renderRow, SNIPPET_LENGTH } from '../result/rows.ts';

export const searchEmails = defineTool({
  name: 'gmail_search_emails',
  title: 'Search Gmail',
  description:
    'Finds messages with Gmail’s search language (from: to: subject: in:inbox is:unread has:attachment after:2026/01/31 ' +
    'newer_than:7d label: "phrase" OR -). One line a message, newest first, with its id.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: z.object({
    query: text('Gmail search; "" for all mail but spam and trash', 2000),
    max_results: z.int().min(1).max(100).default(25).describe('1 to 100 (default 25)'),
    cursor: cursorField(),
  }),
  run: async ({ query, max_results, cursor }, { mailbox, signal }) => {
    const box = await mailbox();
    const owner = { kind: 'gmail_search_emails', account: box.owner, query: `${max_results} ${query}` };
    const place = placeOf(cursor && decodeCursor(cursor, owner).position);
    const search = { query, limit: max_results, hidden: box.hidden };
    let pageToken = place.pageToken;
    let page = await searchMessages(box.gmail, { ...search, pageToken }, signal);
    let rows = rowsAfter(page.rows, place.last);
    // So much mail has come meanwhile that where the last result ended is on a later page now; or the page is empty,
    // which says nothing of those behind it.
    while (rows.length === 0 && page.nextPageToken) {
      pageToken = page.nextPageToken;
      page = await searchMessages(box.gmail, { ...search, pageToken }, signal);
      rows = rowsAfter(page.rows, place.last);
    }
    const boundary = new Boundary();
    const now = Date.now();
    const render = (count: number, snippet: number) => {
      const isCut = count < rows.length;
      const next = isCut
        ? encodeCursor(owner, { position: positionOf({ pageToken, last: rows[count - 1] }), offset: 0 })
        : page.nextPageToken &&
          encodeCursor(owner, { position: positionOf({ pageToken: page.nextPageToken }), offset: 0 });
      const lines = rows.slice(0, count).map((row) => renderRow(row, { snippet }, box.privacy.showsCodes, now));
      const head = `${count} ${count === 1 ? 'message' : 'messages'}, newest first (${FLAGS_LEGEND}).`;
      const tail = next ? `More follow: cursor ${next}` : 'These are all.';
      return [head, boundary.wrap(lines.join('\n')), tail].join('\n');
    };
    if (rows.length === 0 && !page.nextPageToken) return 'No message answers this search.';
    // The snippets give way first, then the last rows.
    const snippet = largestFitting(SNIPPET_LENGTH, (length) => render(rows.length, length));
    if (fits(render(rows.length, snippet))) return render(rows.length, snippet);
    return render(
      Math.max(
        1,
        largestFitting(rows.length, (count) => render(count, 0)),
      ),
      0,
    );
  },
});

/** Where a search goes on: on a page, and there behind the last row that was shown, where it did not end with it. */
interface SearchPlace {
  pageToken?: string | undefined;
  last?: Pick<MessageRow, 'id' | 'date'> | undefined;
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
function rowsAfter(rows: readonly MessageRow[], last: SearchPlace['last']): readonly MessageRow[] {
  if (!last) return rows;
  const index = rows.findIndex(({ id }) => id === last.id);
  if (index >= 0) return rows.slice(index + 1);
  const older = rows.findIndex(({ date }) => date <= last.date);
  return older < 0 ? [] : rows.slice(older);
}
