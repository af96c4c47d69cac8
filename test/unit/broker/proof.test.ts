import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { announce, type FoundAnnouncement, readAnnouncements } from '../../../src/broker/announcement.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import { proofOf, randomToken } from '../../../src/broker/proof.ts';
import type { BrokerSettings } from '../../../src/broker/protocol.ts';
import { problemOf, silent } from '../support.ts';
import { handlersOf, TOKEN } from './support.ts';

type Frame = Record<string, unknown>;

const PROXY = 'http://user:proxy-password@proxy.example:3128';

describe('the proof', () => {
  let folder: string;
  let broker: BrokerServer;
  let announced: FoundAnnouncement;
  /** What the window was asked, what it warned of, and what the client was told of its settings. */
  let asked: string[];
  let warnings: string[];
  let settings: BrokerSettings[];
  let servers: Server[];
  let sockets: Socket[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'proof-'));
    [asked, warnings, settings, servers, sockets] = [[], [], [], [], []];
    broker = await BrokerServer.start({
      folder: path.join(folder, 'brokers'),
      handlers: async () => handlersOf({}, (method) => asked.push(method)),
      settings: () => ({ proxy: PROXY }),
      log: { ...silent, warn: (line) => warnings.push(line) },
    });
    [announced] = (await readAnnouncements(path.join(folder, 'brokers'))) as [FoundAnnouncement];
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    await broker.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** A server in the test's own folder; answers the socket's path. */
  const listen = async (name: string, serve: (socket: Socket) => void) => {
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      serve(socket);
    });
    servers.push(server);
    await once(server.listen(path.join(folder, name)), 'listening');
    return path.join(folder, name);
  };
  const listener = { onSettings: (given: BrokerSettings) => settings.push(given), onChange: () => undefined };
  const client = () => new BrokerClient(path.join(folder, 'brokers'), listener, process.ppid);
  const getToken = (from = client()) => from.request('getToken', { access: 'read' }, new AbortController().signal);

  /** A program that speaks the protocol by hand. */
  const dial = () => {
    const socket = connect(announced.socket);
    sockets.push(socket);
    const lines = createInterface({ input: socket });
    // A connection that was cut may be reported as reset; both mean that no further frame comes.
    socket.on('error', () => lines.close()).once('close', () => lines.close());
    const answers = lines[Symbol.asyncIterator]();
    return {
      send: (...frames: Frame[]) => socket.write(frames.map((frame) => `${JSON.stringify(frame)}\n`).join('')),
      /** The next frame, or undefined where the broker has hung up. */
      next: async (): Promise<Frame | undefined> => {
        const answer = await answers.next().catch(() => undefined);
        return answer && !answer.done ? JSON.parse(answer.value) : undefined;
      },
    };
  };

  it('goes both ways before the window says anything else', async () => {
    const peer = dial();
    const mine = randomToken();
    peer.send({ challenge: mine });
    const first = await peer.next();
    const theirs = String(first?.challenge);
    assert.deepEqual(first, { challenge: theirs, proof: proofOf(announced.nonce, 'broker', mine, theirs) });
    peer.send({ proof: proofOf(announced.nonce, 'server', mine, theirs) });
    assert.deepEqual(await peer.next(), { ready: true, settings: { proxy: PROXY } });
    peer.send({ id: 1, method: 'getToken', params: { access: 'read' } });
    assert.deepEqual(await peer.next(), { id: 1, result: TOKEN });
  });

  it('uses another challenge for every connection', async () => {
    const challenges = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const peer = dial();
        peer.send({ challenge: 'the same' });
        return (await peer.next())?.challenge;
      }),
    );
    assert.equal(new Set(challenges).size, 5);
    for (const challenge of challenges) assert.ok(String(challenge).length >= 43, 'a challenge has 256 bits');
  });

  it('never sends the nonce, and what the window hands over comes after both proofs', async () => {
    // A relay in between sees what somebody who listens would see.
    const seen: { from: 'broker' | 'server'; bytes: Buffer }[] = [];
    const relay = await listen('relay', (near) => {
      const far = connect(announced.socket).on('error', () => undefined);
      sockets.push(far);
      near.on('data', (bytes: Buffer) => {
        seen.push({ from: 'server', bytes });
        far.write(bytes);
      });
      far.on('data', (bytes: Buffer) => {
        seen.push({ from: 'broker', bytes });
        near.write(bytes);
      });
    });
    const { file, ...announcement } = announced;
    await announce(path.dirname(file), { ...announcement, socket: relay }, file);

    assert.deepEqual(await getToken(), TOKEN);
    assert.deepEqual(settings, [{ proxy: PROXY }]);
    const everything = Buffer.concat(seen.map(({ bytes }) => bytes)).toString('utf8');
    assert.ok(everything.includes(TOKEN.value), 'the relay saw the whole conversation');
    const raw = Buffer.from(announced.nonce, 'base64url');
    for (const spelling of [announced.nonce, raw.toString('hex'), raw.toString('base64')]) {
      assert.ok(!everything.includes(spelling));
    }
    // The server's second message is its proof.
    const proofAt = seen.findIndex(({ from, bytes }) => from === 'server' && bytes.includes('"proof"'));
    const before = Buffer.concat(seen.slice(0, proofAt).map(({ bytes }) => bytes)).toString('utf8');
    assert.ok(before.includes('"proof"'), 'the window’s own proof came first');
    assert.ok(!before.includes('proxy-password') && !before.includes('getToken'));
  });

  describe('turns away a program', () => {
    const attacks: [string, (theirs: string, mine: string, brokersProof: unknown) => Frame[]][] = [
      ['with another nonce', (theirs, mine) => [{ proof: proofOf(randomToken(), 'server', mine, theirs) }]],
      ['that sends the broker’s own proof back', (_theirs, _mine, proof) => [{ proof }]],
      ['that sends no proof', () => [{}]],
      ['whose proof is empty', () => [{ proof: '' }]],
      ['whose proof is no text', () => [{ proof: true }]],
      ['that proves another role', (theirs, mine) => [{ proof: proofOf(announced.nonce, 'broker', mine, theirs) }]],
      ['that swaps the challenges', (theirs, mine) => [{ proof: proofOf(announced.nonce, 'server', theirs, mine) }]],
      ['that proves an earlier challenge', (_, mine) => [{ proof: proofOf(announced.nonce, 'server', mine, mine) }]],
      ['that asks for a second challenge', () => [{ challenge: randomToken() }]],
      ['that claims to be ready', () => [{ ready: true }]],
      ['that asks at once', () => [{ id: 1, method: 'getToken', params: { access: 'read' } }]],
    ];
    for (const [kind, attack] of attacks) {
      it(`${kind}, and answers it nothing`, async () => {
        const peer = dial();
        const mine = randomToken();
        peer.send({ challenge: mine });
        const first = await peer.next();
        peer.send(...attack(String(first?.challenge), mine, first?.proof), {
          id: 9,
          method: 'getToken',
          params: { access: 'read' },
        });
        assert.equal(await peer.next(), undefined);
        assert.deepEqual(asked, []);
        assert.equal(warnings.length, 1);
        for (const secret of [announced.nonce, PROXY]) assert.ok(!warnings.join().includes(secret));
      });
    }

    for (const first of [
      { proof: 'x' },
      { id: 1, method: 'getToken', params: { access: 'read' } },
      { challenge: 5 },
      {},
    ]) {
      it(`that does not begin with a challenge but with ${JSON.stringify(first)}`, async () => {
        const peer = dial();
        peer.send(first, { challenge: randomToken() });
        assert.equal(await peer.next(), undefined);
        assert.deepEqual(asked, []);
      });
    }
  });

  describe('is asked of the window too: a client tells nothing', () => {
    const impostors: [string, (challenge: unknown) => Frame[]][] = [
      ['that guesses a proof', () => [{ challenge: randomToken(), proof: randomToken() }]],
      ['that reflects the challenge', (challenge) => [{ challenge }]],
      ['that reflects the challenge as a proof', (challenge) => [{ challenge, proof: challenge }]],
      [
        'that knows another nonce',
        (challenge) => [{ challenge: 'x', proof: proofOf(randomToken(), 'broker', String(challenge), 'x') }],
      ],
      ['that claims to be ready', () => [{ ready: true, settings: { proxy: 'http://evil.example' } }]],
      ['that asks for the proof first', () => [{ challenge: randomToken() }]],
      ['that answers a request nobody made', () => [{ id: 1, result: TOKEN }]],
    ];
    for (const [kind, answer] of impostors) {
      it(`to one ${kind}, and goes on to the next window at once`, async (t) => {
        // The time-out that ends a silent connection never comes.
        t.mock.timers.enable({ apis: ['setTimeout'] });
        const heard: Frame[] = [];
        const socket = await listen('false', (peer) => {
          createInterface({ input: peer }).on('line', (line) => {
            heard.push(JSON.parse(line));
            const frames = answer(heard[0]?.challenge);
            // The claim is repeated, as if a first proof had been accepted.
            peer.write([...frames, ...frames, { ready: true }].map((frame) => `${JSON.stringify(frame)}\n`).join(''));
          });
        });
        // As the parent it is asked first.
        const nonce = randomToken();
        await announce(path.join(folder, 'brokers'), { version: 1, pid: process.ppid, socket, nonce, focusedAt: 0 });
        assert.deepEqual(await getToken(), TOKEN);
        assert.deepEqual(heard.map(Object.keys), [['challenge']]);
        assert.deepEqual(settings, [{ proxy: PROXY }]);
      });
    }

    it('of a live window, where the announcement names another nonce', async () => {
      const { file, ...announcement } = announced;
      await announce(path.dirname(file), { ...announcement, nonce: randomToken() }, file);
      assert.equal((await problemOf(getToken())).code, 'editor_absent');
      assert.deepEqual([asked, settings], [[], []]);
    });
  });
});
