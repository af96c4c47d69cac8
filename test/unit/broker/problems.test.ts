import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type FoundAnnouncement, readAnnouncements } from '../../../src/broker/announcement.ts';
import type { Handlers } from '../../../src/broker/answer.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import { proofOf } from '../../../src/broker/proof.ts';
import type { BrokerToken } from '../../../src/broker/protocol.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { problemOf, silent } from '../support.ts';
import { handlersOf, QUESTION, TOKEN } from './support.ts';

type Frame = Record<string, unknown>;

describe('a broker with problems', () => {
  let folder: string;
  let broker: BrokerServer;
  let announced: FoundAnnouncement;
  let client: BrokerClient;
  let handlers: Handlers;
  let sockets: Socket[];
  let calls: object[];
  let connections: number;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'problems-')), 'brokers');
    [calls, sockets, connections] = [[], [], 0];
    handlers = handlersOf({}, (_, params) => calls.push(params));
    broker = await BrokerServer.start({ folder, handlers: async () => handlers, settings: () => ({}), log: silent });
    [announced] = (await readAnnouncements(folder)) as [FoundAnnouncement];
    const onSettings = () => {
      connections += 1;
    };
    client = new BrokerClient(folder, { onSettings, onChange: () => undefined });
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await broker.dispose();
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  const never = new AbortController().signal;
  const getToken = () => client.request('getToken', { access: 'read' }, never);
  /** A program that speaks the protocol by hand, since the client itself asks nothing malformed. */
  const dialProven = async () => {
    const socket = connect(announced.socket);
    sockets.push(socket);
    const answers = createInterface({ input: socket })[Symbol.asyncIterator]();
    const next = async (): Promise<Frame> => JSON.parse(String((await answers.next()).value));
    const send = (frame: Frame) => socket.write(`${JSON.stringify(frame)}\n`);
    send({ challenge: 'mine' });
    const theirs = String((await next()).challenge);
    send({ proof: proofOf(announced.nonce, 'server', 'mine', theirs) });
    assert.equal((await next()).ready, true);
    return { next, send };
  };

  describe('the problem of a failed request', () => {
    const failWith = async (error: unknown) => {
      handlers.getToken = () => Promise.reject(error);
      return problemOf(getToken());
    };

    it('is the window’s own: code, facts and details', async () => {
      for (const problem of [
        Problem.of('grant_dead', {}, 'invalid_grant: Token has been expired or revoked. “ü”'),
        Problem.of('offline', { host: 'oauth2.googleapis.com', code: 'ENOTFOUND' }, 'ENOTFOUND'),
        Problem.of('signed_out', {}),
      ]) {
        const met = await failWith(problem);
        assert.deepEqual(met.toWire(), problem.toWire());
        assert.deepEqual(met.explain('editor'), problem.explain('editor'));
        assert.equal(met.details, problem.details);
      }
    });

    it('is internal where this server does not know its code', async () => {
      for (const code of ['from_a_newer_version', 'constructor', 'toString', '__proto__']) {
        const met = await failWith(Object.assign(Problem.of('send_declined', {}), { code }));
        assert.equal(met.code, 'internal');
        assert.ok(met.explain('editor').why.length > 0);
      }
    });

    it('tells of any other error its name and nothing of its words', async () => {
      const met = await failWith(new TypeError('client_secret=GOCSPX-secret'));
      assert.equal(met.code, 'internal');
      assert.match(met.explain('editor').why, /TypeError/);
      assert.doesNotMatch(JSON.stringify(met.toWire()), /GOCSPX/);
    });

    it('keeps the connection, also where a handler throws at once', async () => {
      handlers.getToken = () => {
        throw Problem.of('signed_out', {});
      };
      assert.equal((await problemOf(getToken())).code, 'signed_out');
      assert.equal((await client.request('renewToken', {}, never)).value, TOKEN.value);
      assert.equal(connections, 1);
    });

    it('is internal where the answer has another form', async () => {
      for (const answer of [{ ...TOKEN, lifetime: '3599' }, { ...TOKEN, refreshToken: '1//x' }, null, undefined]) {
        handlers.getToken = () => Promise.resolve(answer as unknown as BrokerToken);
        assert.equal((await problemOf(getToken())).code, 'internal');
      }
      assert.equal((await client.request('renewToken', {}, never)).value, TOKEN.value);
    });
  });

  // What the client would never ask, but a newer or a false one may.
  const malformed: [string, Frame][] = [
    ['an unknown method', { method: 'getRefreshToken', params: {} }],
    ['a method of every object', { method: 'constructor', params: {} }],
    ['__proto__', { method: '__proto__', params: {} }],
    ['no method', { params: {} }],
    ['a method that is no text', { method: ['getToken'], params: {} }],
    ['no parameters', { method: 'getToken' }],
    ['parameters in a list', { method: 'getToken', params: [] }],
    ['a parameter of another type', { method: 'getToken', params: { access: 'read', account: 5 } }],
    ['no word of what a token is for', { method: 'getToken', params: {} }],
    ['another word for what a token is for', { method: 'getToken', params: { access: 'everything' } }],
    ['a parameter too many', { method: 'getToken', params: { access: 'read', refresh_token: '1//x' } }],
    ['an account that is too long', { method: 'renewToken', params: { account: 'a'.repeat(321) } }],
    ['a question without texts', { method: 'confirmSend', params: { ...QUESTION, parts: undefined } }],
    [
      'a question with too long a text',
      { method: 'confirmSend', params: { ...QUESTION, parts: [{ title: '', text: 'x'.repeat(2_000_001) }] } },
    ],
    [
      'a question with a file of less than nothing',
      { method: 'confirmSend', params: { ...QUESTION, files: [{ name: 'a', size: -1 }] } },
    ],
  ];
  for (const [kind, frame] of malformed) {
    it(`answers a request with ${kind}, and keeps the connection`, async () => {
      const peer = await dialProven();
      peer.send({ id: 1, ...frame });
      const { id, problem, ...rest } = (await peer.next()) as { id: number; problem: Frame };
      assert.deepEqual([id, problem.code, rest], [1, 'internal', {}]);
      assert.deepEqual(calls, []);
      peer.send({ id: 2, method: 'getToken', params: { access: 'read' } });
      assert.deepEqual(await peer.next(), { id: 2, result: TOKEN });
    });
  }
});
