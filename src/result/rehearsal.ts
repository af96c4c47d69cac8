import { setImmediate as turn } from 'node:timers/promises';
import { type ShownRow, showRow } from '../mailbox/shown-row.ts';
import { renderRow, SNIPPET_LENGTH } from './rows.ts';

type Told = Parameters<typeof showRow>[0];

/** Invented: what speaks of a code in one way or another, what has numbers that are none, and what has neither. */
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
  [
    'Shop <no-reply@shop.example.net>',
    '482913 is your verification code',
    'Use 482913 to confirm it is you. Do not share it.',
  ],
  [
    'Team <team@app.example.com>',
    'Sign in to App',
    'Here is the code that you asked for:\n\n77A-41C\n\nIt is valid until 14:30.',
  ],
  [
    'Air <booking@air.example.com>',
    'Booking X7YZ12: LH 4711, 12 March',
    'Your booking code is X7YZ12. Total: EUR 135.90, room 204.',
  ],
  ['Ann Lee <ann@example.org>', 'Re: Soup at seven', 'Dear all, I come at seven and bring 2 loaves of bread.'],
].map(([from = '', subject = '', snippet = ''], at) => ({
  ...{ id: `${at}`, threadId: `${at}`, date: 0, from, to: '', subject, snippet, labelIds: [] },
  ...{ unread: false, starred: false, important: false, hasAttachment: false, isNewsletter: false },
}));

/** Then everything has been compiled that is worth it. */
const MOST_ROWS = 150;

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
