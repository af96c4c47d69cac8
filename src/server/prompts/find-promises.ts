import * as z from 'zod';
import { definePrompt, GROUND_RULES, wholeNumber } from './prompt.ts';

export const findPromises = definePrompt({
  name: 'find_promises',
  title: 'Find open promises',
  description: 'Lists what you promised in mail and what others promised you, as far as it is still open.',
  input: z.strictObject({ days: wholeNumber('How many days back', { min: 1, max: 365, usual: 14 }) }),
  write: ({ days }) => `Find the promises in my Gmail of the last ${days} days that are still open.

1. List what I wrote with gmail_search_emails (query in:sent newer_than:${days}d), and what others wrote to me (query in:inbox newer_than:${days}d -category:promotions -category:social). Go on with the cursor as long as there is one.
2. Read with gmail_read_thread the conversations in which somebody may have promised something: to send, pay, call, come, decide or answer, with a date or without. Leave out newsletters and automatic notices.
3. A promise is open until a later message of the thread shows that it was kept or taken back.
4. List "I owe" and "Others owe me", what is overdue first: who, what, by when, the words that say so, the id. Where you did not read everything, say what you left out.

${GROUND_RULES}`,
});
