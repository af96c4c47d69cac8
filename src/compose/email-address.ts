import { domainToASCII } from 'node:url';
import { readHeaderText } from '../mail/mime/headers.ts';
import { replaceInvisible } from '../shared/invisible.ts';
import { Problem } from '../shared/problems.ts';

export interface EmailAddress {
  /** Display name; '' where there is none. */
  name: string;
  /** `local@domain`. */
  address: string;
}

/** An address that reads as one: a quoted local part can hold blanks, commas and further @ signs. */
const PLAIN_ADDRESS = /^[^\s"(),:;<>@[\]\\]+@[^\s"(),:;<>@[\]\\]+$/u;

/** A name in Persian or an emoji needs them; no address does. */
export const JOINERS = /\p{Cf}|[\uFE00-\uFE0F]/u;

/** A display name that nobody needs longer, in code points: a longer one hides whose it is. */
export const LONGEST_NAME = 200;

/** An encoded word in it (RFC 2047) would be decoded to another address by some. */
export const isPlainAddress = (address: string): boolean => PLAIN_ADDRESS.test(address) && !address.includes('=?');

/** `Name <local@domain>`; a name that could be taken for further recipients stands in quotes (RFC 5322, 3.2.4). */
export function formatAddress({ name, address }: EmailAddress): string {
  if (!name) return address;
  const shown = /[,;:<>@()[\]"\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
  return `${shown} <${address}>`;
}

/**
 * The domain of an address as the mail system takes it (RFC 5890, section 2.3.2.1); undefined where it is none.
 */
export function asciiDomain(address: string): string | undefined {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)).toLowerCase() || undefined;
}

/** Two addresses with the same key reach the same mailbox: the domain in its ASCII form, letter case aside. */
export function keyOf(address: string): string {
  const local = address.slice(0, address.lastIndexOf('@'));
  return `${local.normalize('NFC').toLowerCase()}@${asciiDomain(address) ?? ''}`;
}

/** Gmail's own domains: one mailbox has its address in both (https://support.google.com/mail/answer/10313). */
const GMAIL = /@(?:gmail|googlemail)\.com$/;

/**
 * The same for telling whether two addresses are one mailbox. Of addresses at Gmail itself neither dots count
 * (https://support.google.com/mail/answer/7436150) nor what stands behind a plus sign
 * (https://support.google.com/mail/answer/22370).
 */
export function mailboxKeyOf(address: string): string {
  const key = keyOf(address);
  if (!GMAIL.test(key)) return key;
  const local = key.slice(0, key.lastIndexOf('@')).replace(/\+.*$/, '').replaceAll('.', '');
  return `${local}@gmail.com`;
}

/**
 * The same with what stands behind a plus sign left out, which Gmail delivers to the address before it
 * (https://support.google.com/mail/answer/22370): for telling one's own addresses, and for nothing else.
 */
export function ownKeyOf(address: string): string {
  return mailboxKeyOf(address).replace(/\+[^@]*(?=@)/, '');
}

/** Whether a name is another address, which makes whoever reads it believe that mail goes there. */
export function posesAsOther({ name, address }: EmailAddress): boolean {
  // Signs that only look like those of an address do for a person what they do.
  const pieces = `${name} ${readHeaderText(name)}`.normalize('NFKC').split(/[\s<>"',;:()]/u);
  const claimed = pieces.find((piece) => piece.slice(1, -1).includes('@'));
  return claimed !== undefined && keyOf(claimed) !== keyOf(address);
}

/**
 * Refuses addresses and names that hold what cannot be seen: `ann@mail<U+200D>.example` shows as another address.
 *
 * @throws Problem `recipient_invisible`
 */
export function assertVisible(argument: string, list: string): void {
  let found: string | undefined;
  replaceInvisible(list, (character) => {
    found ??= character;
    return '';
  });
  found ??= list
    .split(/\s/u)
    .filter((piece) => piece.includes('@'))
    .map((address) => JOINERS.exec(address)?.[0])
    .find(Boolean);
  if (found === undefined) return;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  throw Problem.of('recipient_invisible', { argument, character: code });
}
