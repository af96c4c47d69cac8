import type { MailStore, StoredMessage } from './mail-store.ts';

/**
 * Whether a message threads for those who get it: it answers another message of its thread by In-Reply-To or
 * References, and has its subject (https://developers.google.com/workspace/gmail/api/guides/threads). In the mailbox of
 * its sender the thread id alone is enough.
 */
export function threadsForRecipients(store: MailStore, message: StoredMessage): boolean {
  const references = `${message.header('in-reply-to')} ${message.header('references')}`;
  return store
    .thread(message.threadId)
    .some(
      (other) =>
        other.id !== message.id &&
        other.header('message-id') !== '' &&
        references.includes(other.header('message-id')) &&
        bareSubject(other.header('subject')) === bareSubject(message.header('subject')),
    );
}

const bareSubject = (subject: string) => subject.replace(/^((re|fwd?|aw|sv):\s*)+/i, '').trim();
