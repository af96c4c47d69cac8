import type { BatchOutcome } from '../../gmail/connection/batch.ts';
import { type Demands, demandsOf, meets } from '../../masking/query-demands.ts';
import { codeWordsOf, mayBeFound } from '../../masking/query-words.ts';
import { Problem, type ProblemCode } from '../../shared/problems.ts';
import type { ShownMessage } from '../shown-message.ts';
import type { ShownRow } from '../shown-row.ts';

export interface RowPage {
  rows: ShownRow[];
  nextPageToken?: string;
}

/** What a search could ask of what is masked. */
export interface Doubt {
  /** The words of the search that could be a code, from `codeWordsOf`. */
  codeWords: readonly string[];
  /** What the search demands of words, from `demandsOf`. */
  demands: Demands;
  /**
   * Whether what it finds must be gone through however much that is: it may be found without any of the words, so that
   * one more tells of them. All that another search finds has its words, which tell little where they are in many.
   */
  isAlways: boolean;
}

/** Whether what a search finds is to be gone through before anything is said of it; undefined where nothing is masked by it. */
export function doubtOf(query: string, showsCodes: boolean): Doubt | undefined {
  if (showsCodes) return undefined;
  const [codeWords, demands] = [codeWordsOf(query), demandsOf(query)];
  if (codeWords.length === 0 && demands.all.length === 0) return undefined;
  return { codeWords, demands, isAlways: codeWords.length > 0 || demands.offersChoice };
}

/** A search that could ask for what is masked, and what it is made with. */
export interface DoubtedSearch extends Doubt {
  /** A page of what Gmail finds. */
  page(limit: number, pageToken: string | undefined): Promise<RowPage>;
  /** The messages of these ids, in their order. */
  read(ids: readonly string[]): Promise<readonly BatchOutcome<ShownMessage>[]>;
}

/** One page of it. */
export interface MaskedSearch extends DoubtedSearch {
  limit: number;
  pageToken: string | undefined;
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
  const { limit, pageToken, isAlways } = search;
  const rows: ShownRow[] = [];
  let next = pageToken;
  let isChosen = isAlways;
  do {
    const page = await search.page(limit - rows.length, next);
    isChosen ||= page.rows.some(({ holdsMasked }) => holdsMasked);
    rows.push(...(await withoutMasked(page.rows, search)));
    next = page.nextPageToken;
  } while (next && rows.length < limit);
  return next && (!isChosen || (await anyFollow(search, next))) ? { rows, nextPageToken: next } : { rows };
}

/** How many messages a search for all may find, and how many it looks at, a page each: 40 units of 6,000 a minute at most for each. */
const [MOST_FOUND, MOST_LOOKED_AT, LOOKED_AT_ONCE] = [100, 140, 20];

/**
 * All that a search finds, without those messages. That one more of them is looked at would tell only in a mailbox in
 * which the same search finds forty of them.
 *
 * @throws Problem `selection_too_wide`, or where a message cannot be read for now
 */
export async function allBesideMasked(search: DoubtedSearch): Promise<ShownRow[]> {
  const rows: ShownRow[] = [];
  let looked = 0;
  let next: string | undefined;
  do {
    const page: RowPage = await search.page(LOOKED_AT_ONCE, next);
    looked += LOOKED_AT_ONCE;
    rows.push(...(await withoutMasked(page.rows, search)));
    next = page.nextPageToken;
    if (rows.length > MOST_FOUND || (next && looked >= MOST_LOOKED_AT)) {
      const of = 'messages of a search for digits, for any of several words or without a word';
      throw Problem.of('selection_too_wide', { limit: String(MOST_FOUND), of });
    }
  } while (next);
  return rows;
}

async function anyFollow(search: DoubtedSearch, pageToken: string): Promise<boolean> {
  for (let next: string | undefined = pageToken; next; ) {
    const page: RowPage = await search.page(LOOKED_AHEAD, next);
    if ((await withoutMasked(page.rows, search)).length > 0) return true;
    next = page.nextPageToken;
  }
  return false;
}

async function withoutMasked(rows: readonly ShownRow[], search: DoubtedSearch): Promise<ShownRow[]> {
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
