import parseAddresses from 'email-addresses';
import { Problem } from '../../shared/problems.ts';

export interface EmailAddress {
  /** Display name; '' where there is none. */
  name: string;
  /** `local@domain`. */
  address: string;
}

/** Control characters but the tab, and Unicode line separators: none belongs into a header (RFC 5322, section 2.2). */
const LINE_BREAKING = /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u;

/** `Name <local@domain>`; a name that could be taken for further recipients stands in quotes (RFC 5322, 3.2.4). */
export function formatAddress({ name, address }: EmailAddress): string {
  if (!name) return address;
  const shown = /[,;:<>@()[\]"\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
  return `${shown} <${address}>`;
}

/** An address that reads as one: a quoted local part can hold blanks, commas and further @ signs. */
const PLAIN_ADDRESS = /^[^\s"(),:;<>@[\]\\]+@[^\s"(),:;<>@[\]\\]+$/u;

/** Gmail takes no more in one message (https://support.google.com/a/answer/166852). */
const MOST_RECIPIENTS = 500;

/** The longest address (RFC 5321, section 4.5.3.1) and a display name that nobody needs longer, in characters. */
const LONGEST_ADDRESS = 320;
const LONGEST_NAME = 200;

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
 * Reads an address list (RFC 5322, section 3.4, with UTF-8 as in RFC 6532): addresses with or without a name, and
 * groups, which count as their members.
 *
 * @param argument the name of the tool argument, for errors
 * @throws Problem `argument_missing`, `recipient_invalid` or `header_line_break`
 */
export function parseRecipients(argument: string, list: string): EmailAddress[] {
  if (list.trim() === '') throw Problem.of('argument_missing', { argument, expected: 'at least one e-mail address' });
  assertOneLine(argument, list);
  const parsed = parseAddresses({ input: list, rfc6532: true, rejectTLD: true });
  const addresses = (parsed?.addresses ?? []).flatMap((entry) => (entry.type === 'group' ? entry.addresses : [entry]));
  if (addresses.length === 0) throw Problem.of('recipient_invalid', { argument, got: quoteCulprit(list) });
  if (addresses.length > MOST_RECIPIENTS) {
    const [got, limit] = [String(addresses.length), String(MOST_RECIPIENTS)];
    throw Problem.of('too_many_recipients', { argument, got, limit });
  }
  return addresses.map(({ name, address }) => {
    const isTooLong = address.length > LONGEST_ADDRESS || (name?.length ?? 0) > LONGEST_NAME;
    if (isTooLong || !PLAIN_ADDRESS.test(address))
      throw Problem.of('recipient_invalid', { argument, got: quote(address) });
    return { name: name ?? '', address };
  });
}

/** The first piece between commas that is no address by itself; the whole list where only the commas are wrong. */
function quoteCulprit(list: string): string {
  const pieces = list.split(',').map((piece) => piece.trim());
  const culprit = pieces.find((piece) => parseAddresses({ input: piece, rfc6532: true, rejectTLD: true }) === null);
  return quote(culprit ?? list);
}

function quote(text: string): string {
  return `"${text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text}"`;
}
