import * as z from 'zod';
import { UNTRUSTED_NOTICE } from '../../result/boundary.ts';
import { CHUNK_LENGTH } from '../../shared/limits/longest.ts';
import { Problem } from '../../shared/problems.ts';
import { opaqueId } from '../call/fields.ts';
import { masksCodes } from '../call/original-contract.ts';
import { defineTool } from '../call/tool.ts';

export const getEmailBodyChunk = defineTool({
  name: 'gmail_get_email_body_chunk',
  title: 'Email text reading',
  description:
    `Reads on in an email: up to ${CHUNK_LENGTH} characters of its text from offset, as JSON. The next offset is offset + ` +
    'chunk_size; contains_full_body says that nothing follows. Needs message_id or thread_id.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  readsText: true,
  errorsAsJson: true,
  input: () =>
    z.object({
      message_id: opaqueId('Id of the message').optional(),
      thread_id: opaqueId('Id of a thread, for its first message; message_id goes before it').optional(),
      offset: z.int().min(0).default(0).describe('Where to begin, a whole number of characters from 0 (default 0)'),
    }),
  run: async ({ message_id, thread_id, offset }, { source, mailbox, tally }) => {
    const box = await mailbox();
    const id = message_id ?? (thread_id ? (await box.thread(thread_id))[0]?.id : undefined);
    if (!id) throw Problem.of('argument_missing', { argument: 'message_id', expected: 'message_id or thread_id' });
    const { body, ...message } = await box.original(id, { masks: masksCodes(source, box.privacy), offset });
    tally.did('read', 1, { messageId: message.id });
    return JSON.stringify({
      untrusted: UNTRUSTED_NOTICE,
      message_id: message.id,
      thread_id: message.threadId,
      body: body.text,
      body_size_bytes: message.bodySize,
      ...(message.hidden > 0 ? { hidden_characters_removed: message.hidden } : {}),
      offset,
      chunk_size: body.length,
      contains_full_body: body.isLast,
      status: 'success',
    });
  },
});
