import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { type Address, type Destination, NETWORK, type Network } from '../../../../src/organise/unsubscribe/network.ts';
import { postUnsubscribe } from '../../../../src/organise/unsubscribe/post.ts';
import { Listener, ok } from '../../../support/list-mail.ts';
import { problemOf } from '../../support.ts';

const PUBLIC: Address = { address: '8.8.8.8', family: 4 };
const PRIVATE: Address = { address: '10.0.0.1', family: 4 };
const { signal } = new AbortController();

const open: Listener[] = [];
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close();
});

async function listen(answer = ok): Promise<Listener> {
  const listener = await Listener.start(answer);
  open.push(listener);
  return listener;
}

interface Watched extends Network {
  opened: Destination[];
  asked: string[];
}

/** A network that leads every connection to a listener, whatever its address, without encryption. */
function leadingTo({ port }: Listener, ...answers: readonly Address[][]): Watched {
  const network: Watched = {
    opened: [],
    asked: [],
    env: {},
    resolve: async (host) => {
      network.asked.push(host);
      return answers[Math.min(network.asked.length, answers.length) - 1] ?? [];
    },
    open: (destination) => {
      network.opened.push(destination);
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => socket.emit('secureConnect'));
      return socket;
    },
  };
  return network;
}

const at = (address: string, isStandIn = false) => ({ url: new URL(address), isStandIn });
const LIST = at('https://list.example/u?id=1#part');

