import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { announce, prepareFolder } from '../../../src/broker/announcement.ts';
import { randomToken } from '../../../src/broker/proof.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { environmentMode, initialize, startRaw, startServer, TOOL_COUNT } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, otherAccountOf } from '../../support/window.ts';

const MIRA = 'mira.vale@sandbox.example';
const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';
/** How many tools a sign-in for reading lacks. */
const WRITING = 6;
const listTools = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

describe('a running server', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  /** A server, and the tools that it offers after each time that it says they are others. */
  const follow = async (env: Record<string, string>) => {
    const server = opened.add(await startServer(env));
    let changes = 0;
    server.client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      changes += 1;
    });
    const list = async () => (await server.client.listTools()).tools;
    const changed = async (count: number) => {
      while (changes < count) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(changes, count);
      return (await list()).map(({ name }) => name);
    };
    return { server, list, changed };
  };
  const SENDING = 'gmail_send_email';
  const LISTING = 'gmail_list_accounts';

  before(async () => {
    sandbox = await startSandbox(undefined, undefined, [MIRA]);
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());

  it('says so when who is signed in, a level or the default changes what it offers, and not otherwise', async () => {
    const folder = brokerFolder();
    const { store, changed: tell } = opened.add(await openWindow(folder));
    const { list, changed } = await follow({ HEADLESS_GMAIL_BROKER: folder });
    assert.equal((await list()).length, TOOL_COUNT, 'nobody is signed in yet');

    // The same tools as before, so nothing is said; the next news is the level's.
    await store.save({ ...accountOf(sandbox), signedInAt: 1000 });
    tell();
    await store.change(sandbox.address, { level: 'read' });
    assert.ok(!(await changed(1)).includes(SENDING));

    // None of these is a change of what is offered.
    await store.change(sandbox.address, { level: 'draft' });
    await store.change(sandbox.address, { scopes: [READONLY] });
    tell();
    await store.save(otherAccountOf(sandbox, MIRA));
    const tools = await changed(2);
    assert.ok(tools.includes(SENDING) && tools.includes(LISTING));

    await store.change(MIRA, { defaultSince: Date.now() });
    await changed(3);
    const [tool] = await list();
    assert.match(JSON.stringify(tool?.inputSchema.properties?.account), /default mira/);

    await store.remove(MIRA);
    const left = await changed(4);
    assert.ok(!left.includes(SENDING) && !left.includes(LISTING));

    await store.remove(sandbox.address);
    assert.ok((await changed(5)).includes(SENDING), 'a call of it says what to do');
  });

  it('says so when the window comes after it, goes, and another one comes', async () => {
    const folder = brokerFolder();
    const { list, changed } = await follow({ HEADLESS_GMAIL_BROKER: folder });
    assert.equal((await list()).length, TOOL_COUNT);

    const first = await openWindow(folder);
    await first.store.save({ ...accountOf(sandbox), level: 'read' });
    assert.equal((await changed(1)).length, TOOL_COUNT - WRITING);

    await first.close();
    assert.equal((await list()).length, TOOL_COUNT - WRITING, 'what was known last');

    const second = opened.add(await openWindow(folder));
    await second.store.save(accountOf(sandbox));
    assert.equal((await changed(2)).length, TOOL_COUNT);
  });

  it('says nothing before it was asked for its tools', async () => {
    const folder = brokerFolder();
    const window = opened.add(await openWindow(folder));
    const server = startRaw({ HEADLESS_GMAIL_BROKER: folder });
    await window.store.save({ ...accountOf(sandbox), level: 'read' });
    initialize(server);
    await server.answer(1);
    await window.store.change(sandbox.address, { level: 'full' });
    await window.store.change(sandbox.address, { level: 'read' });
    server.send(listTools);
    const { result } = (await server.answer(2)) as { result: { tools: unknown[] } };
    assert.equal(result.tools.length, TOOL_COUNT - WRITING);
    server.child.stdin?.end();
    assert.equal(await server.exited, 0);
    assert.ok(!server.stdout().includes('list_changed'));
  });

  it('lists every tool where the window says nothing', async () => {
    const folder = brokerFolder();
    await prepareFolder(folder);
    const socket = path.join(path.dirname(folder), 's');
    // It takes connections and says nothing, as an extension host that is busy does.
    const mute = createServer((peer) => void peer.resume().on('error', () => undefined));
    await new Promise<void>((resolve) => mute.listen(socket, resolve));
    opened.add({ close: () => new Promise((resolve) => mute.close(() => resolve())) });
    await announce(folder, { version: 1, pid: process.pid, socket, nonce: randomToken(), focusedAt: 1 });
    const server = startRaw({ HEADLESS_GMAIL_BROKER: folder });
    initialize(server);
    await server.answer(1);
    server.send(listTools);
    const { result } = (await server.answer(2)) as { result: { tools: unknown[] } };
    assert.equal(result.tools.length, TOOL_COUNT);
    server.child.kill('SIGTERM');
    await server.exited;
  });

  it('with an account from the environment offers what the first token allows', async () => {
    const refreshToken = sandbox.grants.grant(sandbox.client.id, [READONLY]);
    const { server, list, changed } = await follow({
      ...environmentMode(sandbox),
      GMAIL_REFRESH_TOKEN: refreshToken,
      GMAIL_CONFIRM_SEND: 'never',
    });
    assert.equal((await list()).length, TOOL_COUNT);
    const before = sandbox.requests.length;
    const { json } = await server.call(SENDING, { to: 'lena@example.com', subject: 's', body: 'b' });
    assert.match(String(json.error), /does not include sending mail.*gmail\.modify.*GMAIL_REFRESH_TOKEN/);
    assert.deepEqual(sandbox.requests.slice(before), ['POST /token']);
    assert.ok(!(await changed(1)).includes(SENDING));
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    await server.call('gmail_refresh_token');
    assert.equal((await changed(1)).length, TOOL_COUNT - WRITING, 'the same scopes are no news');
    await assert.rejects(server.call(LISTING), /no tool of that name/);
  });
});
