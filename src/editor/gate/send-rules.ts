import { domainToASCII } from 'node:url';
import type { SendQuestion } from '../../broker/send-question.ts';
import { Problem } from '../../shared/problems.ts';
import type { SendingPolicy } from './sending-policy.ts';

/**
 * Whether a person must answer before the message leaves. A file, a one-time code and answers to another domain always
 * need one, and so does a draft with files of this computer.
 */
export async function needsAnswer(question: SendQuestion, policy: Pick<SendingPolicy, 'asks'>): Promise<boolean> {
  const asks = await policy.asks();
  if (asks === 'always' || question.asksAlways || question.kind === 'draft') return true;
  if (asks === 'never') return false;
  return [...question.to, ...question.cc, ...question.bcc].some(({ isKnown }) => isKnown !== true);
}

/**
 * Refuses recipients that the administrator has not allowed, before anybody is asked.
 *
 * @param allowed addresses, or domains with or without a leading @; everybody where there are none
 * @throws Problem `recipient_not_allowed`
 */
export function assertRecipientsAllowed({ to, cc, bcc }: SendQuestion, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const entries = new Set(allowed.map((entry) => toAscii(entry.replace(/^@/, ''))));
  for (const { address } of [...to, ...cc, ...bcc]) {
    const whole = toAscii(address);
    const domain = whole.slice(whole.lastIndexOf('@') + 1);
    if (!entries.has(whole) && !entries.has(domain)) throw Problem.of('recipient_not_allowed', { address });
  }
}

function toAscii(entry: string): string {
  const at = entry.lastIndexOf('@');
  return `${entry.slice(0, at + 1).toLowerCase()}${domainToASCII(entry.slice(at + 1)).toLowerCase()}`;
}
