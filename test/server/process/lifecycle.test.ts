import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { startSandbox } from '../../../src/sandbox/start.ts';
import { argumentMode, environmentMode, initialize, SERVER, startRaw } from '../../support/mcp-server.ts';
import { nodeOfMajor } from '../../support/node-versions.ts';

/** How often a server is left: one in thirty stayed once. `LEFT_RUNS=300 npm run test:server` tries it for long. */
const LEFT_RUNS = Number(process.env.LEFT_RUNS ?? 4);

const listTools = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

describe('the process', () => {
  it('ends when stdin ends, after answering what was asked', async () => {
    const server = startRaw({});
    initialize(server);
    server.send(listTools);
    server.child.stdin?.end();
    assert.equal(await server.exited, 0);
    assert.match(server.stdout(), /"serverInfo".*"id":1\}/);
    assert.match(server.stdout(), /gmail_send_email.*"id":2\}/);
  });

  it('ends when stdin ends while a call hangs', async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ match: /messages/, delayMs: 30_000 });
    const server = startRaw(environmentMode(sandbox));
    initialize(server);
    server.send({
      jsonrpc: '2.0',
      id: 3,
      method: 'tools/call',
      params: { name: 'gmail_get_recent_emails', arguments: {} },
    });
    while (!sandbox.requests.some((request) => request.includes('/messages'))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    server.child.stdin?.end();
    assert.equal(await server.exited, 0);
    await sandbox.close();
  });

  it('ends when stdin ends while V8 still compiles what a first call used', async () => {
    const sandbox = await startSandbox();
    for (let run = 0; run < LEFT_RUNS; run += 1) {
      const server = startRaw(environmentMode(sandbox));
      initialize(server);
      const params = { name: 'gmail_search_emails', arguments: { query: 'in:inbox' } };
      server.send({ jsonrpc: '2.0', id: 3, method: 'tools/call', params });
      await server.answer(3);
      server.child.stdin?.end();
      assert.equal(await server.exited, 0);
    }
    await sandbox.close();
  });

  it('ends on SIGTERM', async () => {
    const server = startRaw({});
    initialize(server);
    await server.answer(1);
    server.child.kill('SIGTERM');
    assert.equal(await server.exited, 0);
  });

  it('ignores junk on stdin, says so once a line, and lives on', async () => {
    const server = startRaw({});
    const secret = 'canary-in-junk';
    server.send(`not json ${secret}`);
    server.send('{"jsonrpc":"2.0"}');
    server.send('[]');
    server.send('');
    server.send('\u0000\u0001');
    initialize(server);
    await server.answer(1);
    server.child.stdin?.end();
    await server.exited;
    assert.equal(server.stderr().match(/was not a JSON-RPC message and was ignored/g)?.length, 5);
    assert.ok(!server.stderr().includes(secret));
    assert.equal(server.stdout().trim().split('\n').length, 1);
  });

  it('lives on when the client no longer reads stderr', async () => {
    const server = startRaw({});
    server.child.stderr?.destroy();
    for (let line = 0; line < 50; line += 1) server.send('junk');
    initialize(server);
    await server.answer(1);
    server.send(listTools);
    assert.ok((await server.answer(2)).result);
    server.child.stdin?.end();
    await server.exited;
  });

  it('takes many answers that wait to be read for no leak', async () => {
    const server = startRaw({});
    initialize(server);
    await server.answer(1);
    server.child.stdout?.pause();
    for (let id = 2; id < 40; id += 1) server.send({ ...listTools, id });
    // Junk is told of on stderr, after all before it was read.
    server.send('junk');
    while (!server.stderr().includes('JSON-RPC')) await new Promise((resolve) => setTimeout(resolve, 10));
    server.child.stdout?.resume();
    assert.ok((await server.answer(39)).result);
    server.child.stdin?.end();
    await server.exited;
    assert.doesNotMatch(server.stderr(), /Warning/);
  });

  it('ends without a word when nobody is there to hear what became of an undo', async () => {
    const server = startRaw({}, [SERVER, 'undo', 'robin@sandbox.example']);
    server.child.stdout?.destroy();
    assert.equal(await server.exited, 0);
    assert.equal(server.stderr(), '');
  });

  it('goes on with an undo when nobody reads stderr', async () => {
    const server = startRaw({ NODE_DEBUG: 'timer' }, [SERVER, 'undo', 'robin@sandbox.example']);
    server.child.stderr?.destroy();
    assert.equal(await server.exited, 0);
    assert.match(server.stdout(), /^\{"problem":.*\}\n$/);
  });

  it('refuses a request too long to read and lives on', async () => {
    const server = startRaw({});
    initialize(server);
    await server.answer(1);
    const filler = 'x'.repeat(1 << 20);
    server.child.stdin?.write('{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"');
    for (let written = 0; written < 49; written += 1) server.child.stdin?.write(filler);
    server.send('"}}');
    const { error } = await server.answer(7);
    assert.match((error as { message: string }).message, /too long to read.*Send less/);
    server.send(listTools);
    assert.ok((await server.answer(2)).result);
    server.child.stdin?.end();
    await server.exited;
  });

  it('answers a modern probe with "method not found"', async () => {
    const server = startRaw({});
    initialize(server);
    server.send({ jsonrpc: '2.0', id: 5, method: 'server/discover' });
    assert.equal(((await server.answer(5)).error as { code: number }).code, -32601);
    server.child.stdin?.end();
    await server.exited;
  });
});

