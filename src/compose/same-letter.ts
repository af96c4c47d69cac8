import { parseMessageFile } from '../mail/mime/message-file.ts';
import { type DraftContent, draftContent } from './draft-content.ts';
import { keyOf } from './email-address.ts';
import { htmlAsWritten } from './html/html-as-written.ts';

/** What of a message counts for whether it is another. */
type Content = Pick<DraftContent, 'to' | 'cc' | 'bcc' | 'subject' | 'body' | 'files'>;

/**
 * Whether what was sent is what was agreed to: nobody else gets it, and subject, words and number of files are the same.
 * Gmail need not keep Bcc in the copy of the sender, and organisations have a footer added below the words.
 */
function isSameLetter(sent: Content, agreed: Content): boolean {
  const begins = (one: string, other: string) => words(one).startsWith(words(other));
  return (
    isWithin(sent, agreed, ['to', 'cc', 'bcc']) &&
    isWithin(agreed, sent, ['to', 'cc']) &&
    words(sent.subject) === words(agreed.subject) &&
    begins(sent.body.text, agreed.body.text) &&
    begins(htmlAsWritten(sent.body.html ?? ''), htmlAsWritten(agreed.body.html ?? '')) &&
    sent.files.length === agreed.files.length
  );
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The same of two whole messages (RFC 5322). */
export async function isSameMail(sent: Buffer, agreed: Buffer): Promise<boolean> {
  const [present, expected] = await Promise.all([parseMessageFile(sent), parseMessageFile(agreed)]);
  return isSameLetter(draftContent(present), draftContent(expected));
}

function isWithin(one: Content, other: Content, lists: readonly ('to' | 'cc' | 'bcc')[]): boolean {
  return lists.every((list) => {
    const known = new Set(other[list].map(({ address }) => keyOf(address)));
    return one[list].every(({ address }) => known.has(keyOf(address)));
  });
}
