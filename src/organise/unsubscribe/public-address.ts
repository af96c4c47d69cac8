import { BlockList, isIP } from 'node:net';

/**
 * IPv4 ranges that are no place on the internet: the special-purpose registry
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, RFC 6890, section 2.2.2, with the later entries), and
 * multicast (RFC 5771). Anycast services (AS112, RFC 7535; AMT, RFC 7450) are reachable, but nobody unsubscribes there.
 */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/**
 * The only part of IPv6 from which addresses are given out (RFC 4291, section 2.4;
 * https://www.iana.org/assignments/ipv6-address-space). Outside of it lie loopback, link-local, unique-local and mapped
 * addresses, NAT64 (RFC 6052, RFC 8215), multicast, and all that stands for an IPv4 address in yet another way.
 */
const GLOBAL_V6 = ['2000::', 3] as const;

/**
 * What within it is no place on the internet (https://www.iana.org/assignments/iana-ipv6-special-registry): protocols,
 * Teredo among them, AS112, documentation (RFC 3849, RFC 9637), and 6to4 (RFC 3056), behind which stands an IPv4 address.
 */
const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const;

const specialV4 = listOf(SPECIAL_V4, 'ipv4');
const globalV6 = listOf([GLOBAL_V6], 'ipv6');
const specialV6 = listOf(SPECIAL_V6, 'ipv6');
const loopbackV4 = listOf([['127.0.0.0', 8]], 'ipv4');

/** Whether an IP address is one of the internet's, which anybody may reach; false for what is no address at all. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !specialV4.check(address, 'ipv4');
    case 6:
      // A zone names an interface of this computer (RFC 4007, section 11).
      return !address.includes('%') && globalV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Whether an IP address is this computer's own, in its usual form. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && loopbackV4.check(address, 'ipv4'));
}

function listOf(ranges: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ranges) list.addSubnet(network, bits, family);
  return list;
}