describe('the request of one click', () => {
  it('is what RFC 8058 asks for, and holds nothing else', async () => {
    const listener = await listen();
    const network = leadingTo(listener, [PUBLIC]);
    assert.equal(await postUnsubscribe(LIST, network, signal), 200);
    assert.deepEqual(listener.received, [
      [
        'POST /u?id=1 HTTP/1.1',
        'host: list.example',
        'content-type: application/x-www-form-urlencoded',
        'content-length: 26',
        'connection: close',
        '',
        'List-Unsubscribe=One-Click',
      ].join('\r\n'),
    ]);
    assert.deepEqual(network.opened, [{ host: 'list.example', port: 443, isEncrypted: true, addresses: [PUBLIC] }]);
  });

  it('goes to the addresses that were checked, though the name leads elsewhere the second time', async () => {
    const listener = await listen();
    const network = leadingTo(listener, [PUBLIC], [PRIVATE]);
    await postUnsubscribe(LIST, network, signal);
    assert.deepEqual(network.asked, ['list.example']);
    assert.deepEqual(network.opened[0]?.addresses, [PUBLIC]);
    // Whoever asks a second time hears so.
    assert.equal((await problemOf(postUnsubscribe(LIST, network, signal))).code, 'unsubscribe_address_refused');
    assert.equal(network.opened.length, 1);
  });

  const refused: [string, string, Address[]][] = [
    ['a private address', 'https://list.example/u', [PRIVATE]],
    ['this computer', 'https://list.example/u', [{ address: '::1', family: 6 }]],
    ['a public address and a private one', 'https://list.example/u', [PUBLIC, PRIVATE]],
    ['a mapped address', 'https://list.example/u', [PUBLIC, { address: '::ffff:10.0.0.1', family: 6 }]],
    ['127.0.0.1', 'https://127.0.0.1/u', [PUBLIC]],
    ['a number that is an address', 'https://2130706433/u', [PUBLIC]],
    ['[::1]', 'https://[::1]/u', [PUBLIC]],
    ['[::ffff:127.0.0.1]', 'https://[::ffff:127.0.0.1]/u', [PUBLIC]],
    ['the metadata of a cloud', 'https://169.254.169.254/u', [PUBLIC]],
  ];
  for (const [name, address, answer] of refused) {
    it(`does not leave for ${name}`, async () => {
      const listener = await listen();
      const network = leadingTo(listener, answer);
      const problem = await problemOf(postUnsubscribe(at(address), network, signal));
      assert.equal(problem.code, 'unsubscribe_address_refused');
      assert.deepEqual([network.opened, listener.received], [[], []]);
    });
  }

  it('does not leave for a name without an address, or that cannot be looked up', async () => {
    const network = leadingTo(await listen(), []);
    assert.equal((await problemOf(postUnsubscribe(LIST, network, signal))).code, 'unsubscribe_unreachable');
    const failing = {
      ...network,
      resolve: async () => Promise.reject(Object.assign(new Error('x'), { code: 'EAI_AGAIN' })),
    };
    const problem = await problemOf(postUnsubscribe(LIST, failing, signal));
    assert.match(problem.explain('editor').why, /EAI_AGAIN/);
    assert.deepEqual(network.opened, []);
  });

  it('does not wait for ever for a name, and sends nothing after a cancellation', async () => {
    const network = { ...leadingTo(await listen(), [PUBLIC]), resolve: () => new Promise<Address[]>(() => undefined) };
    assert.equal((await problemOf(postUnsubscribe(LIST, network, signal, 20))).code, 'unsubscribe_unreachable');
    const cancelled = postUnsubscribe(LIST, leadingTo(await listen(), [PUBLIC]), AbortSignal.abort());
    assert.equal((await problemOf(cancelled)).code, 'unsubscribe_unreachable');
    assert.deepEqual(
      open.flatMap(({ received }) => received),
      [],
    );
  });

  for (const status of [300, 301, 302, 303, 304, 307, 308]) {
    it(`follows no redirect (${status}), to wherever it leads`, async () => {
      const inside = await listen();
      const listener = await listen(
        `HTTP/1.1 ${status} X\r\nLocation: ${inside.origin}/u\r\nContent-Length: 0\r\n\r\n`,
      );
      const network = leadingTo(listener, [PUBLIC]);
      const problem = await problemOf(postUnsubscribe(LIST, network, signal));
      assert.equal(problem.code, 'unsubscribe_redirected');
      assert.match(problem.explain('editor').why, new RegExp(`${status}.*not followed`));
      assert.deepEqual([inside.received, network.opened.length], [[], 1]);
    });
  }

  for (const status of [400, 403, 404, 405, 500, 503]) {
    it(`has failed where the host answers ${status}`, async () => {
      const network = leadingTo(await listen(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`), [PUBLIC]);
      assert.equal((await problemOf(postUnsubscribe(LIST, network, signal))).code, 'unsubscribe_refused');
      assert.equal(network.opened.length, 1);
    });
  }

  const unclear: [string, string][] = [
    ['breaks', 'broken'],
    ['is no HTTP', 'nonsense\r\n\r\n'],
    ['has endless headers', `HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(40)}\r\n`],
    ['ends in the middle', 'HTTP/1.1 200'],
  ];
  for (const [name, answer] of unclear) {
    it(`is unclear, and not repeated, where the answer ${name}`, async () => {
      const broken = await listen(answer);
      const network = leadingTo(broken, [PUBLIC]);
      const problem = await problemOf(postUnsubscribe(LIST, network, signal));
      assert.equal(problem.code, 'unsubscribe_unclear');
      assert.match(problem.explain('editor').why, /not repeated/);
      assert.equal(broken.received.length, 1);
    });
  }

  it('is unclear where no answer comes in time', async () => {
    const network = leadingTo(await listen('silent'), [PUBLIC]);
    const problem = await problemOf(postUnsubscribe(LIST, network, signal, 200));
    assert.equal(problem.code, 'unsubscribe_unclear');
    assert.match(problem.explain('editor').why, /TimeoutError/);
  });

  it('reads no body, however long', async () => {
    const endless = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'5\r\nhello\r\n'.repeat(100_000)}`;
    assert.equal(await postUnsubscribe(LIST, leadingTo(await listen(endless), [PUBLIC]), signal), 200);
  });

  it('has not left where nobody listens', async () => {
    const listener = await listen();
    const network = leadingTo(listener, [PUBLIC]);
    const { port } = listener;
    await listener.close();
    open.splice(0);
    const nobody = { ...network, open: () => connect(port, '127.0.0.1') };
    const problem = await problemOf(postUnsubscribe(LIST, nobody, signal));
    assert.equal(problem.code, 'unsubscribe_unreachable');
    assert.match(problem.explain('editor').why, /ECONNREFUSED/);
  });
});

describe('the request to a local stand-in', () => {
  it('goes out unencrypted, to this computer alone', async () => {
    const listener = await listen();
    const standIn = at(`${listener.origin}/u?id=2`, true);
    assert.equal(await postUnsubscribe(standIn, NETWORK, signal), 200);
    assert.match(listener.received[0] ?? '', /^POST \/u\?id=2 HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\n/);
  });

  it('goes to the address that was checked, and asks for none a second time', async () => {
    const listener = await listen();
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    };
    await postUnsubscribe(at(`http://localhost:${listener.port}/`, true), { ...NETWORK, resolve }, signal);
    assert.deepEqual([asked, listener.received.length], [1, 1]);
  });

  it('does not leave where the name leads off this computer', async () => {
    const network = leadingTo(await listen(), [PUBLIC]);
    const problem = await problemOf(postUnsubscribe(at('http://localhost:4100/', true), network, signal));
    assert.equal(problem.code, 'unsubscribe_address_refused');
    assert.deepEqual(network.opened, []);
  });
});
