import { addressesOf } from '../../compose/address-list.ts';
import { keyOf } from '../../compose/email-address.ts';
import type { GmailConnection } from '../connection/connection.ts';
import { listIds, loadHeads, type MailHead, sentTo } from './mail-heads.ts';

export interface KnownRequest {
  addresses: readonly string[];
  /** Messages that make nobody known: an agent may have written them. */
  except: readonly string[];
  /** Only what was sent before counts, in milliseconds since the epoch. */
  before: number;
}

/** Messages that make an address known. */
const ENOUGH = 2;
/** How many are read for each address: a search also finds addresses that hold this one. */
const MOST_READ = 6;
/** As long as a page of a list can be, so that what does not count leaves others to be read. */
const MOST_LISTED = 500;

/**
 * Those of the addresses that stand in To, Cc or Bcc of at least two sent messages. A search only says where to look:
 * it finds words, so the headers decide. One request for each 25 addresses, and one for each 25 messages.
 */
export async function knownRecipients(
  gmail: GmailConnection,
  { addresses, except, before }: KnownRequest,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const searches = addresses.map((address) => ({
    q: `${sentTo(address)} before:${Math.floor(before / 1000)}`,
    limit: MOST_LISTED,
  }));
  const notCounted = new Set(except);
  const lists = await listIds(gmail, searches, signal);
  const ids = lists.flatMap((list) => list.filter((id) => !notCounted.has(id)).slice(0, MOST_READ));
  const heads = await loadHeads(gmail, [...new Set(ids)], signal);
  const sent = heads.filter(({ isSent, date }) => isSent && date > 0 && date < before).map(keysOf);
  return new Set(addresses.filter((address) => sent.filter((keys) => keys.has(keyOf(address))).length >= ENOUGH));
}

const keysOf = ({ recipients }: MailHead): ReadonlySet<string> =>
  new Set(recipients.flatMap(addressesOf).map(({ address }) => keyOf(address)));
