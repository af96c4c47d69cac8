import type { Outgoing } from '../gmail/compose.ts';
import { Problem } from '../shared/problems.ts';

/** Decides whether a message may go out. Throws a Problem where it may not; then nothing has been sent. */
export interface SendApproval {
  assertApproved(message: Outgoing, signal: AbortSignal): Promise<void>;
}

/** How a person answered a question, as in MCP elicitation. */
export type Answer = 'accept' | 'decline' | 'unanswered';

/** Asks the person at the client. Undefined where the client has no elicitation. */
export type AskPerson = ((question: string, signal: AbortSignal) => Promise<Answer>) | undefined;

/** The caller handed over the token for this very call, so the call is the approval. */
export const approvedByCaller: SendApproval = { assertApproved: async () => undefined };

/** Asks by elicitation; refuses where the client has none. */
export function approvedByElicitation(ask: AskPerson): SendApproval {
  return {
    assertApproved: async (message, signal) => {
      if (!ask) throw Problem.of('send_needs_approval', {});
      const answer = await ask(describe(message), signal);
      if (answer === 'unanswered') throw Problem.of('send_unanswered', {});
      if (answer === 'decline') throw Problem.of('send_declined', {});
    },
  };
}

/** How much of the text the question shows, in characters; a person scans it before agreeing. */
const SHOWN_TEXT = 1500;

function describe({ to, subject, text }: Outgoing): string {
  const recipients = to.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  const shown =
    text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}… (${text.length - SHOWN_TEXT} more characters)` : text;
  return `Send this e-mail?\n\nTo: ${recipients}\nSubject: ${subject || '(none)'}\n\n${shown}`;
}
