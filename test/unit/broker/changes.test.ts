import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readAnnouncements } from '../../../src/broker/announcement.ts';
import type { Handlers } from '../../../src/broker/answer.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import { proofOf } from '../../../src/broker/proof.ts';
import { silent } from '../support.ts';
import { handlersOf, TOKEN } from './support.ts';

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the news of a window', () => {
  let root: string;
  let folder: string;
  let brokers: BrokerServer[];
  let sockets: Socket[];
  let handlers: Handlers;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'changes-'));
    folder = path.join(root, 'brokers');
    [brokers, sockets] = [[], []];
    handlers = handlersOf();
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(brokers.map((broker) => broker.dispose()));
    await rm(root, { recursive: true, force: true });
  });

  const open = async () => {
    const broker = await BrokerServer.start({
      folder,
      handlers: async () => handlers,
      settings: () => ({}),
      log: silent,
    });
    brokers.push(broker);
    return broker;
  };
  /** A client that counts what it hears. */
  const listen = () => {
    const heard = { count: 0 };
    const onChange = () => {
      heard.count += 1;
    };
    const client = new BrokerClient(folder, { onSettings: () => undefined, onChange }, process.pid);
    const until = async (count: number) => {
      while (heard.count < count) await turn();
    };
    const ask = () => client.request('getToken', { access: 'read' }, never);
    return { client, heard, until, ask };
  };

  it('reach every server that is connected, each time', async () => {
    const broker = await open();
    assert.equal(broker.changed(), false);
    const servers = [listen(), listen()];
    for (const { client, until } of servers) {
      client.follow();
      await until(1);
    }
    assert.equal(broker.changed(), true);
    for (const { until } of servers) await until(2);
    broker.changed();
    for (const { until } of servers) await until(3);
  });

  it('begin with the connection, of which there is one however it was opened', async () => {
    let calls = 0;
    handlers.getToken = async () => {
      calls += 1;
      return TOKEN;
    };
    await open();
    const { client, heard, ask } = listen();
    client.follow();
    await Promise.all([ask(), ask()]);
    await ask();
    assert.deepEqual([calls, heard.count], [3, 1]);
  });

  it('reach nobody before the proof', async () => {
    const broker = await open();
    const [announced] = await readAnnouncements(folder);
    assert.ok(announced);
    const socket = connect(announced.socket);
    sockets.push(socket);
    const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
    const next = async () => JSON.parse(String((await lines.next()).value));
    const send = (frame: object) => socket.write(`${JSON.stringify(frame)}\n`);
    send({ challenge: 'mine' });
    const { challenge } = await next();
    broker.changed();
    send({ proof: proofOf(announced.nonce, 'server', 'mine', challenge) });
    assert.deepEqual(await next(), { ready: true, settings: {} });
    broker.changed();
    assert.deepEqual(await next(), { changed: true });
  });

  it('are no answer to a request that waits', async () => {
    const gate = Promise.withResolvers<typeof TOKEN>();
    handlers.getToken = () => gate.promise;
    const broker = await open();
    const { client, until, ask } = listen();
    client.follow();
    await until(1);
    const asked = ask();
    broker.changed();
    await until(2);
    gate.resolve(TOKEN);
    assert.deepEqual(await asked, TOKEN);
  });

  it('come again from a later window, without a request', async () => {
    const first = await open();
    const { client, until } = listen();
    client.follow();
    await until(1);
    await first.dispose();
    const second = await open();
    await until(2);
    second.changed();
    await until(3);
  });

  it('come from a window that opens after the server', async () => {
    const { client, until, heard } = listen();
    client.follow();
    await turn();
    assert.equal(heard.count, 0);
    await open();
    await until(1);
  });
});
