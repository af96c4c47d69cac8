import { lookup } from 'node:dns/promises';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** One IP address of a name. */
export interface Address {
  address: string;
  family: number;
}

/** Where a connection goes. */
export interface Destination {
  /** A name, or an IP address without brackets. */
  host: string;
  port: number;
  isEncrypted: boolean;
  /** The addresses of the host that may be connected to, and no others. */
  addresses: readonly Address[];
}

/** The network, as far as a request needs it; tests stand in for it. */
export interface Network {
  /** All addresses of a name. It is asked once for each request. */
  resolve(host: string): Promise<readonly Address[]>;
  /** Opens a connection, whose `connect` or `secureConnect` event says that what is written to it leaves. */
  open(destination: Destination): Socket;
  /** Variables that may name a proxy. */
  env: Readonly<NodeJS.ProcessEnv>;
}

/** The real one. */
export const NETWORK: Network = {
  resolve: (host) => lookup(host, { all: true }),
  open: openSocket,
  env: process.env,
};

/** Variables by which programs are told of a proxy for encrypted requests; the editor's own comes by the first. */
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

/**
 * Whether requests leave by a proxy. It would look the host up by itself, so that the address which was checked would
 * not be the one that is connected to; and to go past it is not for us to decide.
 */
export function isBehindProxy({ env }: Pick<Network, 'env'>): boolean {
  return PROXY_VARIABLES.some((name) => env[name]?.trim());
}

/** Opens a socket to the addresses that were checked. The host's certificate must be its own (RFC 6125). */
function openSocket({ host, port, isEncrypted, addresses }: Destination): Socket {
  const place = { host, port, lookup: pinned(addresses) };
  if (!isEncrypted) return connect(place);
  // An IP address is no name for SNI (RFC 6066, section 3). The environment could have switched the check off.
  return connectTls({ ...place, servername: isIP(host) ? '' : host, rejectUnauthorized: true });
}

/** A lookup that knows no other addresses. */
function pinned(addresses: readonly Address[]): LookupFunction {
  const [first] = addresses;
  return (host, { all }, callback) => {
    if (!first) callback(Object.assign(new Error(`No address for ${host}`), { code: 'ENOTFOUND' }), '', 0);
    else if (all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}
