import { window } from 'vscode';
import type { Params } from '../../broker/protocol.ts';
import { excerpts, visible } from '../../shared/visible.ts';

/** How much of each text the question shows, in characters: what fits on a screen. */
const SHOWN_LENGTH = 900;

/**
 * Asks the person, in a modal that no model can answer, whether a message may go out.
 *
 * @returns whether the person pressed Send
 */
export async function askToSend(from: string, { to, subject, parts }: Params<'confirmSend'>): Promise<boolean> {
  const recipients = to.map((recipient) => `To: ${visible(recipient)}`);
  const detail = [
    `From: ${from}`,
    ...recipients,
    `Subject: ${visible(subject) || '(none)'}`,
    '',
    excerpts(parts, SHOWN_LENGTH),
  ].join('\n');
  const answer = await window.showWarningMessage('Send this e-mail?', { modal: true, detail }, 'Send');
  return answer === 'Send';
}
