import { clip } from '../../shared/code-points.ts';
import { withoutInvisible } from '../../shared/invisible.ts';
import { hostsShown, registrable } from './hosts.ts';
import { LONGEST_TARGET, parseWebUrl, targetOf, tidy } from './link-target.ts';

/** How a link prints behind its text, or in place of its text. */
export interface Link {
  /** Whether the text says no more than the address, so that it is left out. */
  replacesText: boolean;
  /** Long addresses by their host alone. */
  short: string;
  /** The address whole. */
  full: string;
}

/** Longer addresses say nothing to a reader, in characters. */
const LONGEST_ADDRESS = 80;

/** `https:`; a host with a port is none of these. */
const SCHEME = /^([a-z][a-z\d+-]*):/i;

/** Kinds of links that lead to a person, or into the mail itself. */
const QUIET = /^(?:tel|sms|callto|facetime|skype|xmpp|sip|geo|cid|mid|about)$/i;

/**
 * How a link prints.
 *
 * @param text what the link shows, in one line
 * @param base what relative links of the mail begin with, where its markup says so
 * @returns undefined where only the text is to be seen
 */
export function printLink(text: string, href: string, base = ''): Link | undefined {
  if (text === '') return undefined;
  if (/^\s*mailto:/i.test(href)) return printAddress(text, href);
  const address = absolute(tidy(href), base);
  const target = targetOf(address);
  if (!target) return printOther(text, address);
  const { url, host, beside, hasUser } = target;
  const also = beside ? ` [${beside}]` : '';
  const isLong = url.length > LONGEST_ADDRESS;
  const shown = withoutInvisible(text);
  if (!hasUser && (isSame(shown, url) || isSame(shown, tidy(href)))) {
    return { replacesText: true, short: (isLong ? `${origin(url)}/…` : url) + also, full: url + also };
  }
  const holder = registrable(host);
  if (hasUser || hostsShown(text).some((other) => registrable(other) !== holder)) {
    return after(`WARNING: leads to ${host}`, `WARNING: leads to ${url}${also}`);
  }
  return after(isLong ? host : url + also, url + also);
}

function after(short: string, full = short): Link {
  return { replacesText: false, short: ` (${short})`, full: ` (${full})` };
}

/** Where a link leads from the mail that it stands in; as it is where that is nowhere. */
function absolute(href: string, base: string): string {
  if (SCHEME.test(href) || href.startsWith('#') || href === '') return href;
  const from = parseWebUrl(tidy(base));
  if (from && URL.canParse(href, from.href)) return new URL(href, from).href;
  if (/^[/\\]{2}/.test(href)) return `https://${href.slice(2)}`;
  const [host = ''] = href.split(/[/?#\\]/, 1);
  return hostsShown(host).length > 0 ? `http://${href}` : href;
}

/**
 * A link that leads to no web page. Mail programs leave it dead, so only one whose text shows a host is told from plain
 * text.
 */
function printOther(text: string, href: string): Link | undefined {
  const [, scheme = 'relative'] = SCHEME.exec(href) ?? [];
  if (href === '' || href.startsWith('#') || QUIET.test(scheme) || hostsShown(text).length === 0) return undefined;
  if (href.length > LONGEST_TARGET) return after(`WARNING: an address of ${href.length} characters`);
  return /^https?$/i.test(scheme) ? undefined : after(`WARNING: a ${clip(scheme.toLowerCase(), 30)} link`);
}

function printAddress(text: string, href: string): Link | undefined {
  const encoded = tidy(href).slice('mailto:'.length).split('?')[0] ?? '';
  let address = encoded;
  try {
    address = decodeURIComponent(encoded);
  } catch {
    // It stays as it is written.
  }
  address = withoutInvisible(address).replace(/\s+/g, ' ').trim();
  if (!address || text.toLowerCase() === address.toLowerCase()) return undefined;
  return after(address);
}

function origin(url: string): string {
  return /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}

/** Give or take the scheme, `www.` and a slash at the end. */
function isSame(text: string, url: string): boolean {
  const bare = (address: string) =>
    address
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '');
  return bare(text) === bare(url);
}
