import { window } from 'vscode';
import type { Params } from '../broker/protocol.ts';

/** How much of the text the question shows, in characters: what fits on a screen. */
const SHOWN_LENGTH = 1200;

/** Control, bidirectional and invisible characters, which could make the question read other than it is. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

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

function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    if (character === '\t' || character === '\r') return ' ';
    return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
