import type { BatchOutcome } from '../gmail/connection/batch.ts';
import { mayBeFound } from '../masking/query-words.ts';
import type { ProblemCode } from '../shared/problems.ts';
import type { ShownMessage } from './shown-message.ts';
import type { ShownRow } from './shown-row.ts';

export interface RowPage {
  rows: ShownRow[];
  nextPageToken?: string;
}

/** A search that could ask for what is masked, and what it is made with. */
export interface MaskedSearch {
  /** The words of the search that could be a code, from `codeWordsOf`. */
  codeWords: readonly string[];
  limit: number;
  pageToken: string | undefined;
  /** A page of what Gmail finds. */
  page(limit: number, pageToken: string | undefined): Promise<RowPage>;
  /** The messages of these ids, in their order. */
  read(ids: readonly string[]): Promise<readonly BatchOutcome<ShownMessage>[]>;
}

/** How many rows are asked for to learn whether any follow: as many as one batch reads. */
const LOOKED_AHEAD = 25;

/** What cannot be read may hold what is masked. */
const UNREADABLE: ReadonlySet<ProblemCode> = new Set(['not_found', 'text_too_large', 'text_unreadable']);

/**
 * A page of a search without the messages that only what is masked of them may have put there. Neither a page that is
 * short nor a next one that is empty tells that any were left out.
 *
 * @throws Problem where a message cannot be read for now
 */
export async function searchBesideMasked(search: MaskedSearch): Promise<RowPage> {
  const { limit, pageToken } = search;
  const rows: ShownRow[] = [];
  let next = pageToken;
  do {
    const page = await search.page(limit - rows.length, next);
    rows.push(...(await withoutMasked(page.rows, search)));
    next = page.nextPageToken;
  } while (next && rows.length < limit);
  return next && (await anyFollow(search, next)) ? { rows, nextPageToken: next } : { rows };
}

async function anyFollow(search: MaskedSearch, pageToken: string): Promise<boolean> {
  for (let next: string | undefined = pageToken; next; ) {
    const page: RowPage = await search.page(LOOKED_AHEAD, next);
    if ((await withoutMasked(page.rows, search)).length > 0) return true;
    next = page.nextPageToken;
  }
  return false;
}

async function withoutMasked(rows: readonly ShownRow[], { codeWords, read }: MaskedSearch): Promise<ShownRow[]> {
  const outcomes = await read(rows.map(({ id }) => id));
  return rows.filter((_, index) => {
    const { data, problem } = outcomes[index] ?? {};
    if (data) return mayBeFound(codeWords, shownOf(data), data.masked > 0);
    if (problem && !UNREADABLE.has(problem.code)) throw problem;
    return false;
  });
}

function shownOf({ from, to, cc, subject, folded, unfolded, attachments, summary }: ShownMessage): string[] {
  return [from, to, cc, subject, unfolded ?? folded, ...attachments.map(({ name }) => name), ...summary];
}