describe('the server and its reading thread alone in a folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'headless-gmail-alone-'));
  const alone = path.join(folder, 'server.js');
  const dist = path.dirname(SERVER);
  for (const name of readdirSync(dist).filter((file) => /^server(?:-[\w-]+)?\.js$/.test(file)))
    copyFileSync(path.join(dist, name), path.join(folder, name));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

  for (const major of [22, 24]) {
    it(`works on Node ${major}`, async () => {
      const node = await nodeOfMajor(major);
      assert.match(execFileSync(node, ['--version'], { encoding: 'utf8' }), new RegExp(`^v${major}\\.`));
      const sandbox = await startSandbox();
      const server = startRaw(argumentMode(sandbox), [alone], node);
      initialize(server);
      server.send(listTools);
      await server.answer(2);
      server.send({
        jsonrpc: '2.0',
        id: 3,
        method: 'tools/call',
        params: {
          name: 'gmail_refresh_token',
          arguments: {
            google_refresh_token: sandbox.refreshToken,
            google_client_id: sandbox.client.id,
            google_client_secret: sandbox.client.secret,
          },
        },
      });
      const answer = JSON.stringify(await server.answer(3));
      const [, google_access_token] = /access_token\\":\\"([^"\\]+)/.exec(answer) ?? [];
      assert.ok(google_access_token, answer);
      // Mail is read in a thread, which runs the file beside it.
      const name = 'gmail_get_recent_emails';
      server.send({
        jsonrpc: '2.0',
        id: 4,
        method: 'tools/call',
        params: { name, arguments: { google_access_token } },
      });
      const mail = JSON.stringify(await server.answer(4));
      server.child.stdin?.end();
      assert.equal(await server.exited, 0);
      await sandbox.close();
      assert.match(mail, /contains_full_body/);
      assert.ok(!existsSync(path.join(folder, 'node_modules')));
    });
  }

  it('says which file is missing beside it in one line', async () => {
    const without = mkdtempSync(path.join(folder, 'without-'));
    copyFileSync(SERVER, path.join(without, 'server.js'));
    const server = startRaw({}, [path.join(without, 'server.js')]);
    assert.equal(await server.exited, 1);
    assert.match(server.stderr(), /^server-process\.js is missing: [^\n]* side by side\.\n$/);
    assert.equal(server.stdout(), '');
    // One that the first call alone would load.
    const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
    for (const file of files) copyFileSync(path.join(folder, file), path.join(without, file));
    const largest = files
      .filter((file) => /^server-[A-Z\d]{8}\.js$/.test(file))
      .sort((one, other) => statSync(path.join(folder, other)).size - statSync(path.join(folder, one)).size)[0];
    rmSync(path.join(without, String(largest)));
    const further = startRaw({}, [path.join(without, 'server.js')]);
    assert.equal(await further.exited, 1);
    assert.ok(further.stderr().startsWith(`${largest} is missing: `), further.stderr());
  });

  it('tells an older Node what it needs in one line', async () => {
    const server = startRaw({}, [alone], await nodeOfMajor(20));
    assert.notEqual(await server.exited, 0);
    assert.match(server.stderr(), /^Headless Mail for Gmail needs Node\.js 22 or later; this is 20\.[^\n]*\n$/);
    assert.equal(server.stdout(), '');
  });
});
