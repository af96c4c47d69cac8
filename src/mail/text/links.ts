import { isIP } from 'node:net';
import { parseWebUrl, targetOf, tidy } from './link-target.ts';

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

/** Second levels under which everybody can have a name, as the Public Suffix List has them; the commonest of them. */
const SHARED_SUFFIXES = new Set(
  (
    'co.uk org.uk me.uk ac.uk gov.uk com.au net.au org.au edu.au gov.au co.nz org.nz co.jp ne.jp or.jp ac.jp co.kr ' +
    'or.kr com.br org.br net.br gov.br com.mx com.ar com.co com.tr org.tr com.cn net.cn org.cn gov.cn com.tw com.hk ' +
    'com.sg com.my co.in net.in org.in co.id co.th co.za org.za co.il org.il com.pl net.pl org.pl com.ua com.eg ' +
    'com.sa com.pk com.ph com.vn com.pe com.ve com.uy github.io gitlab.io pages.dev web.app firebaseapp.com ' +
    'herokuapp.com netlify.app vercel.app blogspot.com azurewebsites.net cloudfront.net s3.amazonaws.com'
  ).split(' '),
);

/** Ends of names that look like hosts and are none: files and programs. */
const FILE_END =
  /\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|txt|csv|md|png|jpe?g|gif|svg|zip|gz|js|ts|json|html?|css|xml|py|rb|php|java|sh|exe|eml|ics|mp[34])$/i;

/**
 * How a link prints.
 *
 * @param text what the link shows, in one line
 * @returns undefined where only the text is to be seen
 */
export function printLink(text: string, href: string): Link | undefined {
  if (text === '') return undefined;
  if (/^\s*mailto:/i.test(href)) return printAddress(text, href);
  const target = targetOf(href);
  if (!target) return undefined;
  const { url, host } = target;
  const isLong = url.length > LONGEST_ADDRESS;
  if (isSame(text, url) || isSame(text, tidy(href))) {
    return { replacesText: true, short: isLong ? `${origin(url)}/…` : url, full: url };
  }
  const shown = hostShown(text);
  if (shown && registrable(shown) !== registrable(host)) {
    return { replacesText: false, short: ` (WARNING: leads to ${host})`, full: ` (WARNING: leads to ${url})` };
  }
  return { replacesText: false, short: ` (${isLong ? host : url})`, full: ` (${url})` };
}

function printAddress(text: string, href: string): Link | undefined {
  const encoded = href.trim().slice('mailto:'.length).split('?')[0] ?? '';
  let address = encoded;
  try {
    address = decodeURIComponent(encoded);
  } catch {
    // It stays as it is written.
  }
  address = address.replace(/\s+/g, ' ').trim();
  if (!address || text.toLowerCase() === address.toLowerCase()) return undefined;
  const printed = ` (${address})`;
  return { replacesText: false, short: printed, full: printed };
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

/** The host that a reader takes the text of a link for; undefined where it looks like none. */
function hostShown(text: string): string | undefined {
  const written = /\bhttps?:\/\/\S+/i.exec(text)?.[0] ?? /\bwww\.\S+/i.exec(text)?.[0] ?? text;
  const address = written.slice(0, 2_000).replace(/[).,;:!?>\]]+$/, '');
  if (/^https?:/i.test(address)) return parseWebUrl(address)?.hostname;
  if (/[\s@]/.test(address)) return undefined;
  const name = address.split(/[/?#:]/, 1)[0] ?? '';
  if (!/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+$/u.test(name) || (name === address && FILE_END.test(name)))
    return undefined;
  const top = name.slice(name.lastIndexOf('.') + 1);
  if (!/^\p{L}{2,}$/u.test(top) || (top !== top.toLowerCase() && name !== name.toUpperCase())) return undefined;
  return parseWebUrl(`http://${name}`)?.hostname;
}

/** The part of a host name that one holder registered; the whole of an IP address. */
function registrable(host: string): string {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (isIP(name)) return name;
  const labels = name.split('.');
  const two = labels.slice(-2).join('.');
  const three = labels.slice(-3).join('.');
  if (SHARED_SUFFIXES.has(three)) return labels.slice(-4).join('.');
  return SHARED_SUFFIXES.has(two) ? three : two;
}
