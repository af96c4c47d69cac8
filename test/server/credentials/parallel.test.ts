import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { memoryVault } from '../../support/vault.ts';
import { accountOf, brokerFolder, Opened, openWindow } from '../../support/window.ts';

const HOUR = 3_600_000;

describe('twenty calls at once that need a new access token', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  const editorServer = async (folder: string): Promise<ServerUnderTest> =>
    opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
  const read = async (server: ServerUnderTest | undefined) =>
    assert.equal((await server?.call('gmail_get_recent_emails', { max_results: 1 }))?.isError, false);
  /** How many tokens Google was asked for. */
  const refreshes = async (servers: readonly ServerUnderTest[]): Promise<number> => {
    sandbox.requests.length = 0;
    await Promise.all(Array.from({ length: 20 }, (_, index) => read(servers[index % servers.length])));
    return sandbox.requests.filter((request) => request === 'POST /token').length;
  };

  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());

  describe('in three servers of one window ask Google once', () => {
    const start = async () => {
      const folder = brokerFolder();
      const window = opened.add(await openWindow(folder));
      await window.store.save(accountOf(sandbox));
      const servers = await Promise.all([editorServer(folder), editorServer(folder), editorServer(folder)]);
      for (const server of servers) await read(server);
      return servers;
    };

    it('where the old token is refused', async () => {
      const servers = await start();
      sandbox.grants.endAccessTokens();
      assert.equal(await refreshes(servers), 1);
    });

    it('where the old token has expired', async (t) => {
      const servers = await start();
      // The window and the sandbox live in this process; the servers keep no time of their own.
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * HOUR });
      assert.equal(await refreshes(servers), 1);
    });

    it('where there is none yet', async () => {
      const folder = brokerFolder();
      const window = opened.add(await openWindow(folder));
      await window.store.save(accountOf(sandbox));
      assert.equal(await refreshes(await Promise.all([editorServer(folder), editorServer(folder)])), 1);
    });
  });

  it('in the servers of two windows ask Google at most twice', async () => {
    const folder = brokerFolder();
    const vault = memoryVault();
    const servers: ServerUnderTest[] = [];
    for (let window = 0; window < 2; window += 1) {
      const { store } = opened.add(await openWindow(folder, { vault }));
      if (window === 0) await store.save(accountOf(sandbox));
      // A server stays with the window that was focused last when it began.
      for (let server = 0; server < 2; server += 1) servers.push(await editorServer(folder));
      for (const server of servers) await read(server);
    }
    sandbox.grants.endAccessTokens();
    const count = await refreshes(servers);
    assert.ok(count >= 1 && count <= 2, `${count} refreshes`);
  });
});
