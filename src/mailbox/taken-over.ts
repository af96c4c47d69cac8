import type { EmailAddress } from '../compose/email-address.ts';
import type { AnsweredMessage } from '../gmail/messages/answered-message.ts';
import { maskNames, maskSecrets } from '../masking/mask.ts';
import type { CallMailbox } from './call-mailbox.ts';

/**
 * The subject of a message as results show it, with codes masked: an answer or a forward takes it over, and carries no
 * more than its writer was shown. A message whose text cannot be read is judged by its subject and sender.
 */
export async function shownSubject(box: CallMailbox, { id, from, subject }: AnsweredMessage): Promise<string> {
  if (box.privacy.showsCodes) return subject;
  const [outcome] = await box.messages([id], { fresh: false });
  if (!outcome?.data) return maskSecrets({ from, subject, text: '' }).subject;
  return outcome.data.masked > 0 ? outcome.data.subject : subject;
}

/** People whom an answer goes to. A stranger chose their names; one that holds a code is left out, its address stays. */
export function withoutCodes(
  box: CallMailbox,
  people: readonly EmailAddress[],
  { from, subject }: AnsweredMessage,
): EmailAddress[] {
  if (box.privacy.showsCodes) return [...people];
  return people.map(({ name, address }) => {
    const isMasked = maskNames(name, `${from} ${subject}`) !== name;
    return { name: isMasked ? '' : name, address };
  });
}
