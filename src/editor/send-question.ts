import { window } from 'vscode';
import type { Params } from '../broker/protocol.ts';
import { visible } from '../shared/visible.ts';

/** How much of the text the question shows, in characters: what fits on a screen. */
const SHOWN_LENGTH = 1200;

/**
 * Asks the person, in a modal that no model can answer, whether a message may go out.
 *
 * @returns whether the person pressed Send
 */
export async function askToSend(from: string, { to, subject, text, leftOut }: Params<'confirmSend'>): Promise<boolean> {
  const hidden = Math.max(0, text.length - SHOWN_LENGTH) + leftOut;
  const detail = [
    `From: ${from}`,
    `To: ${to.map(visible).join(', ')}`,
    `Subject: ${visible(subject) || '(none)'}`,
    '',
    text.slice(0, SHOWN_LENGTH).split('\n').map(visible).join('\n'),
    ...(hidden > 0 ? [`… and ${hidden} more characters`] : []),
  ].join('\n');
  const answer = await window.showWarningMessage('Send this e-mail?', { modal: true, detail }, 'Send');
  return answer === 'Send';
}
