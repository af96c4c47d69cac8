import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { isBehindProxy, NETWORK, type Network } from '../../../../src/organise/unsubscribe/network.ts';
import { postUnsubscribe } from '../../../../src/organise/unsubscribe/post.ts';
import { CERTIFICATE, CERTIFICATE_KEY } from '../../../support/certificate.ts';
import { problemOf } from '../../support.ts';

describe('an encrypted connection', () => {
  let server: Server;
  /** What the host was called, in the request and before it. */
  const names: unknown[] = [];
  const { signal } = new AbortController();
  /** The real socket, but for the port, which only an administrator could open. */
  const network: Network = {
    ...NETWORK,
    resolve: async () => [{ address: '8.8.8.8', family: 4 }],
    open: (destination) => {
      const { port } = server.address() as AddressInfo;
      return NETWORK.open({ ...destination, port, addresses: [{ address: '127.0.0.1', family: 4 }] });
    },
  };
  const post = (host: string) =>
    postUnsubscribe({ url: new URL(`https://${host}/u`), isStandIn: false }, network, signal);

  before(async () => {
    server = createServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, (request, response) => {
      const { servername } = request.socket as TLSSocket;
      names.push([request.headers.host, servername]);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());

  it('is none to a host whose certificate nobody has signed', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const problem = await problemOf(post('list.example'));
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    assert.equal(problem.code, 'unsubscribe_unreachable');
    assert.match(problem.explain('editor').why, /SELF_SIGNED/);
    assert.deepEqual(names, []);
  });

  it('is none to a host with the certificate of another, and is one to the host itself', async () => {
    const usual = getCACertificates('default');
    setDefaultCACertificates([...usual, CERTIFICATE]);
    const problem = await problemOf(post('other.example'));
    assert.match(problem.explain('editor').why, /ERR_TLS_CERT_ALTNAME_INVALID/);
    assert.deepEqual(names, []);
    assert.equal(await post('list.example'), 200);
    assert.deepEqual(names, [['list.example', 'list.example']]);
    setDefaultCACertificates(usual);
  });
});

describe('isBehindProxy', () => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
    it(`heeds ${name}`, () => assert.equal(isBehindProxy({ env: { [name]: 'http://proxy.example:3128' } }), true));
  }
  for (const env of [
    {},
    { HTTPS_PROXY: '' },
    { HTTPS_PROXY: ' ' },
    { NO_PROXY: '*' },
    { HTTP_PROXY: 'http://p.example' },
  ]) {
    it(`finds none in ${JSON.stringify(env)}`, () => assert.equal(isBehindProxy({ env }), false));
  }
});
