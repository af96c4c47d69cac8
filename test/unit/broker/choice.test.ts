import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { announce, prepareFolder, readAnnouncements } from '../../../src/broker/announcement.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import { proofOf, randomToken } from '../../../src/broker/proof.ts';
import { questionOf } from '../../support/question.ts';
import { problemOf, silent } from '../support.ts';
import { handlersOf, TOKEN } from './support.ts';

/** Processes that live as long as the tests, beside the one whose child the client claims to be. */
const PARENT = process.ppid;
const OTHER = process.pid;
const deadPid = spawnSync(process.execPath, ['-e', '']).pid;

describe('the window that a server asks', () => {
  let root: string;
  /** Where the client looks; the windows announce themselves elsewhere, so that a test can say what stands here. */
  let shared: string;
  let windows: BrokerServer[];
  let falseServers: Server[];
  let peers: Socket[];
  let asked: PromiseWithResolvers<void>;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'choice-'));
    shared = path.join(root, 'brokers');
    [windows, falseServers, peers] = [[], [], []];
    asked = Promise.withResolvers();
    await prepareFolder(shared);
  });
  afterEach(async () => {
    for (const peer of peers) peer.destroy();
    for (const server of falseServers) server.close();
    await Promise.all(windows.map((window) => window.dispose()));
    await rm(root, { recursive: true, force: true });
  });

  const open = async (name: string, folder: string) => {
    const token = { ...TOKEN, account: name, value: 'ya29.x' };
    const window = await BrokerServer.start({
      folder,
      handlers: async () => ({
        ...handlersOf({ getToken: token, renewToken: token }),
        // Nobody ever answers this question.
        confirmSend: () => {
          asked.resolve();
          return new Promise(() => undefined);
        },
      }),
      settings: () => ({ proxy: name }),
      log: silent,
    });
    windows.push(window);
    return window;
  };
  /** A window of that process, focused then. */
  const windowOf = async (name: string, pid: number, focusedAt: number) => {
    const window = await open(name, path.join(root, name));
    const [own] = await readAnnouncements(path.join(root, name));
    assert.ok(own);
    const { file: _, ...announcement } = own;
    return { window, file: await announce(shared, { ...announcement, pid, focusedAt }) };
  };
  /** An announcement with a socket that such a server listens on. */
  const falseWindow = async (serve: (peer: Socket, nonce: string) => void) => {
    const nonce = randomToken();
    const socket = path.join(root, `false-${falseServers.length}`);
    const server = createServer((peer) => {
      peers.push(peer.on('error', () => undefined));
      serve(peer, nonce);
    });
    falseServers.push(server);
    await once(server.listen(socket), 'listening');
    await announce(shared, { version: 1, pid: PARENT, socket, nonce, focusedAt: 9000 });
  };
  const newClient = (settings: unknown[] = [], where = shared) =>
    new BrokerClient(where, { onSettings: (given) => settings.push(given), onChange: () => undefined }, PARENT);
  const never = new AbortController().signal;
  const answering = async (client = newClient()) =>
    (await client.request('getToken', { access: 'read' }, never)).account;
  const isGone = async (file: string) => {
    const exists = () =>
      lstat(file).then(
        () => true,
        () => false,
      );
    // The client does not wait for the removal; a test that never ends is ended by the runner.
    while (await exists()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('is the parent’s, although another was focused later', async () => {
    await windowOf('other', OTHER, 3000);
    await windowOf('parent', PARENT, 1000);
    await windowOf('another', OTHER, 2000);
    assert.equal(await answering(), 'parent');
  });

  it('is the one focused last where none is the parent’s', async () => {
    for (const focusedAt of [2000, 3000, 1000]) await windowOf(`at ${focusedAt}`, OTHER, focusedAt);
    assert.equal(await answering(), 'at 3000');
  });

  it('is the one of two of the parent’s that was focused last', async () => {
    for (const focusedAt of [1000, 2000]) await windowOf(`at ${focusedAt}`, PARENT, focusedAt);
    assert.equal(await answering(), 'at 2000');
  });

  it('stays the same while it lives, whichever is focused', async () => {
    await windowOf('first', OTHER, 1000);
    const client = newClient();
    assert.equal(await answering(client), 'first');
    await windowOf('second', OTHER, 2000);
    assert.equal(await answering(client), 'first');
    assert.equal(await answering(newClient()), 'second');
  });

  it('is the parent’s as soon as that is there, although another was found before', async () => {
    const { window } = await windowOf('first', OTHER, 2000);
    const client = newClient();
    assert.equal(await answering(client), 'first');
    await windowOf('parent', PARENT, 1000);
    assert.equal(await answering(client), 'parent');
    await window.dispose();
    assert.equal(await answering(client), 'parent');
  });

  it('follows the focus', async () => {
    const file = async () => {
      const [name = ''] = await readdir(shared);
      return JSON.parse(await readFile(path.join(shared, name), 'utf8'));
    };
    const window = await open('real', shared);
    const before = await file();
    // The clock may not have moved on since the start, so the start is put into the past.
    const [own] = await readAnnouncements(shared);
    assert.ok(own);
    await announce(shared, { ...before, focusedAt: 0 }, own.file);
    const start = Date.now();
    await window.focused();
    const { focusedAt, ...rest } = await file();
    assert.ok(focusedAt >= start && focusedAt <= Date.now());
    assert.deepEqual(rest, { version: 1, pid: process.pid, socket: before.socket, nonce: before.nonce });
    assert.equal((await stat(own.file)).mode & 0o777, 0o600);
    assert.equal(await answering(), 'real');
    await window.dispose();
    assert.deepEqual(await readdir(shared), []);
  });

  it('is left for the one that was focused since, as soon as it has answered what it was asked', async () => {
    const first = await windowOf('first', OTHER, 1000);
    let news = 0;
    const onChange = () => {
      news += 1;
    };
    // No window is the parent of this client.
    const client = new BrokerClient(shared, { onSettings: () => undefined, onChange }, 1);
    const question = questionOf();
    const until = async (count: number) => {
      while (news < count) await new Promise((resolve) => setImmediate(resolve));
    };
    assert.equal(await answering(client), 'first');
    const withdrawn = new AbortController();
    const asked = problemOf(client.request('confirmSend', question, withdrawn.signal));
    const second = await windowOf('second', PARENT, 2000);
    client.request('confirmSend', question, never).catch(() => undefined);
    await until(2);
    first.window.changed();
    await until(3);
    withdrawn.abort();
    assert.equal((await asked).code, 'cancelled');
    first.window.changed();
    second.window.changed();
    await until(4);
    assert.equal(await answering(client), 'second');
    assert.equal(news, 4, 'the first window is no longer heard');
  });

  it('is another one once it is gone, also where a question was waiting', async () => {
    const { window, file } = await windowOf('parent', PARENT, 1000);
    await windowOf('other', OTHER, 2000);
    const settings: unknown[] = [];
    const client = newClient(settings);
    assert.equal(await answering(client), 'parent');
    const question = questionOf();
    const waiting = problemOf(client.request('confirmSend', question, never));
    await asked.promise;
    await window.dispose();
    assert.equal((await waiting).code, 'editor_absent');
    assert.equal(await answering(client), 'other');
    assert.deepEqual(settings, [{ proxy: 'parent' }, { proxy: 'other' }]);
    await isGone(file);
  });

  it('is none where nothing is announced', async () => {
    assert.equal((await problemOf(answering())).code, 'editor_absent');
    const nowhere = newClient([], path.join(root, 'gone'));
    assert.equal((await problemOf(answering(nowhere))).code, 'editor_absent');
  });

  it('is not one of a dead process, whose files are removed', async () => {
    const socketFolder = path.join(root, 'headless-gmail-abcdef');
    await mkdir(socketFolder);
    const socket = path.join(socketFolder, 's');
    const nonce = randomToken();
    const file = await announce(shared, { version: 1, pid: deadPid, socket, nonce, focusedAt: 9000 });
    await windowOf('living', OTHER, 1000);
    assert.equal(await answering(), 'living');
    for (const gone of [file, socketFolder]) await assert.rejects(lstat(gone), { code: 'ENOENT' });
  });

  it('is not one whose socket is gone, and that announcement is withdrawn', async () => {
    const socket = path.join(root, 'nobody');
    const nonce = randomToken();
    const file = await announce(shared, { version: 1, pid: PARENT, socket, nonce, focusedAt: 9000 });
    assert.equal((await problemOf(answering())).code, 'editor_absent');
    await isGone(file);
    await windowOf('living', OTHER, 1000);
    assert.equal(await answering(), 'living');
  });

  it('is not one that hangs up, which keeps its announcement', async () => {
    await falseWindow((peer) => peer.destroy());
    await windowOf('living', OTHER, 1000);
    assert.equal(await answering(), 'living');
    assert.equal((await readdir(shared)).length, 2);
  });

  it('is looked for once by requests at the same time, also where none is found', async () => {
    let dialled = 0;
    await falseWindow((peer) => {
      dialled += 1;
      peer.destroy();
    });
    const client = newClient();
    const codes = await Promise.all(Array.from({ length: 5 }, async () => (await problemOf(answering(client))).code));
    assert.deepEqual(new Set(codes), new Set(['editor_absent']));
    // One search after the other would add up their time-outs where a window says nothing.
    assert.equal(dialled, 1);
    assert.equal((await problemOf(answering(client))).code, 'editor_absent');
    assert.equal(dialled, 2, 'a later request looks again');
  });

  it('is not one that says nothing for three seconds', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const connected = Promise.withResolvers<void>();
    await falseWindow((peer) => peer.once('data', () => connected.resolve()));
    await windowOf('living', OTHER, 1000);
    const answer = answering();
    await connected.promise;
    t.mock.timers.tick(3000);
    assert.equal(await answer, 'living');
  });

  it('is not one that proves itself and is never ready', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const proven = Promise.withResolvers<void>();
    await falseWindow((peer, nonce) => {
      createInterface({ input: peer }).on('line', (line) => {
        const { challenge, proof } = JSON.parse(line);
        if (proof) proven.resolve();
        else peer.write(`${JSON.stringify({ challenge: 'x', proof: proofOf(nonce, 'broker', challenge, 'x') })}\n`);
      });
    });
    await windowOf('living', OTHER, 1000);
    const settings: unknown[] = [];
    const answer = answering(newClient(settings));
    await proven.promise;
    t.mock.timers.tick(3000);
    assert.equal(await answer, 'living');
    assert.deepEqual(settings, [{ proxy: 'living' }]);
  });

  it('takes the place of one that died without a word, and removes what that one left', async () => {
    const socketFolder = path.join(root, 'headless-gmail-abcdef');
    await mkdir(socketFolder);
    const socket = path.join(socketFolder, 's');
    await announce(shared, { version: 1, pid: deadPid, socket, nonce: randomToken(), focusedAt: 1 });
    await open('real', shared);
    // Before anybody looks for announcements, which would remove it as well.
    await assert.rejects(lstat(socketFolder), { code: 'ENOENT' });
    assert.deepEqual(
      (await readAnnouncements(shared)).map(({ pid }) => pid),
      [process.pid],
    );
  });
});
