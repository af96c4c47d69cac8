import { setImmediate as turn } from 'node:timers/promises';
import { type ShownRow, showRow } from '../mailbox/shown-row.ts';
import { renderRow, SNIPPET_LENGTH } from './rows.ts';

type Told = Parameters<typeof showRow>[0];

/** Invented: what speaks of a code, what has numbers and addresses that are none, and what has neither. */
const ROWS: readonly Told[] = [
  [
    'Bank <no-reply@bank.example.com>',
    'Your security code is 482 913',
    'Enter 482913 to sign in. It ends in 10 minutes.',
  ],
  [
    '"Café 24" <news@cafe.example.org>',
    'Order no. 2026-11-03/77',
    'See https://cafe.example.org/o?id=77, call +49 30 1234567',
  ],
  ['Ann Lee <ann@example.org>', 'Re: Soup at seven', 'Dear all, I come at seven and bring 2 loaves of bread.'],
].map(([from = '', subject = '', snippet = ''], at) => ({
  ...{ id: `${at}`, threadId: `${at}`, date: 0, from, to: '', subject, snippet, labelIds: [] },
  ...{ unread: false, starred: false, important: false, hasAttachment: false, isNewsletter: false },
}));

/** Then everything has been compiled that is worth it. */
const MOST_ROWS = 60;

let isRehearsed = false;

/**
 * Shows invented rows, in the first search alone, for as long as Gmail takes to answer. Lists of words, rules of domains
 * and dates are made when they are first wanted, and code is compiled while it runs; that takes longer than to show all
 * rows of a list, and there is nothing else to do meanwhile.
 *
 * @returns what Gmail answers
 */
export async function rehearsing<T>(answer: Promise<T>): Promise<T> {
  if (isRehearsed) return answer;
  isRehearsed = true;
  let isAnswered = false;
  const end = () => {
    isAnswered = true;
  };
  answer.then(end, end);
  // The request leaves first.
  await turn();
  for (let count = 0; count < MOST_ROWS && !isAnswered; count += 1) {
    await turn();
    const row = ROWS[count % ROWS.length];
    if (row) renderRow(shown(row), SNIPPET_LENGTH, Date.now());
  }
  return answer;
}

const shown = (row: Told): ShownRow => showRow(row, false).shown;
