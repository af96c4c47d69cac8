import * as z from 'zod';
import { opaqueId } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

export const unsubscribe = defineTool({
  name: 'gmail_unsubscribe',
  title: 'Unsubscribing from email',
  description:
    'Unsubscribes from the newsletter or mailing list of an email message, as its headers offer, after a person ' +
    'confirms. No links are opened.',
  // Of the answer of the list's host its result holds the status alone, so an editor need not have it reviewed as well.
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'organise',
  errorsAsJson: false,
  input: () => z.object({ message_id: opaqueId('Message id') }),
  run: async ({ message_id: id }, context) => {
    const [{ unsubscribe: ask }, { sendUnsubscribeLetter }] = await Promise.all([
      import('../../organise/unsubscribe/unsubscribe.ts'),
      import('../writing/unsubscribe-letter.ts'),
    ]);
    const { changes, credentials, organiser, signal, tally } = context;
    const said = await ask(id, {
      organiser: organiser(),
      rules: changes,
      sendLetter: (letter, notes) => sendUnsubscribeLetter(id, letter, notes, context),
      assertStillAllowed: () => credentials.assertAllows('organise'),
      signal,
    });
    // The letter, where there was one, has noted itself.
    if (!tally.done) tally.did('unsubscribed', 1, { messageId: id });
    return said;
  },
});
