import { randomUUID } from 'node:crypto';
import { type MimeNode, Splitter } from '@zone-eu/mailsplit';
import addressparser from 'nodemailer/lib/addressparser';
import type { Clock } from '../../shared/clock.ts';
import { fileArriving } from '../arrival/run-filters.ts';
import { invalidArgument } from '../google-error.ts';
import type { MailStore, StoredMessage } from './mail-store.ts';
import { parseMime, SPLITTER_OPTIONS } from './mime-tree.ts';
import { recipientsOf } from './recipients.ts';
import { usableSendAs } from './send-as.ts';

/**
 * Sends a message as Gmail does: From, Date and a Message-ID of its own are put in, the copy is filed under Sent, and
 * mail to oneself also arrives in the inbox, past the filters.
 *
 * @param threadId joined as it is: whether the recipients' programs thread the message is another question
 * @throws GoogleError 400 for recipients that are none
 */
export async function deliver(store: MailStore, raw: Buffer, clock: Clock, threadId?: string): Promise<StoredMessage> {
  const { stamped, recipients } = await prepare(store, raw, clock);
  if (recipients.length === 0) throw invalidArgument('Recipient address required');
  const at = { internalDate: clock.now(), ...(threadId === undefined ? {} : { threadId }) };
  if (!recipients.includes(store.address.toLowerCase())) return store.add(stamped, { labelIds: ['SENT'], ...at });
  return store.add(stamped, { labelIds: ['SENT', 'INBOX', 'UNREAD'], ...at }, (message) =>
    fileArriving(store, message, clock),
  );
}

/**
 * What Gmail keeps of a message that somebody writes, sent or not.
 *
 * @throws GoogleError 400 where a header for recipients holds what is no address
 */
export async function prepare(
  store: MailStore,
  raw: Buffer,
  clock: Clock,
): Promise<{ stamped: Buffer; recipients: string[] }> {
  const recipients = recipientsOf(await parseMime(raw));
  const splitter = new Splitter(SPLITTER_OPTIONS);
  splitter.end(raw);
  const chunks: Buffer[] = [];
  for await (const event of splitter) {
    if (event.type !== 'node') chunks.push(event.value);
    else chunks.push(event.root ? stampHeaders(event, store, clock) : event.getHeaders());
  }
  return { stamped: Buffer.concat(chunks), recipients };
}

function stampHeaders(node: MimeNode, { address, sendAs }: MailStore, clock: Clock): Buffer {
  const { headers } = node;
  if (!headers) return node.getHeaders();
  const from = addressparser(headers.getFirst('from'), { flatten: true });
  // Whatever else stands there gives way to the default address, without a word.
  if (from.length !== 1 || !usableSendAs(sendAs, from[0]?.address ?? '')) {
    headers.remove('from');
    headers.add('From', sendAs.find(({ isDefault }) => isDefault)?.sendAsEmail ?? address);
  }
  if (!headers.hasHeader('date')) headers.add('Date', new Date(clock.now()).toUTCString());
  headers.remove('message-id');
  headers.add('Message-ID', `<${randomUUID()}@mail.gmail.com>`);
  return headers.build();
}
