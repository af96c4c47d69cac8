import * as z from 'zod';
import { definePrompt, GROUND_RULES, wholeNumber } from './prompt.ts';

export const unsubscribe = definePrompt({
  name: 'unsubscribe',
  title: 'Unsubscribe from newsletters',
  description: 'Lists the newsletters that you get and unsubscribes from those that you name.',
  input: z.strictObject({ days: wholeNumber('How many days back', { min: 1, max: 365, usual: 30 }) }),
  write: ({ days }) => `Help me to get fewer newsletters in my Gmail.

1. Where I have named a newsletter, find its newest message with gmail_search_emails. Else list what came in the last ${days} days (query unsubscribe newer_than:${days}d, and category:promotions newer_than:${days}d); go on with the cursor as long as there is one.
2. Group by sender: how many messages, when the last one came, how many of them are unread, the id of the newest. The most unread first. Leave out what I may need: orders, bank, school, work.
3. Ask me which to leave, and wait. Then call gmail_unsubscribe with the newest message of each, one by one: it asks me as well. Open no link yourself.
4. Tell me what became of each. Where one offers no way out, or looks like spam rather than a newsletter, say so and propose a filter or the spam folder instead.

${GROUND_RULES}`,
});
