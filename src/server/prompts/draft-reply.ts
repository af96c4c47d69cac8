import * as z from 'zod';
import { completedId, definePrompt, GROUND_RULES, named, ownWords } from './prompt.ts';

export const draftReply = definePrompt({
  name: 'draft_reply',
  title: 'Draft a reply',
  description: 'Writes an answer to a message or a thread for you to look over. Nothing is sent.',
  input: z
    .strictObject({
      thread_id: completedId('Thread id (this or message_id is needed)').optional(),
      message_id: completedId('Message id (it goes before thread_id)').optional(),
      intent: ownWords('What the answer shall say').optional(),
    })
    .refine(({ thread_id, message_id }) => thread_id !== undefined || message_id !== undefined, {
      path: ['thread_id'],
    }),
  write: ({ thread_id, message_id, intent }) => {
    const task =
      message_id === undefined
        ? `what others wrote last in a conversation in my Gmail: ${named('thread_id', thread_id ?? '')}`
        : `a message in my Gmail: ${named('message_id', message_id)}`;
    const reading =
      message_id === undefined
        ? 'Read the conversation with gmail_read_thread, to its end: go on with the cursor as long as there is one.'
        : 'Read it with gmail_read_email, and what went before it with gmail_read_thread (its first line names the thread).';
    return `Draft an answer to ${task}.
${intent === undefined ? '' : `\nWhat I want to say: ${intent}\n`}
1. ${reading}
2. Write in the language and the tone of the conversation, as briefly as it allows. Answer every question that was put to me. ${intent === undefined ? 'Ask me about' : 'Keep to what I want to say; ask me about'} whatever you would have to make up, such as dates, prices or promises.
3. Show me the draft here with its recipients and subject, say which of them were not in the conversation before, and ask me what to change. Only when I have agreed, save it as a draft, if you have a tool for drafts; send it only if I ask for that.

${GROUND_RULES}`;
  },
});
