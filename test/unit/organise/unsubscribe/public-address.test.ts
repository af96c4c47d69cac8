import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLoopbackAddress, isPublicAddress } from '../../../../src/organise/unsubscribe/public-address.ts';

const NOT_PUBLIC: Record<string, readonly string[]> = {
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'unique-local and site-local': ['fc00::1', 'fd12:3456::1', 'fec0::1'],
  'link-local': ['169.254.169.254', 'fe80::1', 'fe80::1%eth0'],
  'shared by a carrier': ['100.64.0.1', '100.127.255.255'],
  mapped: ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::ffff:0:8.8.8.8'],
  'compatible with IPv4': ['::127.0.0.1', '::8.8.8.8'],
  NAT64: ['64:ff9b::8.8.8.8', '64:ff9b::a00:1', '64:ff9b:1::1'],
  '6to4': ['2002:7f00:1::', '2002:808:808::1', '192.88.99.1'],
  Teredo: ['2001::1', '2001:0:7f00:1::'],
  'a protocol’s': ['192.0.0.1', '192.0.0.171', '2001:1::1', '2001:20::1'],
  multicast: ['224.0.0.1', '239.255.255.250', 'ff02::1', 'ff0e::1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  benchmarking: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  discard: ['100::1', '100:0:0:1::1'],
  'segment routing': ['5f00::1'],
  reserved: ['240.0.0.1', '255.255.255.255', '4000::1', '1::1'],
  'no address': ['', 'localhost', '127.1', '2130706433', '0x7f.1', '[::1]', '8.8.8.8:53'],
};

describe('isPublicAddress', () => {
  for (const [kind, addresses] of Object.entries(NOT_PUBLIC)) {
    for (const address of addresses) {
      it(`refuses ${JSON.stringify(address)} (${kind})`, () => assert.equal(isPublicAddress(address), false));
    }
  }
  for (const address of ['8.8.8.8', '100.63.255.255', '172.32.0.1', '223.255.255.255', '2606:4700::1111', '2a00::1']) {
    it(`takes ${address}`, () => assert.equal(isPublicAddress(address), true));
  }
});

describe('isLoopbackAddress', () => {
  for (const address of ['127.0.0.1', '127.8.9.1', '::1']) {
    it(`takes ${address}`, () => assert.equal(isLoopbackAddress(address), true));
  }
  for (const address of ['128.0.0.1', '::ffff:127.0.0.1', '8.8.8.8', 'localhost', '::']) {
    it(`refuses ${address}`, () => assert.equal(isLoopbackAddress(address), false));
  }
});
