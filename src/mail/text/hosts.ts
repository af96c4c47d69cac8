import { parse } from 'tldts';
import { withoutInvisible } from '../../shared/invisible.ts';
import { parseWebUrl } from './link-target.ts';

/** Ends of names that no registry gives out and that are written all the same (RFC 2606, RFC 6761, RFC 6762). */
const RESERVED_END = /\.(?:example|test|invalid|localhost|local|internal|onion)$/;

/** Ends that are a country or a registry's product, and of file names too. */
const FILE_END = /\.(?:zip|mov|md|py|sh|rs|pl|ps|so)$/i;

/** Ends that are taken for a host's however they are written; `here.To` is a missing blank rather than a name. */
const PLAIN_END = /\.(?:com|net|org|info|biz|edu|gov|example)$/i;

/** Letters of scripts that put no blanks around a name in other letters. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/u;

/** More of a text is not looked at, in characters. */
const LONGEST_TEXT = 2_000;

/**
 * The part of a host name that one holder registered, by the Public Suffix List (https://publicsuffix.org) with its
 * private section; the whole of an IP address and of a suffix itself.
 */
export function registrable(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return parse(name, { allowPrivateDomains: true, validateHostname: false }).domain ?? name;
}

/** The hosts that a reader sees in a text, in ASCII: within words, quotation marks and arrows, in any case. */
export function hostsShown(text: string): string[] {
  const plain = withoutInvisible(text.slice(0, LONGEST_TEXT)).normalize('NFKC').replaceAll('。', '.');
  const words = plain.split(/[^\p{L}\p{M}\p{N}._@:/-]+/u);
  const parts = words.flatMap((word) => (UNSPACED.test(word) ? [word, ...word.split(UNSPACED)] : word));
  return [...new Set(parts.flatMap(hostsOfWord))];
}

function hostsOfWord(word: string): string[] {
  const [, authority] = /https?:\/+([^/]+)/i.exec(word) ?? [];
  // What stands before an @ in an address is no host, but reads as one.
  if (authority) return authority.split('@').flatMap((part) => hostNamed(part, true) ?? []);
  if (word.includes('@')) return [];
  for (const part of word.split(/[/:]/)) {
    const host = hostNamed(part, false);
    if (host) return part === word && FILE_END.test(part) ? [] : [host];
  }
  return [];
}

/** @param isAddress whether the name stands behind a scheme, where it need not look like a host */
function hostNamed(written: string, isAddress: boolean): string | undefined {
  const name = written.replace(/^[._-]+|[._-]+$/g, '').replace(/:\d*$/, '');
  if (!/^[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)+$/u.test(name)) return undefined;
  const host = parseWebUrl(`http://${name}`)?.hostname;
  if (!host || isAddress) return host;
  const top = name.slice(name.lastIndexOf('.') + 1);
  const isWritten = top === top.toLowerCase() || name === name.toUpperCase() || PLAIN_END.test(name);
  return isWritten && (/^www\./i.test(name) || hasKnownEnd(host)) ? host : undefined;
}

function hasKnownEnd(host: string): boolean {
  const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, validateHostname: false });
  return domain !== null && (isIcann === true || isPrivate === true || RESERVED_END.test(host));
}
