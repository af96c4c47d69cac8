import parseAddresses from 'email-addresses';
import { LONGEST_ADDRESS } from '../shared/limits/longest.ts';
import { Problem } from '../shared/problems.ts';
import {
  asciiDomain,
  assertVisible,
  type EmailAddress,
  isPlainAddress,
  LONGEST_NAME,
  mailboxKeyOf,
  posesAsOther,
} from './email-address.ts';

/** Control characters but the tab, and Unicode line separators: none belongs into a header (RFC 5322, section 2.2). */
export const LINE_BREAKING = /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u;

/** Gmail takes no more in one message (https://support.google.com/a/answer/166852). */
const MOST_RECIPIENTS = 500;

/** The longest list that is parsed, in characters: 500 addresses with their names are about as long. */
const LONGEST_LIST = 40_000;
/**
 * What costs the parser more than its length: it tries what is no entry in many ways. Brackets in one another, comments
 * of the whole list, quotes of one entry, and the length of one entry, in characters.
 */
const MOST = { nesting: 3, comments: 20, quotes: 8, entry: 1_000 } as const;

/** How much of a bad value an error repeats, in characters. */
const QUOTED_LENGTH = 80;

/**
 * Refuses a header value that could end its line and smuggle in further headers.
 *
 * @throws Problem `header_line_break`
 */
export function assertOneLine(argument: string, value: string): void {
  if (LINE_BREAKING.test(value)) throw Problem.of('header_line_break', { argument });
}

/**
 * Reads an address list that the caller wrote (RFC 5322, section 3.4, with UTF-8 as in RFC 6532): addresses with or
 * without a name; a comma behind the last one is passed over. An address that stands there twice in the very same spelling
 * is taken once.
 *
 * @param argument the name of the tool argument, for errors
 * @throws Problem `argument_missing`, `recipient_invalid`, `recipient_unreadable`, `recipient_group`, `recipient_twice`, `recipient_poses`,
 * `recipient_name_long`, `recipient_invisible`, `too_many_recipients` or `header_line_break`
 */
export function parseRecipients(argument: string, list: string): EmailAddress[] {
  if (list.trim() === '') throw Problem.of('argument_missing', { argument, expected: 'at least one e-mail address' });
  assertOneLine(argument, list);
  assertVisible(argument, list);
  if (list.length > LONGEST_LIST) throw Problem.of('recipient_invalid', { argument, got: quote(list) });
  if (!isBearable(list)) throw Problem.of('recipient_unreadable', { argument });
  const entries = parseAddresses({ input: list.replace(/,\s*$/, ''), rfc6532: true, rejectTLD: true })?.addresses ?? [];
  if (entries.length === 0) throw Problem.of('recipient_invalid', { argument, got: quoteCulprit(list) });
  const addresses = entries.map((entry) => {
    if (entry.type === 'group') throw Problem.of('recipient_group', { argument, group: quote(entry.name) });
    return checked(argument, { name: entry.name ?? '', address: entry.address });
  });
  return withoutRepeats(argument, addresses);
}

/**
 * Refuses a message with more recipients than Gmail takes, or one that names a recipient twice in two spellings.
 *
 * @throws Problem `too_many_recipients` or `recipient_twice`
 */
export function assertRecipients(lists: Readonly<Record<'to' | 'cc' | 'bcc', readonly EmailAddress[]>>): void {
  const { to, cc, bcc } = lists;
  const all = Object.entries({ to, cc, bcc }).flatMap(([argument, list]) =>
    list.map((entry) => ({ argument, ...entry })),
  );
  if (all.length > MOST_RECIPIENTS) {
    const [got, limit] = [String(all.length), String(MOST_RECIPIENTS)];
    throw Problem.of('too_many_recipients', { argument: 'to, cc and bcc', got, limit });
  }
  const seen = new Set<string>();
  for (const { argument, address } of all) {
    if (seen.has(mailboxKeyOf(address))) throw Problem.of('recipient_twice', { argument, address });
    seen.add(mailboxKeyOf(address));
  }
}

function checked(argument: string, { name, address }: EmailAddress): EmailAddress {
  if (address.length > LONGEST_ADDRESS || !isPlainAddress(address) || asciiDomain(address) === undefined) {
    throw Problem.of('recipient_invalid', { argument, got: quote(address) });
  }
  if ([...name].length > LONGEST_NAME) {
    throw Problem.of('recipient_name_long', { argument, address, limit: String(LONGEST_NAME) });
  }
  if (posesAsOther({ name, address })) {
    throw Problem.of('recipient_poses', { argument, name: quote(name), address });
  }
  return { name, address };
}

function withoutRepeats(argument: string, addresses: readonly EmailAddress[]): EmailAddress[] {
  const byKey = new Map<string, EmailAddress>();
  for (const entry of addresses) {
    const known = byKey.get(mailboxKeyOf(entry.address));
    if (known && known.address !== entry.address) {
      throw Problem.of('recipient_twice', { argument, address: entry.address });
    }
    byKey.set(mailboxKeyOf(entry.address), known?.name ? known : entry);
  }
  return [...byKey.values()];
}

/** Whether a parser that backtracks can be given a list: what it holds is counted in one pass. */
function isBearable(list: string): boolean {
  let [depth, comments, quotes, length, isQuoted] = [0, 0, 0, 0, false];
  for (let at = 0; at < list.length; at += 1) {
    const character = list[at];
    length += 1;
    if (character === '\\') at += 1;
    else if (character === '"') [isQuoted, quotes] = [!isQuoted, quotes + 1];
    if (character === '(' || character === '<') depth += 1;
    if (character === ')' || character === '>') depth = Math.max(0, depth - 1);
    if (character === '(' && !isQuoted) comments += 1;
    if (character === ',' && !isQuoted) [quotes, length] = [0, 0];
    const isOver = depth > MOST.nesting || comments > MOST.comments || quotes > MOST.quotes || length > MOST.entry;
    if (isOver) return false;
  }
  return true;
}

/** The first piece between commas that is no address by itself; the whole list where only the commas are wrong. */
function quoteCulprit(list: string): string {
  const pieces = list.split(',', MOST_RECIPIENTS).map((piece) => piece.trim());
  const culprit = pieces.find((piece) => parseAddresses({ input: piece, rfc6532: true, rejectTLD: true }) === null);
  return culprit === '' ? 'nothing between two commas' : quote(culprit ?? list);
}

function quote(text: string): string {
  return `"${text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text}"`;
}
