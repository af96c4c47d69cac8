import type { UnsubscribeLetter } from '../../organise/unsubscribe/mailto.ts';
import type { CallContext } from '../call/call-context.ts';
import { receiverOf } from './sender.ts';
import { sendLetter } from './write.ts';

/**
 * Sends the message that unsubscribes from a list, from the address that its mail comes to, once the person has seen
 * it: in every mode, whatever else goes without a question.
 *
 * @param id of the message that names the list
 * @param notes what the person reads first
 * @throws Problem
 */
export async function sendUnsubscribeLetter(
  id: string,
  { to, subject, body }: UnsubscribeLetter,
  notes: readonly string[],
  context: CallContext,
): Promise<{ messageId: string }> {
  // Organising mail does not include sending it.
  await context.credentials.assertAllows('send');
  const box = await context.mailbox();
  const [message, sendAs] = [await box.answered(id, { all: false }), await context.outbox().sendAs()];
  const from = receiverOf(message, sendAs);
  return sendLetter({ to, subject, body, from, signature: false }, context, { notes });
}
