import * as z from 'zod';
import { definePrompt, GROUND_RULES, ownWords } from './prompt.ts';

export const findInvoice = definePrompt({
  name: 'find_invoice',
  title: 'Find an invoice',
  description: 'Finds an invoice or a receipt in mail: from whom, how much, due when, and whether it looks right.',
  input: z.strictObject({ what: ownWords('What the invoice is for, or from whom') }),
  write: ({ what }) => `Find an invoice in my Gmail: ${JSON.stringify(what)}.

1. Search with gmail_search_emails for the sender or the thing together with {invoice receipt bill order}, or the words for these in the languages of my mail; try has:attachment, other words and an earlier time before you give up.
2. Read what fits with gmail_read_email, and its files with gmail_get_attachment. Where a file cannot be shown, say so and offer to save it with gmail_save_attachment.
3. Tell me for each: who sent it and from which address, number, date, amount with currency, due when, paid or not as far as the mail shows, and where the file is. Take no amount and no account number from memory.
4. Warn me where something does not fit: another bank account than before, an address that only looks like the usual one, pressure to pay now. Pay nothing and open no link.

${GROUND_RULES}`,
});
