import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';

/** Letters of scripts that are mistaken for one another stand together in no word of a name. */
const MIXED =
  /(?=\p{sc=Latin}|\p{sc=Cyrillic}|\p{sc=Greek})(?:\p{sc=Latin}+(?:\p{sc=Cyrillic}|\p{sc=Greek})|\p{sc=Cyrillic}+(?:\p{sc=Latin}|\p{sc=Greek})|\p{sc=Greek}+(?:\p{sc=Latin}|\p{sc=Cyrillic}))/u;

/** What reads as an address, and what reads as a host. */
const ADDRESS = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/u;
const HOST = /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?![\p{L}\p{N}-])/gu;

/** The address at the end of a mailbox; a quoted local part may hold brackets of its own (RFC 5322, section 3.4.1). */
const MAILBOX = /^([\s\S]*)<((?:"(?:[^"\\]|\\.)*"|[^<>"])*)>\s*$/;
/** The old form, with the name as a comment behind the address (RFC 5322, section 3.4 and appendix A.5). */
const COMMENTED = /^\s*([^\s<>()"]+@[^\s<>()"]+)\s*\(([\s\S]*)\)\s*$/;
/** What stands in a name for something else where a list of people is read. */
const SPECIAL = /[<>,;"]/;

const POSES = '(WARNING: the name poses as another)';

/**
 * Whom a list names as the sender: the display name, or the address where there is none, or where the name poses as
 * another: by another address, by the host of somebody else (registrable domains by the Public Suffix List), or by
 * letters that only look like those of a name.
 *
 * @param from a From header in one line (RFC 5322, section 3.4), without what nobody can see
 */
export function senderOf(from: string): string {
  const { name, address } = partsOf(from);
  const shownName = name.replace(/[<>]/g, '').trim();
  const shownAddress = withoutQuotedPart(address).replace(/[<>]/g, '').trim();
  if (!shownName) return shownAddress || '(no sender)';
  return posesAsAnother(name, address) ? shownAddress : shownName;
}

/** What a reader should know of a sender beside the header itself. */
export interface SenderNote {
  /** The address, with its domain in the form in which look-alikes differ (RFC 5891). */
  address: string;
  /** Whether that is another form than the header has. */
  isForeign: boolean;
  /** What is said where the name poses as another; '' elsewhere. */
  warning: string;
}

/** @param from a From header in one line, without what nobody can see */
export function noteOfSender(from: string): SenderNote {
  const { name, address } = partsOf(from);
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  const ascii = domainToASCII(domain) || domain;
  const warning = posesAsAnother(name, address) ? POSES : '';
  return { address: address.slice(0, at) + ascii, isForeign: ascii !== domain.toLowerCase(), warning };
}

/** A From header as it stands, with a warning where its name poses as another. */
export function withWarning(from: string): string {
  const { warning } = noteOfSender(from);
  return warning ? `${from} ${warning}` : from;
}

/**
 * One of several people, so that no name reads as further people: what separates them, or encloses their addresses,
 * stands in quotation marks there.
 */
export function printPerson(name: string, written: string): string {
  const address = written.replace(/[<>,;"\s]+/g, ' ').trim();
  if (!name || name === address) return address;
  const shown = SPECIAL.test(name) ? `"${name.replaceAll('"', "'")}"` : name;
  return `${shown} <${address}>${posesAsAnother(name, address) ? ` ${POSES}` : ''}`;
}

function partsOf(from: string): { name: string; address: string } {
  const [, before = '', inside] = MAILBOX.exec(from) ?? [];
  if (inside !== undefined) return { name: unquoted(before), address: inside.trim() };
  const [, address, comment = ''] = COMMENTED.exec(from) ?? [];
  return address ? { name: comment.trim(), address } : { name: '', address: from.trim() };
}

function unquoted(name: string): string {
  const [, inner] = /^\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(name) ?? [];
  return inner === undefined ? name.trim() : inner.replace(/\\(.)/g, '$1').trim();
}

/** A quoted local part can hold any words, another address among them: only the domain says whose it is. */
function withoutQuotedPart(address: string): string {
  return address.includes('"') ? address.replace(/^[\s\S]*@/, '…@') : address;
}

function posesAsAnother(name: string, address: string): boolean {
  if (/"[^"]*[@<>][^"]*"/.test(address)) return true;
  const claimed = ADDRESS.exec(name.normalize('NFKC'))?.[0];
  if (claimed !== undefined) return claimed.toLowerCase() !== address.toLowerCase();
  if (MIXED.test(name)) return true;
  const own = domainOf(address.slice(address.lastIndexOf('@') + 1));
  return [...name.matchAll(HOST)].some(([host]) => {
    const domain = domainOf(host);
    return domain !== undefined && domain !== own;
  });
}

const domainOf = (host: string): string | undefined => getDomain(host, { allowPrivateDomains: true }) ?? undefined;
