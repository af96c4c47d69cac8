import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';

/** Letters of scripts that are mistaken for one another stand together in no word of a name. */
const MIXED =
  /(?=\p{sc=Latin}|\p{sc=Cyrillic}|\p{sc=Greek})(?:\p{sc=Latin}+(?:\p{sc=Cyrillic}|\p{sc=Greek})|\p{sc=Cyrillic}+(?:\p{sc=Latin}|\p{sc=Greek})|\p{sc=Greek}+(?:\p{sc=Latin}|\p{sc=Cyrillic}))/u;

/** What reads as an address, and what reads as a host. */
const ADDRESS = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/u;
const HOST = /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?![\p{L}\p{N}-])/gu;

/**
 * Whom a list names as the sender: the display name, or the address where there is none, or where the name poses as
 * another: by another address, by the host of somebody else (registrable domains by the Public Suffix List), or by
 * letters that only look like those of a name.
 *
 * @param from a From header in one line (RFC 5322, section 3.4), without what nobody can see
 */
export function senderOf(from: string): string {
  const [, name = '', address = ''] = /^\s*"?([^"<]*?)"?\s*<([^<>]*)>/.exec(from) ?? [];
  const bare = from.replace(/[<>]/g, '').trim();
  if (!name.trim()) return (address || bare).trim() || '(no sender)';
  return posesAsAnother(name, address) ? address : name.trim();
}

/** What a reader should know of a sender beside the header itself. */
export interface SenderNote {
  /** The address, with its domain in the form in which look-alikes differ (RFC 5891). */
  address: string;
  /** Whether that is another form than the header has. */
  isForeign: boolean;
  poses: boolean;
}

/** @param from a From header in one line, without what nobody can see */
export function noteOfSender(from: string): SenderNote {
  const [, name = '', inside] = /^([\s\S]*?)<([^<>]*)>\s*$/.exec(from) ?? [];
  const address = (inside ?? from).trim();
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  const ascii = domainToASCII(domain) || domain;
  const poses = name.trim() !== '' && posesAsAnother(name, address);
  return { address: address.slice(0, at) + ascii, isForeign: ascii !== domain.toLowerCase(), poses };
}

function posesAsAnother(name: string, address: string): boolean {
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
