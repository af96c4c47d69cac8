import type { Outgoing } from '../../mail/compose/compose.ts';
import { formatAddress } from '../../mail/compose/recipients.ts';
import { Problem } from '../../shared/problems.ts';
import { excerpts, visible } from '../../shared/visible.ts';

/** How a person answered a question; 'unable' where the client could not put it. */
export type Answer = 'accept' | 'decline' | 'unanswered' | 'unable';

/** Asks the person at the client, by MCP elicitation. Undefined where the client has none. */
export type AskPerson = ((question: string, signal: AbortSignal) => Promise<Answer>) | undefined;

const REFUSAL = {
  decline: 'send_declined',
  unanswered: 'send_unanswered',
  unable: 'send_needs_approval',
} as const;

/** Returns only where the person at the client has agreed to the message; throws a Problem otherwise. */
export async function assertPersonAgrees(ask: AskPerson, message: Outgoing, signal: AbortSignal): Promise<void> {
  const answer = ask ? await ask(await describe(message), signal) : 'unable';
  if (answer !== 'accept') throw Problem.of(REFUSAL[answer], {});
}

/** How much of each text the question shows, in characters; a person scans it before agreeing. */
const SCANNED_LENGTH = 1000;

async function describe(message: Outgoing): Promise<string> {
  const { approvalParts } = await import('../../mail/compose/compose.ts');
  const recipients = message.to.map((mailbox) => `To: ${visible(formatAddress(mailbox))}`);
  const subject = `Subject: ${visible(message.subject) || '(none)'}`;
  const text = excerpts(approvalParts(message), SCANNED_LENGTH);
  return ['Send this e-mail?', '', ...recipients, subject, '', text].join('\n');
}
