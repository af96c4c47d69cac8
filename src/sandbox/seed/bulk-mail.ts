import { createHash } from 'node:crypto';
import { oneClickAddress } from '../arrival/one-click.ts';

/** What every signature covers. */
const ALWAYS = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type'];
/** What it has to cover as well, so that the way out of a list is known to be the sender's (RFC 8058, section 4). */
const WAY_OUT = ['List-Unsubscribe', 'List-Unsubscribe-Post'];

interface Bulk {
  /** The part of an address that says which list it is. */
  list: string;
  /** The sender's domain. */
  domain: string;
  /** Of the reader. */
  token: string;
  /** Whether the signature says whose it is; otherwise that is its domain. */
  identity?: string;
  /** Whether the signature leaves out what says how to leave the list. */
  coversLess?: true;
}

/**
 * The headers of a sender who lets readers go by one click (RFC 2369, RFC 8058, RFC 6376). The address leads to the
 * sandbox itself, whose origin is known when it has started.
 */
export const oneClickBulk =
  ({ list, domain, token, identity, coversLess }: Bulk) =>
  (origin: string): Record<string, string> => ({
    'List-Unsubscribe': `<${oneClickAddress(origin, list, token)}>, <mailto:leave@${domain}?subject=leave%20${token}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    Precedence: 'bulk',
    'DKIM-Signature': signature(domain, coversLess ? ALWAYS : [...ALWAYS, ...WAY_OUT], identity),
  });

/** A signature of the right shape. Nobody can check it: its domain has no key. */
export function signature(domain: string, covers: readonly string[], identity?: string): string {
  const bytes = (what: string) => createHash('sha256').update(`${domain} ${what}`).digest();
  return [
    ...['v=1', 'a=rsa-sha256', 'c=relaxed/relaxed', `d=${domain}`, 's=letters1'],
    ...(identity === undefined ? [] : [`i=${identity}`]),
    `h=${covers.join(':')}`,
    `bh=${bytes('body').toString('base64')}`,
    `b=${Buffer.concat(['a', 'b', 'c', 'd'].map(bytes)).toString('base64')}`,
  ].join('; ');
}
