import * as z from 'zod';
import { text } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

export const sendEmail = defineTool({
  name: 'gmail_send_email',
  title: 'Send a Gmail message',
  description:
    'Sends an e-mail from the account, once. Where the account is known to the server, a person confirms it first. ' +
    'After an error that says it is unknown whether it was sent, look in Sent before trying again.',
  // Its result holds ids alone, nothing from outside, so an editor need not have the result reviewed as well.
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'send',
  errorsAsJson: true,
  input: z.object({
    to: text('Recipients: name@example.com or Name <name@example.com>, with commas between them', 100_000),
    subject: text('Subject, on one line', 20_000),
    body: text('The message as plain text', 20_000_000),
    html_body: text('The same message as HTML, where formatting matters', 20_000_000).optional(),
  }),
  run: async ({ to, subject, body, html_body }, { credentials, mailbox }) => {
    const { checkDraft, composeMime } = await import('../../mail/compose/compose.ts');
    const outgoing = checkDraft({ to, subject, body, htmlBody: html_body });
    const mime = await composeMime(outgoing);
    await credentials.assertApproved(outgoing);
    const box = await mailbox();
    return JSON.stringify(await box.send(mime, outgoing.subject));
  },
});
