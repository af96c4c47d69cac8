import assert from 'node:assert/strict';
import { once } from 'node:events';
import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'node:test';
import { announce, prepareFolder, readAnnouncements } from '../../../src/broker/announcement.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import { randomToken } from '../../../src/broker/proof.ts';
import { silent } from '../support.ts';
import { handlersOf, TOKEN } from './support.ts';

/** Processes that live as long as the tests, beside the one whose child the client claims to be. */
export const PARENT = process.ppid;
export const OTHER = process.pid;

export const never = new AbortController().signal;

/** Windows for each test of a suite, true and false ones, and clients that choose among them. */
export class ChoiceDesk {
  root!: string;
  /** Where the client looks; the windows announce themselves elsewhere, so that a test can say what stands here. */
  shared!: string;
  /** Is resolved when a window is asked the question that nobody answers. */
  asked!: PromiseWithResolvers<void>;
  #windows: BrokerServer[] = [];
  #falseServers: Server[] = [];
  #peers: Socket[] = [];

  constructor() {
    beforeEach(async () => {
      this.root = await mkdtemp(path.join(tmpdir(), 'choice-'));
      this.shared = path.join(this.root, 'brokers');
      [this.#windows, this.#falseServers, this.#peers] = [[], [], []];
      this.asked = Promise.withResolvers();
      await prepareFolder(this.shared);
    });
    afterEach(async () => {
      for (const peer of this.#peers) peer.destroy();
      for (const server of this.#falseServers) server.close();
      await Promise.all(this.#windows.map((window) => window.dispose()));
      await rm(this.root, { recursive: true, force: true });
    });
  }

  open = async (name: string, folder: string) => {
    const token = { ...TOKEN, account: name, value: 'ya29.x' };
    const window = await BrokerServer.start({
      folder,
      handlers: async () => ({
        ...handlersOf({ getToken: token, renewToken: token }),
        // Nobody ever answers this question.
        confirmSend: () => {
          this.asked.resolve();
          return new Promise(() => undefined);
        },
      }),
      settings: () => ({ proxy: name }),
      log: silent,
    });
    this.#windows.push(window);
    return window;
  };

  /** A window of that process, focused then. */
  windowOf = async (name: string, pid: number, focusedAt: number) => {
    const folder = path.join(this.root, name);
    const window = await this.open(name, folder);
    const [own] = await readAnnouncements(folder);
    assert.ok(own);
    const { file: _, ...announcement } = own;
    return { window, file: await announce(this.shared, { ...announcement, pid, focusedAt }) };
  };

  /** An announcement with a socket that such a server listens on. */
  falseWindow = async (serve: (peer: Socket, nonce: string) => void) => {
    const nonce = randomToken();
    const socket = path.join(this.root, `false-${this.#falseServers.length}`);
    const server = createServer((peer) => {
      this.#peers.push(peer.on('error', () => undefined));
      serve(peer, nonce);
    });
    this.#falseServers.push(server);
    await once(server.listen(socket), 'listening');
    await announce(this.shared, { version: 1, pid: PARENT, socket, nonce, focusedAt: 9000 });
  };

  newClient = (settings: unknown[] = [], where = this.shared) =>
    new BrokerClient(where, { onSettings: (given) => settings.push(given), onChange: () => undefined }, PARENT);

  /** Whose window answers. */
  answering = async (client = this.newClient()) =>
    (await client.request('getToken', { access: 'read' }, never)).account;
}

/** Waits until there is no such file. */
export const isGone = async (file: string) => {
  const exists = () =>
    lstat(file).then(
      () => true,
      () => false,
    );
  // The client does not wait for the removal; a test that never ends is ended by the runner.
  while (await exists()) await new Promise((resolve) => setImmediate(resolve));
};
