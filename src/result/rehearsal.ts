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

let rehearsed: Promise<void> | undefined;

/**
 * Shows a few invented rows, once, while Gmail is asked for the first real ones. Lists of words, rules of domains and
 * dates are made when they are first wanted, and code is compiled then; that takes longer than to show all rows of a
 * list, and Gmail's answer is on its way meanwhile.
 */
export function rehearseRows(): Promise<void> {
  rehearsed ??= rehearse();
  return rehearsed;
}

async function rehearse(): Promise<void> {
  // The request leaves first.
  await turn();
  for (const row of ROWS) {
    await turn();
    renderRow(shown(row), SNIPPET_LENGTH, Date.now());
  }
}

const shown = (row: Told): ShownRow => showRow(row, false).shown;
