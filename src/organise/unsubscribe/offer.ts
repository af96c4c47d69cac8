import { letterOfMailto, type UnsubscribeLetter } from './mailto.ts';
import { type MessageHeader, valuesOf, vouchingSignature } from './signature.ts';

/** A web address that may be asked, once a person agrees. */
export interface OneClick {
  url: URL;
  /** Whether it is the local stand-in for Google itself, which only mail of that stand-in can lead to. */
  isStandIn: boolean;
  /** The domain whose signature vouches for it. */
  signer: string;
}

/** How a message lets its reader unsubscribe. */
export interface Offer {
  /** Undefined where there is none that can be trusted. */
  oneClick: OneClick | undefined;
  /** Why there is none; undefined where there is, or where the message names no web address. */
  whyNot: string | undefined;
  letter: UnsubscribeLetter | undefined;
  /** Why no message can go to the mail address that the message names; undefined where one can, or where it names none. */
  whyNoLetter: string | undefined;
}

const [LIST, POST] = ['list-unsubscribe', 'list-unsubscribe-post'] as const;

/** The only value that the header may have (RFC 8058, section 3.1). */
const ONE_CLICK = 'List-Unsubscribe=One-Click';

/** Longer headers are not read, in characters. */
const LONGEST_HEADER = 10_000;

/**
 * Reads what the headers of a message offer (RFC 2369, section 3.2; RFC 8058).
 *
 * @param standIn the origin of the local stand-in for Google in which the message lies; undefined for Google's own
 */
export function offerOf(headers: readonly MessageHeader[], standIn: string | undefined): Offer {
  const lists = valuesOf(headers, LIST);
  if (lists.length > 1) {
    const whyNot = 'it has more than one List-Unsubscribe header';
    return { oneClick: undefined, whyNot, letter: undefined, whyNoLetter: undefined };
  }
  const addresses = addressesIn(lists[0] ?? '');
  const web = addresses.filter((address) => /^https?:/i.test(address));
  const mail = addresses.filter((address) => /^mailto:/i.test(address));
  const [oneClick, whyNot] = web.length === 0 ? [] : oneClickOf(headers, web, standIn);
  const letters = mail.map(letterOfMailto);
  const letter = letters.find((each) => typeof each !== 'string');
  return {
    oneClick,
    whyNot,
    letter,
    whyNoLetter: letter ? undefined : letters.find((each) => typeof each === 'string'),
  };
}

function oneClickOf(
  headers: readonly MessageHeader[],
  web: readonly string[],
  standIn: string | undefined,
): [OneClick] | [undefined, string] {
  const [post, ...others] = valuesOf(headers, POST);
  if (post === undefined) return [undefined, 'its web address is a page for people, not one-click (RFC 8058)'];
  if (others.length > 0) return [undefined, 'it has more than one List-Unsubscribe-Post header'];
  if (post.trim() !== ONE_CLICK) return [undefined, `its List-Unsubscribe-Post header does not say ${ONE_CLICK}`];
  const [address = '', ...more] = web;
  if (more.length > 0) return [undefined, 'it names more than one web address'];
  const target = targetOf(address, standIn);
  if (typeof target === 'string') return [undefined, target];
  const { signer, reason } = vouchingSignature(headers, [LIST, POST]);
  return signer === undefined ? [undefined, reason] : [{ ...target, signer }];
}

/** Where a web address leads, or why nothing is sent there. */
function targetOf(address: string, standIn: string | undefined): Omit<OneClick, 'signer'> | string {
  if (!URL.canParse(address)) return 'its web address is malformed';
  const url = new URL(address);
  const [, authority = ''] = /^[^:]+:[/\\]*([^/\\?#]*)/.exec(address) ?? [];
  if (url.username !== '' || url.password !== '' || authority.includes('@')) return 'its web address has a user part';
  // As it is written too: the URL parser makes 127.0.0.1 of look-alikes.
  const isStandIn = standIn !== undefined && url.origin === standIn && address.startsWith(`${standIn}/`);
  if (isStandIn) return { url, isStandIn };
  if (url.protocol !== 'https:') return 'its web address is not encrypted (http)';
  if (url.port !== '') return 'its web address names a port other than 443';
  return { url, isStandIn };
}

/** The addresses between angle brackets; blanks within come of folding (RFC 2369, section 2). */
function addressesIn(header: string): string[] {
  if (header.length > LONGEST_HEADER) return [];
  return [...header.matchAll(/<([^<>]*)>/g)].map(([, address = '']) => address.replace(/\s+/g, ''));
}
