import * as z from 'zod';
import { definePrompt, GROUND_RULES, wholeNumber } from './prompt.ts';

export const triageInbox = definePrompt({
  name: 'triage_inbox',
  title: 'Triage my inbox',
  description: 'Sorts the newest messages of the inbox by what they need of you.',
  input: z.strictObject({ how_many: wholeNumber('How many messages', { min: 1, max: 100, usual: 25 }) }),
  write: ({
    how_many,
  }) => `Go through the newest ${how_many} messages of my Gmail inbox and tell me what they need of me.

1. List them with gmail_search_emails (query in:inbox, max_results ${how_many}). Where it gives a cursor before you have ${how_many}, go on with it.
2. Read those whose line does not tell what they want with gmail_read_email, up to 10 ids in one call: it gives the short ones whole and names what it left out. Read on there only where the beginning does not tell.
3. Sort them: "Answer" (somebody waits for me), "Do" (with the date by which), "Know" (worth a look), "Can go" (newsletters, notices that are over). The most urgent first, one line each: who, what they want, the id. Messages of one thread are one line.
4. Propose what to do with each group, with the ids: answers to draft, messages to archive, label or star, newsletters to unsubscribe from. Ask me which of it you shall do, and wait.
5. What I agree to, do with gmail_modify_emails, by those very ids and no query, a group at a time; tell me what was done and what was not. gmail_undo takes it back.

${GROUND_RULES}`,
});
