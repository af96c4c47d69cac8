import { maskLine, maskSecrets } from '../gmail/masking.ts';
import type { ReadMessage } from '../gmail/messages.ts';
import type { Privacy } from '../shared/privacy.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';

/**
 * A message for the tools of the original contract. With credentials from arguments it stays as it is: the caller holds
 * the token and could read it anyway, and the contract promises the whole text.
 */
export function withoutCodes(message: ReadMessage, source: CredentialSource, { showsCodes }: Privacy): ReadMessage {
  if (showsCodes || source === 'arguments') return message;
  const { from, snippet } = message;
  const { subject, text } = maskSecrets({ from, subject: message.subject, text: message.text });
  return { ...message, subject, text, snippet: maskLine(snippet, `${from} ${message.subject}`).text };
}
