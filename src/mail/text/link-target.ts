import { cleanLine } from '../../shared/invisible.ts';

/** Parameters that follow a person around and change nothing about what a link shows. */
const TRACKING =
  /^(?:utm_\w*|fbclid|gclid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|igshid|yclid|msclkid|oly_\w+_id|s_cid|trk|trkcampaign)$/i;

/** Redirectors that carry their target in a parameter: host, path, names of the parameter. */
const REDIRECTORS: readonly (readonly [RegExp, RegExp, readonly string[]])[] = [
  [/^(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/, /^\/url$/, ['q', 'url']],
  [/\.safelinks\.protection\.outlook\.(?:com|de|cn)$/, /^\//, ['url']],
  [/^lm?\.facebook\.com$/, /^\/l\.php$/, ['u']],
  [/^(?:www\.)?linkedin\.com$/, /^\/redir\/redirect$/, ['url']],
  [/^(?:www\.)?youtube\.com$/, /^\/redirect$/, ['q']],
  [/^slack-redir\.net$/, /^\/link$/, ['url']],
  [/^t\.umblr\.com$/, /^\/redirect$/, ['z']],
  [/^out\.reddit\.com$/, /^\//, ['url']],
  [/^steamcommunity\.com$/, /^\/linkfilter\/?$/, ['url', 'u']],
];

/** A redirector may lead to another; a longer chain than this is not followed. */
const MOST_REDIRECTS = 5;

/** A longer link is not looked into, in characters: what stands first in it need not be its host. */
export const LONGEST_TARGET = 16_384;

export interface Target {
  /** The address, without tracking, redirectors and a user part; its host as it is written. */
  url: string;
  /** In ASCII (RFC 5891). */
  host: string;
  /** The host in ASCII, where it is written in other letters: they may look like those of another. */
  beside?: string;
  /** Whether a user part stood before the host, which reads as a host. */
  hasUser: boolean;
}

/** Where an http or https link leads in the end; undefined for every other kind of link. */
export function targetOf(href: string): Target | undefined {
  let url = tidy(href);
  let hasUser = false;
  for (let steps = 0; steps <= MOST_REDIRECTS; steps++) {
    const parsed = parseWebUrl(url);
    if (!parsed) return undefined;
    hasUser ||= parsed.username !== '' || parsed.password !== '';
    const next = steps < MOST_REDIRECTS ? unwrap(parsed, url) : undefined;
    if (!next || !parseWebUrl(next)) return { ...written(parsed, url), host: parsed.hostname, hasUser };
    url = next;
  }
  return undefined;
}

export function parseWebUrl(text: string): URL | undefined {
  if (text.length > LONGEST_TARGET || !/^https?:/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** As browsers take it: without line breaks and tabs, blanks encoded (https://url.spec.whatwg.org, section 4.4). */
export function tidy(href: string): string {
  return cleanLine(href.trim().replace(/[\t\r\n]/g, '')).replace(/ /g, '%20');
}

/** The address as it is written where its host can be read there; else as a browser understands it. */
function written(parsed: URL, url: string): Pick<Target, 'url' | 'beside'> {
  const [start = '', scheme = '', authority = ''] = /^(https?:\/\/)([^/?#\\]*)/i.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const rest = url.slice(start.length);
  if (!start || rest.startsWith('\\')) {
    return { url: `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search}${parsed.hash}` };
  }
  if (/[^\0-\x7f]/.test(host) && /(?:^|\.)xn--/.test(parsed.hostname)) {
    return { url: withoutTracking(scheme + host + rest), beside: parsed.hostname };
  }
  const isAsRead = host.toLowerCase().replace(/:\d*$/, '') === parsed.hostname;
  return { url: withoutTracking(scheme + (isAsRead ? host : parsed.host) + rest) };
}

/** Where a known redirector leads; undefined where the address is none. */
function unwrap(url: URL, text: string): string | undefined {
  const host = url.hostname.toLowerCase();
  if (host === 'urldefense.com' || host === 'urldefense.us') return unwrapProofpoint3(text);
  if (host === 'urldefense.proofpoint.com') {
    const encoded = url.searchParams.get('u');
    if (url.pathname.startsWith('/v3/')) return unwrapProofpoint3(text);
    return encoded ? decode(encoded.replace(/-([0-9a-f]{2})/gi, '%$1').replace(/_/g, '/')) : undefined;
  }
  for (const [hosts, path, parameters] of REDIRECTORS) {
    if (!hosts.test(host) || !path.test(url.pathname)) continue;
    for (const parameter of parameters) {
      const target = url.searchParams.get(parameter);
      if (target && parseWebUrl(target)) return tidy(target);
    }
  }
  return undefined;
}

/**
 * `https://urldefense.com/v3/__TARGET__;REPLACED!!…`: each `*` in the target stands for the next of the replaced
 * characters (base64url), `**` and a letter or digit for a run of them
 * (https://help.proofpoint.com, "URL Decoder API").
 */
function unwrapProofpoint3(text: string): string | undefined {
  const start = text.indexOf('/v3/__');
  const end = text.lastIndexOf('__;');
  if (start === -1 || end < start) return undefined;
  const replaced = [...Buffer.from(text.slice(end + 3).split('!')[0] ?? '', 'base64url').toString('utf8')];
  const runs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let at = 0;
  return text
    .slice(start + 6, end)
    .replace(/\*(?:\*([\w-]))?/g, (_, run?: string) => {
      const length = run ? runs.indexOf(run) + 2 : 1;
      at += length;
      return replaced.slice(at - length, at).join('');
    })
    .replace(/^(https?:\/)(?!\/)/i, '$1/');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function withoutTracking(url: string): string {
  const [address = '', fragment] = splitAt(url, '#');
  const [path = '', query] = splitAt(address, '?');
  const kept = query?.split('&').filter((parameter) => !TRACKING.test(parameter.split('=', 1)[0] ?? ''));
  return path + (kept && kept.length > 0 ? `?${kept.join('&')}` : '') + (fragment === undefined ? '' : `#${fragment}`);
}

function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
