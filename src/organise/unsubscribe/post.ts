import { request } from 'node:http';
import { isIP } from 'node:net';
import { Problem } from '../../shared/problems.ts';
import type { Address, Destination, Network } from './network.ts';
import type { OneClick } from './offer.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** How long the request may take with all that belongs to it, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** Longer headers of an answer end the request, in bytes. Nothing of its body is read. */
const LARGEST_HEAD = 16 * 1024;

/** RFC 8058, section 3.1. */
const BODY = 'List-Unsubscribe=One-Click';

/**
 * Asks the host of a message, once, to take its receiver off the list (RFC 8058): a POST without cookies, credentials
 * or referrer, to an address of the internet that was checked, and no other. No redirect is followed.
 *
 * @returns the HTTP status, 200 to 299
 * @throws Problem `unsubscribe_address_refused` or `unsubscribe_unreachable`, where nothing was sent;
 *   `unsubscribe_redirected` or `unsubscribe_refused` as the host answered; `unsubscribe_unclear` where it did not
 */
export async function postUnsubscribe(
  { url, isStandIn }: Pick<OneClick, 'url' | 'isStandIn'>,
  network: Network,
  calling: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<number> {
  const signal = AbortSignal.any([calling, AbortSignal.timeout(timeoutMs)]);
  const isEncrypted = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await addressesOf(host, isStandIn ? isLoopbackAddress : isPublicAddress, network, signal);
  const port = Number(url.port) || (isEncrypted ? 443 : 80);
  const status = await send(url, { host, port, isEncrypted, addresses }, network, signal);
  if (status >= 200 && status < 300) return status;
  const facts = { host, status: String(status) };
  throw status >= 300 && status < 400
    ? Problem.of('unsubscribe_redirected', facts)
    : Problem.of('unsubscribe_refused', facts);
}

/** The addresses of a host, of which every one must be allowed: a mixed answer is how a check is got round. */
async function addressesOf(
  host: string,
  isAllowed: (address: string) => boolean,
  { resolve }: Network,
  signal: AbortSignal,
): Promise<readonly Address[]> {
  const family = isIP(host);
  const addresses = family === 0 ? await looked(host, resolve, signal) : [{ address: host, family }];
  if (addresses.length === 0) throw Problem.of('unsubscribe_unreachable', { host, reason: 'ENOTFOUND' });
  if (!addresses.every(({ address }) => isAllowed(address))) throw Problem.of('unsubscribe_address_refused', { host });
  return addresses;
}

async function looked(host: string, resolve: Network['resolve'], signal: AbortSignal): Promise<readonly Address[]> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([resolve(host), ended]);
  } catch (error) {
    throw Problem.of('unsubscribe_unreachable', { host, reason: reasonOf(error) });
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function send(url: URL, destination: Destination, network: Network, signal: AbortSignal): Promise<number> {
  const { host, isEncrypted } = destination;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let hasLeft = false;
  const post = request({
    method: 'POST',
    path: `${url.pathname}${url.search}`,
    headers: {
      host: url.host,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': BODY.length,
      connection: 'close',
    },
    // A connection of its own: an agent would look for a proxy, and keep the connection.
    createConnection: () => {
      const socket = network.open(destination);
      socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
        hasLeft = true;
      });
      return socket;
    },
    maxHeaderSize: LARGEST_HEAD,
    signal,
  });
  post.once('response', (response) => {
    response.destroy();
    resolve(response.statusCode ?? 0);
  });
  // Stays after the answer too: a connection that breaks then is no news.
  post.on('error', (error) => {
    const reason = reasonOf(signal.aborted ? signal.reason : error);
    reject(Problem.of(hasLeft ? 'unsubscribe_unclear' : 'unsubscribe_unreachable', { host, reason }));
  });
  post.end(BODY);
  return promise;
}

/** Node's code of an error, or its name: its message may hold anything. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}
