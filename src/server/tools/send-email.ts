import * as z from 'zod';
import { defineTool } from '../call/tool.ts';
import { BLANK_FIELDS, letterFields } from '../writing/letter-arguments.ts';

export const sendEmail = defineTool({
  name: 'gmail_send_email',
  title: 'Email sending',
  description:
    'Sends an email, a reply in its thread, a forwarded message or a draft, once, after a person confirms. ' +
    'A reply needs reply_to_message_id and body. In a draft, "" or [] removes.',
  // Its result holds ids alone, nothing from outside, so an editor need not have the result reviewed as well.
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'send',
  errorsAsJson: true,
  keepsBlanks: BLANK_FIELDS,
  input: () => z.object(letterFields()),
  run: async (args, context) => {
    const { sendLetter } = await import('../writing/write.ts');
    return JSON.stringify(await sendLetter(args, context));
  },
});
