import type { BatchOutcome } from '../../gmail/connection/batch.ts';
import { type Demands, meets } from '../../masking/query-demands.ts';
import { mayBeFound } from '../../masking/query-words.ts';
import type { ProblemCode } from '../../shared/problems.ts';
import type { ShownMessage } from '../shown-message.ts';
import type { ShownRow } from '../shown-row.ts';

export interface RowPage {
  rows: ShownRow[];
  nextPageToken?: string;
}

/** A search that could ask for what is masked, and what it is made with. */
export interface MaskedSearch {
  /** The words of the search that could be a code, from `codeWordsOf`. */
  codeWords: readonly string[];
  /** What the search demands of words, from `demandsOf`. */
  demands: Demands;
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
 * A page of a search without the messages that only what is masked of them may have put there. Where the search has
 * words that could be a code, all that it finds is read; otherwise what the rows tell may hold something masked. Where
 * any of it was read, neither a page that is short nor a next one that is empty tells that any were left out.
 *
 * @throws Problem where a message cannot be read for now
 */
export async function searchBesideMasked(search: MaskedSearch): Promise<RowPage> {
  const { limit, pageToken, codeWords, demands } = search;
  const rows: ShownRow[] = [];
  let next = pageToken;
  let isChosen = codeWords.length > 0 || demands.offersChoice;
  do {
    const page = await search.page(limit - rows.length, next);
    isChosen ||= page.rows.some(({ holdsMasked }) => holdsMasked);
    rows.push(...(await withoutMasked(page.rows, search)));
    next = page.nextPageToken;
  } while (next && rows.length < limit);
  return next && (!isChosen || (await anyFollow(search, next))) ? { rows, nextPageToken: next } : { rows };
}

async function anyFollow(search: MaskedSearch, pageToken: string): Promise<boolean> {
  for (let next: string | undefined = pageToken; next; ) {
    const page: RowPage = await search.page(LOOKED_AHEAD, next);
    if ((await withoutMasked(page.rows, search)).length > 0) return true;
    next = page.nextPageToken;
  }
  return false;
}

async function withoutMasked(rows: readonly ShownRow[], search: MaskedSearch): Promise<ShownRow[]> {
  const { codeWords, demands, read } = search;
  const doubted = rows.filter(({ holdsMasked }) => holdsMasked || codeWords.length > 0).map(({ id }) => id);
  const outcomes = doubted.length > 0 ? await read(doubted) : [];
  const byId = new Map(doubted.map((id, index) => [id, outcomes[index]]));
  return rows.filter(({ id }) => {
    if (!byId.has(id)) return true;
    const { data, problem } = byId.get(id) ?? {};
    if (problem && !UNREADABLE.has(problem.code)) throw problem;
    if (!data) return false;
    const shown = shownOf(data);
    const isMasked = data.masked > 0;
    return mayBeFound(codeWords, shown, isMasked) && (!isMasked || meets(demands, shown, data.hidesLetters));
  });
}

function shownOf({ from, to, cc, subject, folded, unfolded, attachments, summary }: ShownMessage): string[] {
  return [from, to, cc, subject, unfolded ?? folded, ...attachments.map(({ name }) => name), ...summary];
}
