import * as z from 'zod';
import { defineTool } from '../call/tool.ts';
import { BLANK_FIELDS, letterFields } from '../writing/letter-arguments.ts';

export const createDraft = defineTool({
  name: 'gmail_create_draft',
  title: 'Email draft saving',
  description: 'Saves an email as a draft; draft_id changes one. Arguments as in gmail_send_email; none is required.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'draft',
  errorsAsJson: false,
  keepsBlanks: BLANK_FIELDS,
  describesArguments: false,
  input: () => z.object(letterFields()),
  run: async (args, context) => {
    const { saveLetter } = await import('../writing/write.ts');
    const { id, messageId, threadId } = await saveLetter(args, context);
    return JSON.stringify({ draft_id: id, message_id: messageId, thread_id: threadId });
  },
});
