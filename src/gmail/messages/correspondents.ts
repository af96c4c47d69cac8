import { addressesOf } from '../../compose/address-list.ts';
import { type EmailAddress, keyOf, ownKeyOf, posesAsOther } from '../../compose/email-address.ts';
import { cleanLine } from '../../shared/invisible.ts';
import type { GmailConnection } from '../connection/connection.ts';
import type { HiddenMessages } from './hidden.ts';
import { listIds, loadHeads, type MailHead, sentTo } from './mail-heads.ts';

/** Somebody whom the user writes to, or who writes to the user. */
export interface Correspondent extends EmailAddress {
  /** How many of the messages that were looked at went there, and when the last one did. */
  written: Times;
  /** The same of those that came from there. */
  received: Times;
}

interface Times {
  count: number;
  /** Milliseconds since the epoch; 0 where there is none. */
  last: number;
}

export interface CorrespondentsRequest {
  /** A name, or a part of a name or of an address. */
  name: string;
  hidden: HiddenMessages;
  /** A display name as it may be shown, by the thread it comes from and what else is known of its mail. */
  showName(entry: EmailAddress, mail: { threadId: string; context: string }): string;
  /** Hears of the messages whose names are shown, before they are. */
  beforeNames(heads: readonly MailHead[]): Promise<void>;
}

/** How many messages are looked at: of those sent to the name, of those from it, and for what else was sent there. */
const [MOST_SENT, MOST_RECEIVED, MOST_CHECKED] = [25, 17, 8];

/** All of them together. */
export const MOST_LOOKED_AT = MOST_SENT + MOST_RECEIVED + MOST_CHECKED;

const MOST_WORDS = 8;

/**
 * The addresses that a name stands for in the headers of the user's mail, those that the user has written to first.
 * What is hidden is not looked at. It takes at most five requests, and three more where mail is hidden.
 *
 * @returns none where nobody fits, or the name has no letter and no digit
 */
export async function findCorrespondents(
  gmail: GmailConnection,
  request: CorrespondentsRequest,
  signal: AbortSignal,
): Promise<Correspondent[]> {
  const words = request.name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}@._'’+-]*/gu)?.slice(0, MOST_WORDS) ?? [];
  if (words.length === 0) return [];
  const load = async (searches: { q: string; limit: number }[]) => {
    const visible = await visibleHeads(gmail, searches, request.hidden, signal);
    await request.beforeNames(visible);
    return visible;
  };
  const heads = await load([
    { q: `in:sent ${words.map((word) => `(${sentTo(word)})`).join(' ')}`, limit: MOST_SENT },
    { q: `-in:sent -in:drafts ${words.map((word) => `from:"${word}"`).join(' ')}`, limit: MOST_RECEIVED },
  ]);
  const found = tally(heads, words, request);
  // Somebody may have been written to by another name, or by none.
  const open = found.filter(({ written }) => written.count === 0).slice(0, MOST_CHECKED);
  if (open.length === 0) return found;
  const more = await load(open.map(({ address }) => ({ q: sentTo(address), limit: 1 })));
  const known = new Set(heads.map(({ id }) => id));
  return tally([...heads, ...more.filter(({ id }) => !known.has(id))], words, request);
}

async function visibleHeads(
  gmail: GmailConnection,
  searches: readonly { q: string; limit: number }[],
  hidden: HiddenMessages,
  signal: AbortSignal,
): Promise<MailHead[]> {
  const allowed: { q: string; limit: number }[] = [];
  for (const { q, limit } of searches) allowed.push({ q: await hidden.exclude(gmail, q, signal), limit });
  const lists = await listIds(gmail, allowed, signal);
  const heads = await loadHeads(gmail, [...new Set(lists.flat())], signal);
  const visible = await hidden.visible(gmail, heads, signal);
  return heads.filter(({ id }) => visible.has(id));
}

/** Counts the addresses that fit, by what is shown of them alone: what is masked in a name finds nobody. */
function tally(
  heads: readonly MailHead[],
  words: readonly string[],
  { showName }: Pick<CorrespondentsRequest, 'showName'>,
): Correspondent[] {
  const own = new Set(
    heads
      .filter(({ isSent }) => isSent)
      .flatMap(({ from }) => addressesOf(from).map((entry) => ownKeyOf(entry.address))),
  );
  const byKey = new Map<string, Correspondent>();
  // The names that the user wrote go before those that strangers gave themselves, new ones before old ones.
  const sorted = heads.toSorted((a, b) => Number(b.isSent) - Number(a.isSent) || b.date - a.date);
  for (const { threadId, isSent, date, from, recipients, subject } of sorted) {
    const entries = (isSent ? recipients.flatMap(addressesOf) : authorOf(from)).filter(
      ({ address }) => !own.has(ownKeyOf(address)),
    );
    for (const [key, entry] of new Map(entries.map((each) => [keyOf(each.address), each]))) {
      const mail = { threadId, context: `${from} ${subject}` };
      const name = shownName(entry, (cleaned) => showName(cleaned, mail));
      const one = byKey.get(key) ?? { name: '', address: entry.address, written: NEVER, received: NEVER };
      const kind = isSent ? 'written' : 'received';
      const { count, last } = one[kind];
      byKey.set(key, { ...one, name: one.name || name, [kind]: { count: count + 1, last: Math.max(last, date) } });
    }
  }
  return [...byKey.values()]
    .filter((one) => words.every((word) => folded(`${one.name} ${one.address}`).includes(folded(word))))
    .sort((a, b) => b.written.count - a.written.count || b.received.count - a.received.count);
}

/**
 * The one author of a mail. Gmail has decoded the names of the header, so that a stranger's may hold brackets and commas
 * now which make another address of it: what is not clearly one address at the end is none.
 */
function authorOf(from: string): EmailAddress[] {
  const header = from.trim();
  const found = addressesOf(header);
  return found.length === 1 ? found.filter(({ address }) => header === address || header.endsWith(`<${address}>`)) : [];
}

const NEVER: Times = { count: 0, last: 0 };

/** A name that poses as another address is none. */
function shownName(entry: EmailAddress, show: (cleaned: EmailAddress) => string): string {
  const cleaned = { ...entry, name: cleanLine(entry.name) };
  return posesAsOther(cleaned) || cleaned.name === entry.address ? '' : show(cleaned);
}

/** Without accents and letter case, as people type names. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
