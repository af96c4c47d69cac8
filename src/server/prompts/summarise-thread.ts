import * as z from 'zod';
import { completedId, definePrompt, GROUND_RULES, named } from './prompt.ts';

export const summariseThread = definePrompt({
  name: 'summarise_thread',
  title: 'Summarise a thread',
  description: 'Tells what a conversation came to: decisions, open questions, and what waits for whom.',
  input: z.strictObject({ thread_id: completedId('Thread id') }),
  write: ({ thread_id }) => `Summarise a conversation in my Gmail: ${named('thread_id', thread_id)}.

1. Read it with gmail_read_thread, all of it: go on with the cursor as long as there is one. Where a file matters, look into it with gmail_get_attachment.
2. Tell me in a few sentences what it is about and where it stands now.
3. Then list what was decided, what is still open, and who owes what by when. Quote the few words on which each rests. Where a later message takes back an earlier one, the later counts.

${GROUND_RULES}`,
});
