import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { environmentMode, initialize, startRaw, startServer } from '../../support/mcp-server.ts';
import { nodeOfMajor } from '../../support/node-versions.ts';

describe('what V8 has compiled of the server', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());
  let caches: string;
  let root: string;
  beforeEach(() => {
    caches = mkdtempSync(path.join(tmpdir(), 'hg-caches-'));
    root = path.join(caches, 'headless-gmail', 'compiled');
  });
  afterEach(() => rmSync(caches, { recursive: true, force: true }));

  /** Starts a server, has it list its tools, and ends it. */
  const run = async (env: Record<string, string>) => {
    const server = startRaw(env);
    initialize(server);
    server.send({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
    assert.ok((await server.answer(2)).result);
    server.child.stdin?.end();
    assert.equal(await server.exited, 0);
  };
  const filesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder, { recursive: true }) : []);

  it('is kept for its user alone, by its version, and serves the next start', async () => {
    await run({ XDG_CACHE_HOME: caches });
    const [version, ...others] = readdirSync(root);
    assert.deepEqual(others, []);
    assert.equal(statSync(root).mode & 0o777, 0o700);
    assert.ok(filesIn(path.join(root, version ?? '')).length > 2);
    mkdirSync(path.join(root, '0.0.1'));
    await run({ XDG_CACHE_HOME: caches });
    assert.deepEqual(readdirSync(root), [version]);
  });

  const message = () => sandbox.store.messages()[0] ?? assert.fail('There is no message.');
  /** Starts a server, has it read a message, and ends it. */
  const readWith = async (node: string) => {
    const server = await startServer({ ...environmentMode(sandbox), XDG_CACHE_HOME: caches }, { node });
    await server.client.listTools();
    const { isError, text } = await server.call('gmail_read_email', { message_ids: [message().id] });
    assert.ok(!isError, text);
    await server.close();
  };

  it('is taken by every release of Node.js that the server runs on: hardly anything is kept anew', async () => {
    for (const node of [process.execPath, await nodeOfMajor(22)]) {
      rmSync(root, { recursive: true, force: true });
      const kept = () =>
        readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => `${name} ${statSync(path.join(parentPath, name)).ino}`);
      for (let count = 0; count < 3; count += 1) await readWith(node);
      const before = kept();
      assert.ok(before.length > 20);
      await readWith(node);
      // What is loaded later is sometimes there and sometimes not, where a process ends so soon.
      const after = new Set(kept());
      const anew = before.filter((file) => !after.has(file));
      assert.ok(anew.length <= before.length / 4, anew.join('\n'));
    }
  });

  it('holds what calls need, also of the thread that reads mail, and is mended where it is damaged', async () => {
    const filesOf = (thread: string) => {
      const [folder = ''] = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith(thread),
      );
      return readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name));
    };
    const bytesOf = (thread: string) => filesOf(thread).reduce((sum, file) => sum + statSync(file).size, 0);
    const read = async () => {
      await readWith(process.execPath);
      return bytesOf('thread');
    };
    await run({ ...environmentMode(sandbox), XDG_CACHE_HOME: caches });
    const listed = bytesOf('process');
    const kept = await read();
    assert.ok(kept > 0);
    assert.ok(bytesOf('process') > 2 * listed);
    const all = [...filesOf('process'), ...filesOf('thread')];
    // Of what the functions were called with nothing is kept.
    const secrets = [sandbox.refreshToken, sandbox.client.secret, message().id];
    assert.deepEqual(
      all.filter((file) => secrets.some((secret) => readFileSync(file).includes(secret))),
      [],
    );
    for (const file of all) writeFileSync(file, readFileSync(file).fill(0, statSync(file).size / 2));
    assert.ok((await read()) > kept / 2);
    const isZeroed = (file: string) => readFileSync(file).subarray(-99).equals(Buffer.alloc(99));
    // Some small ones are loaded by a longer process alone.
    const mended = all.filter((file) => statSync(file).size > 20_000);
    assert.ok(mended.length > 10);
    assert.deepEqual(mended.filter(isZeroed), []);
  });

  it('lies beside the brokers where an editor has started it', async () => {
    await run({ HEADLESS_GMAIL_BROKER: path.join(caches, 'storage', 'brokers'), XDG_CACHE_HOME: caches });
    assert.ok(filesIn(path.join(caches, 'storage', 'compiled')).length > 2);
    assert.ok(!existsSync(root));
  });

  it('is kept nowhere where the environment says so, or no folder can be made', async () => {
    await run({ XDG_CACHE_HOME: caches, NODE_DISABLE_COMPILE_CACHE: '1' });
    assert.deepEqual(readdirSync(caches), []);
    await run({ XDG_CACHE_HOME: process.platform === 'linux' ? '/proc/none' : path.join(process.execPath, 'none') });
  });

  it('is kept nowhere where others can write', { skip: process.platform === 'win32' }, async () => {
    mkdirSync(root, { recursive: true });
    chmodSync(root, 0o777);
    await run({ XDG_CACHE_HOME: caches });
    assert.deepEqual(filesIn(root), []);
    chmodSync(root, 0o700);
    for (const around of [path.dirname(root), caches]) {
      chmodSync(around, 0o777);
      await run({ XDG_CACHE_HOME: caches });
      assert.deepEqual(filesIn(root), []);
      chmodSync(around, 0o700);
    }
  });
});
