import { type Clock, systemClock } from '../../shared/clock.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { type Verdict, withVerdict } from './authentication-results.ts';
import { fileArriving } from './run-filters.ts';

/** How a message comes in; each with a usual value. */
interface Arrival {
  /** What Gmail gives it before the filters run; INBOX and UNREAD where absent. */
  labelIds?: readonly string[];
  /** Milliseconds since the epoch; now where absent. */
  at?: number;
  /** The thread that it joins; one of its own where absent. */
  threadId?: string;
  /** What Gmail found of each DKIM signature; pass where absent. */
  dkim?: Verdict;
}

/**
 * Lets mail arrive from outside as Gmail does: its verdict on the signatures stands above the headers of the sender, and
 * the filters of the mailbox have run before anybody sees the message.
 */
export async function arrive(
  store: MailStore,
  raw: Buffer,
  { labelIds = ['INBOX', 'UNREAD'], at, threadId, dkim }: Arrival = {},
  clock: Clock = systemClock,
): Promise<StoredMessage> {
  const place = { labelIds, internalDate: at ?? clock.now(), ...(threadId === undefined ? {} : { threadId }) };
  return store.add(await withVerdict(raw, dkim), place, (message) => fileArriving(store, message, clock));
}
