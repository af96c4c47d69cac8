import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { initialize, startRaw } from '../../support/mcp-server.ts';

describe('what Node.js has compiled of the server', () => {
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
