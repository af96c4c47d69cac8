import { randomUUID } from 'node:crypto';
import { type MimeNode, Splitter } from '@zone-eu/mailsplit';
import type { Clock } from '../../shared/clock.ts';
import { invalidArgument } from '../google-error.ts';
import type { MailStore, StoredMessage } from './mail-store.ts';
import { headerOf, type MimeTree, parseMime, SPLITTER_OPTIONS } from './mime-tree.ts';

/**
 * Sends a message as Gmail does: From, Date and a Message-ID of its own are put in, the copy is filed under Sent, and
 * mail to oneself also arrives in the inbox.
 *
 * @param threadId joined only where the message also answers one of its messages and has its subject
 */
export async function deliver(store: MailStore, raw: Buffer, clock: Clock, threadId?: string): Promise<StoredMessage> {
  const sent = await stamp(raw, store.address, clock);
  const tree = await parseMime(sent);
  const recipients = ['to', 'cc', 'bcc'].map((name) => headerOf(tree, name)).join(', ');
  const addresses: string[] = recipients.toLowerCase().match(/[^\s@<>,;"]+@[^\s@<>,;"]+/g) ?? [];
  if (addresses.length === 0) throw invalidArgument('Recipient address required');
  return store.add(sent, {
    labelIds: addresses.includes(store.address) ? ['SENT', 'INBOX', 'UNREAD'] : ['SENT'],
    internalDate: clock.now(),
    ...(threadId && answers(store, tree, threadId) ? { threadId } : {}),
  });
}

/** Gmail's conditions for joining a thread (https://developers.google.com/workspace/gmail/api/guides/threads). */
function answers(store: MailStore, sent: MimeTree, threadId: string): boolean {
  const references = `${headerOf(sent, 'in-reply-to')} ${headerOf(sent, 'references')}`;
  return store
    .thread(threadId)
    .some(
      (message) =>
        references.includes(message.header('message-id')) &&
        bareSubject(message.header('subject')) === bareSubject(headerOf(sent, 'subject')),
    );
}

const bareSubject = (subject: string) => subject.replace(/^((re|fwd?|aw|sv):\s*)+/i, '').trim();

async function stamp(raw: Buffer, from: string, clock: Clock): Promise<Buffer> {
  const splitter = new Splitter(SPLITTER_OPTIONS);
  splitter.end(raw);
  const chunks: Buffer[] = [];
  for await (const event of splitter) {
    if (event.type !== 'node') chunks.push(event.value);
    else chunks.push(event.root ? stampHeaders(event, from, clock) : event.getHeaders());
  }
  return Buffer.concat(chunks);
}

function stampHeaders(node: MimeNode, from: string, clock: Clock): Buffer {
  const { headers } = node;
  if (!headers) return node.getHeaders();
  if (!headers.hasHeader('from')) headers.add('From', from);
  if (!headers.hasHeader('date')) headers.add('Date', new Date(clock.now()).toUTCString());
  headers.remove('message-id');
  headers.add('Message-ID', `<${randomUUID()}@mail.gmail.com>`);
  return headers.build();
}
