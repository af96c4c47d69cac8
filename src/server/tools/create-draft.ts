import * as z from 'zod';
import { defineTool } from '../call/tool.ts';
import { LETTER_FIELDS } from '../writing/letter-arguments.ts';

/** The same arguments as for sending, without their descriptions: a model reads them there. */
const undescribed = Object.fromEntries(
  Object.entries(LETTER_FIELDS).map(([name, field]) => [name, field]),
) as typeof LETTER_FIELDS;

export const createDraft = defineTool({
  name: 'gmail_create_draft',
  title: 'Save an email draft',
  description: 'Saves an email as a draft; draft_id changes one. Arguments as in gmail_send_email; none is required.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'draft',
  errorsAsJson: false,
  keepsBlanks: true,
  input: z.object(undescribed),
  run: async (args, context) => {
    const { saveLetter } = await import('../writing/write.ts');
    const { id, messageId, threadId } = await saveLetter(args, context);
    return JSON.stringify({ draft_id: id, message_id: messageId, thread_id: threadId });
  },
});
