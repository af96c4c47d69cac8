import { setImmediate as turn } from 'node:timers/promises';
import { Tally } from '../../broker/activity/tally.ts';
import { clearYoung } from '../../mailbox/reading/bound-heap.ts';
import { emptyGmail, INVENTED_ROWS } from '../../mailbox/rehearsal/invented-gmail.ts';
import { InventedMailbox } from '../../mailbox/rehearsal/invented-mailbox.ts';
import { showRow } from '../../mailbox/shown-row.ts';
import { maskNames, speaksOfCodes } from '../../masking/mask.ts';
import { departure, requestsMade, untilMade } from '../../shared/turns/departure.ts';
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
 * waits for it.
 *
 * @param over aborts when the call that it is for has come to its end
 */
export async function rehearseSearch(search: Search, over: AbortSignal): Promise<void> {
  if (isRehearsed) return;
  isRehearsed = true;
  // The request leaves first.
  await departure();
  for (const step of stepsOf(search)) {
    if (over.aborted) return;
    await step();
    await turn();
  }
}

/**
 * What is needed first comes first: requests and what is made once for all rows while the token is on its way, each row
 * while Gmail lists them, whole searches while it reads them. Each part ends before what it is for.
 */
function* stepsOf(search: Search): Generator<() => unknown> {
  const mailbox = new InventedMailbox();
  const before = requestsMade();
  const searched = (opened: InventedMailbox) => search({ mailbox: async () => opened.open(), tally: new Tally() });
  yield () => searched(new InventedMailbox(emptyGmail));
  yield () => mailbox.request();
  yield () => speaksOfCodes('Your code');
  yield clearYoung;
  yield () => untilMade(before + 1);
  for (const row of INVENTED_ROWS) {
    const { from, subject, snippet } = row;
    // In parts: the first of them take as long as all others.
    yield () => speaksOfCodes(subject);
    yield () => speaksOfCodes(snippet);
    yield () => maskNames(from, from);
    yield () => showRow({ ...row, subject: '', snippet: '' }, false);
    yield () => showRow({ ...row, snippet: '' }, false);
    yield () => showRow(row, false);
  }
  yield clearYoung;
  yield () => untilMade(before + 2);
  for (let count = 0; count < MOST_SEARCHES; count += 1) {
    yield () => searched(mailbox);
  }
  yield clearYoung;
}
