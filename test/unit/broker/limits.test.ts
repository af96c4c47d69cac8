import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type FoundAnnouncement, readAnnouncements } from '../../../src/broker/announcement.ts';
import type { Handlers } from '../../../src/broker/answer.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import { LONGEST_FRAME } from '../../../src/broker/frames.ts';
import { proofOf, randomToken } from '../../../src/broker/proof.ts';
import { silent } from '../support.ts';
import { handlersOf, QUESTION, TOKEN } from './support.ts';

type Frame = Record<string, unknown>;

describe('the limits of a window’s patience', () => {
  let folder: string;
  let broker: BrokerServer;
  let announced: FoundAnnouncement;
  let handlers: Handlers;
  let sockets: Socket[];
  /** Parameters of each request that reached a handler. */
  let calls: object[];

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'limits-')), 'brokers');
    [sockets, calls] = [[], []];
    handlers = handlersOf({}, (_, params) => calls.push(params));
    broker = await BrokerServer.start({ folder, handlers: async () => handlers, settings: () => ({}), log: silent });
    [announced] = (await readAnnouncements(folder)) as [FoundAnnouncement];
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await broker.dispose();
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  /** A program that speaks the protocol by hand. */
  const dial = () => {
    const socket = connect(announced.socket);
    sockets.push(socket);
    const lines = createInterface({ input: socket });
    // A connection that was cut may be reported as reset; both mean that no further frame comes.
    socket.on('error', () => lines.close()).once('close', () => lines.close());
    const answers = lines[Symbol.asyncIterator]();
    /** The next frame, or undefined where the broker has hung up. */
    const next = async (): Promise<Frame | undefined> => {
      const answer = await answers.next().catch(() => undefined);
      return answer && !answer.done ? JSON.parse(answer.value) : undefined;
    };
    const send = (frame: Frame) => socket.write(`${JSON.stringify(frame)}\n`);
    return { socket, lines, next, send };
  };
  const dialProven = async () => {
    const peer = dial();
    const challenge = randomToken();
    peer.send({ challenge });
    const theirs = String((await peer.next())?.challenge);
    peer.send({ proof: proofOf(announced.nonce, 'server', challenge, theirs) });
    assert.equal((await peer.next())?.ready, true);
    return peer;
  };
  /** A frame of exactly so many bytes, filled up by a field that nobody asked for. */
  const padded = (frame: Frame, bytes: number) => {
    const padding = bytes - Buffer.byteLength(JSON.stringify({ ...frame, padding: '' }));
    return { ...frame, padding: 'x'.repeat(padding) };
  };
  /** A request whose handler waits, and a promise that settles once its signal is aborted. */
  const hang = () => {
    const aborted = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    handlers.confirmSend = (_, signal) => {
      begun.resolve();
      signal.addEventListener('abort', () => aborted.resolve());
      return new Promise(() => undefined);
    };
    return { begun: begun.promise, aborted: aborted.promise };
  };

  describe('before the proof', () => {
    it('are 1,024 bytes a frame', async () => {
      const peer = dial();
      peer.send(padded({ challenge: 'mine' }, 1024));
      assert.equal(typeof (await peer.next())?.proof, 'string');
      const other = dial();
      other.send(padded({ challenge: 'mine' }, 1025));
      assert.equal(await other.next(), undefined);
    });

    it('are 1,024 bytes without a line’s end', async () => {
      const peer = dial();
      peer.socket.write('x'.repeat(1025));
      assert.equal(await peer.next(), undefined);
    });

    it('hold for the proof itself', async () => {
      const peer = dial();
      peer.send({ challenge: 'mine' });
      const theirs = String((await peer.next())?.challenge);
      peer.send(padded({ proof: proofOf(announced.nonce, 'server', 'mine', theirs) }, 1025));
      assert.equal(await peer.next(), undefined);
    });

    for (const junk of ['hello', '[]', 'null', '"x"', '{"challenge":"x"']) {
      it(`are overstepped by ${junk}`, async () => {
        const peer = dial();
        peer.socket.write(`${junk}\n`);
        assert.equal(await peer.next(), undefined);
      });
    }

    it('are five seconds, and none for a peer that has proven itself', async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const mute = dial();
      const half = dial();
      half.send({ challenge: randomToken() });
      await half.next();
      const prompt = dial();
      // Its challenge is answered after the connections before it were accepted.
      prompt.send({ challenge: 'mine' });
      const theirs = String((await prompt.next())?.challenge);
      t.mock.timers.tick(4999);
      prompt.send({ proof: proofOf(announced.nonce, 'server', 'mine', theirs) });
      assert.equal((await prompt.next())?.ready, true);
      t.mock.timers.tick(1);
      assert.deepEqual([await mute.next(), await half.next()], [undefined, undefined]);
      t.mock.timers.tick(3_600_000);
      prompt.send({ id: 1, method: 'getToken', params: { access: 'read' } });
      assert.deepEqual(await prompt.next(), { id: 1, result: TOKEN });
    });
  });

  describe('after the proof', () => {
    it('are the longest frame, to the byte', async () => {
      const peer = await dialProven();
      peer.send(padded({ id: 1, method: 'getToken', params: { access: 'read' } }, LONGEST_FRAME));
      assert.deepEqual(await peer.next(), { id: 1, result: TOKEN });
      peer.send(padded({ id: 2, method: 'getToken', params: { access: 'read' } }, LONGEST_FRAME + 1));
      assert.equal(await peer.next(), undefined);
      assert.equal(calls.length, 1);
    });

    for (const junk of ['hello', '[{"id":1,"method":"getToken","params":{"access":"read"}}]', 'null', '']) {
      it(`are overstepped by ${JSON.stringify(junk)}`, async () => {
        const peer = await dialProven();
        peer.socket.write(`${junk}\n`);
        assert.equal(await peer.next(), undefined);
      });
    }

    for (const id of [undefined, null, '1', [1]]) {
      it(`are overstepped by a request with the id ${JSON.stringify(id)}`, async () => {
        const peer = await dialProven();
        peer.send({ id, method: 'getToken', params: { access: 'read' } });
        assert.equal(await peer.next(), undefined);
        assert.deepEqual(calls, []);
      });
    }

    it('are overstepped by a request with the id of another that waits', async () => {
      const { begun, aborted } = hang();
      const peer = await dialProven();
      peer.send({ id: 1, method: 'confirmSend', params: QUESTION });
      await begun;
      peer.send({ id: 1, method: 'getToken', params: { access: 'read' } });
      assert.equal(await peer.next(), undefined);
      await aborted;
      assert.deepEqual(calls, []);
    });

    it('are read through half frames, many in a chunk, and characters in pieces', async () => {
      const peer = await dialProven();
      const questions = ['Grüße 漢字 👩‍👩‍👧', 'two'].map((subject) => ({ ...QUESTION, subject }));
      const frames = questions.map((params, id) => `${JSON.stringify({ id, method: 'confirmSend', params })}\n`);
      const bytes = Buffer.from(frames.join(''));
      // In the middle of the first character that is not ASCII.
      const cut = bytes.findIndex((byte) => byte > 0x7f) + 1;
      peer.socket.write(bytes.subarray(0, cut));
      // Another peer's answer shows that the broker has had the time to read the first half.
      const other = await dialProven();
      other.send({ id: 1, method: 'getToken', params: { access: 'read' } });
      await other.next();
      peer.socket.write(bytes.subarray(cut));
      const result = { answer: 'send', account: 'me@example.org', isAsked: true };
      assert.deepEqual(
        [await peer.next(), await peer.next()],
        [
          { id: 0, result },
          { id: 1, result },
        ],
      );
      assert.deepEqual(calls.slice(1), questions);
    });

    it('are kept by a cancellation of what nobody asked', async () => {
      const peer = await dialProven();
      peer.send({ cancel: 7 });
      peer.send({ id: 7, method: 'getToken', params: { access: 'read' } });
      assert.deepEqual(await peer.next(), { id: 7, result: TOKEN });
    });
  });

  it('end with the connection: every handler of it is aborted, and none of another', async () => {
    const signals: AbortSignal[] = [];
    handlers.getToken = (_, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const { aborted } = hang();
    const [peer, other] = [await dialProven(), await dialProven()];
    other.send({ id: 1, method: 'getToken', params: { access: 'read' } });
    other.send({ id: 2, method: 'renewToken', params: {} });
    await other.next();
    for (const id of [1, 2, 3]) peer.send({ id, method: 'getToken', params: { access: 'read' } });
    peer.send({ id: 4, method: 'confirmSend', params: QUESTION });
    while (signals.length < 4) await new Promise((resolve) => setImmediate(resolve));
    peer.socket.destroy();
    await aborted;
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [false, true, true, true],
    );
  });

  it('end for a peer that never reads, before its answers fill the memory', async () => {
    const { begun, aborted } = hang();
    handlers.getToken = async () => ({ ...TOKEN, value: 'x'.repeat(200_000) });
    const peer = await dialProven();
    peer.send({ id: 0, method: 'confirmSend', params: QUESTION });
    await begun;
    peer.lines.pause();
    peer.socket.pause();
    for (let id = 1; id <= 40; id += 1) peer.send({ id, method: 'getToken', params: { access: 'read' } });
    // The waiting handler is aborted only when the connection ends.
    await aborted;
  });
});
