import { setImmediate as turn } from 'node:timers/promises';
import { Tally } from '../../broker/activity/tally.ts';
import { clearYoung } from '../../mailbox/reading/bound-heap.ts';
import { emptyGmail, INVENTED_ROWS } from '../../mailbox/rehearsal/invented-gmail.ts';
import { InventedMailbox } from '../../mailbox/rehearsal/invented-mailbox.ts';
import { showRow } from '../../mailbox/shown-row.ts';
import { maskNames, speaksOfCodes } from '../../masking/mask.ts';
import { departure, isUnderWay, requestsMade, untilMade } from '../../shared/turns/departure.ts';
import type { CallContext } from './call-context.ts';

/** Runs a search in a mailbox. */
type Search = (context: Pick<CallContext, 'mailbox' | 'tally'>) => Promise<unknown>;

/** Then everything has been compiled that is worth it. */
const MOST_SEARCHES = 10;

let isRehearsed = false;

/**
 * Searches an invented mailbox, in the first search alone, for as long as Google takes to answer. Lists of words and
 * rules of domains are made when they are first wanted, and code is compiled while it runs; that takes longer than
 * to show all rows of a list, and there is nothing else to do meanwhile. Each step is short, so that an answer hardly
 * waits for it. Where an answer comes early, or a computer is slow, or the token is there already, the call goes first: what
 * is left of a part waits for the next request.
 *
 * @param over aborts when the call that it is for has come to its end
 */
export async function rehearseSearch(search: Search, over: AbortSignal): Promise<void> {
  if (isRehearsed) return;
  isRehearsed = true;
  // The request leaves first.
  await departure();
  const begun = requestsMade();
  let left = begun;
  for (const [count, steps] of partsOf(search).entries()) {
    for (const step of steps) {
      const wanted = Math.max(begun + count, requestsMade() + (isUnderWay() ? 0 : 1));
      if (left < wanted) await untilMade(wanted);
      left = wanted;
      if (over.aborted) return;
      await step();
      await turn();
    }
  }
}

/**
 * What is rehearsed while the token is on its way, then while so many requests are. What is needed first comes first:
 * requests and what is made once for all rows, each row while Gmail lists them, whole searches while it reads them.
 */
function partsOf(search: Search): (() => unknown)[][] {
  const mailbox = new InventedMailbox();
  const searched = (opened: InventedMailbox) => search({ mailbox: async () => opened.open(), tally: new Tally() });
  return [
    [() => searched(new InventedMailbox(emptyGmail)), () => mailbox.request(), () => speaksOfCodes('Your code')],
    INVENTED_ROWS.flatMap(stepsOfRow),
    [...Array.from({ length: MOST_SEARCHES }, () => () => searched(mailbox)), clearYoung],
  ];
}

/** In parts: the first of them take as long as all others. */
function stepsOfRow(row: (typeof INVENTED_ROWS)[number]): (() => unknown)[] {
  const { from, subject, snippet } = row;
  return [
    () => speaksOfCodes(subject),
    () => speaksOfCodes(snippet),
    () => maskNames(from, from),
    () => showRow({ ...row, subject: '', snippet: '' }, false),
    () => showRow({ ...row, snippet: '' }, false),
    () => showRow(row, false),
  ];
}
