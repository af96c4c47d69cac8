import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { initialize, type ServerUnderTest, startRaw, startServer, TOOL_COUNT } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, type Window } from '../../support/window.ts';

const MESSAGE = { to: 'Lena <lena@example.com>', subject: 'Two signs', body: 'Both of them, please.' };
const sends = (sandbox: Sandbox) => sandbox.requests.filter((request) => request.includes('/drafts/send')).length;

describe('a server that an editor started', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  const closing = <T extends { close(): Promise<void> }>(thing: T): T => opened.add(thing);
  const editorServer = async (folder: string, env: Record<string, string> = {}): Promise<ServerUnderTest> =>
    closing(await startServer({ ...env, HEADLESS_GMAIL_BROKER: folder }));
  const signedIn = async (folder: string, options: Parameters<typeof openWindow>[1] = {}): Promise<Window> => {
    const window = closing(await openWindow(folder, options));
    await window.store.save(accountOf(sandbox));
    return window;
  };

  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(async () => {
    await opened.close();
    sandbox.faults.clear();
  });
  after(() => sandbox.close());

  it('lists its tools without a window, and a call says in one go that there is none', async () => {
    const server = await editorServer(brokerFolder());
    const { tools } = await server.client.listTools();
    assert.equal(tools.length, TOOL_COUNT);
    for (const { inputSchema } of tools) {
      assert.deepEqual(
        Object.keys(inputSchema.properties ?? {}).filter((name) => name.startsWith('google_')),
        [],
      );
    }
    const { isError, json } = await server.call('gmail_get_recent_emails');
    assert.equal(isError, true);
    assert.match(String(json.error), /No VS Code window answers.*Open VS Code/);
  });

  it('reads, refreshes and hands out no token', async () => {
    const folder = brokerFolder();
    await signedIn(folder);
    const server = await editorServer(folder);
    const recent = await server.call('gmail_get_recent_emails', { max_results: 3 });
    assert.equal((recent.json.emails as unknown[]).length, 3);
    const { json } = await server.call('gmail_refresh_token');
    assert.deepEqual(Object.keys(json).sort(), ['account', 'expires_at', 'expires_in', 'status']);
    assert.equal(json.account, sandbox.address);
  });

  it('ignores every setting of a headless server', async () => {
    const folder = brokerFolder();
    const window = await signedIn(folder);
    const server = await editorServer(folder, {
      GMAIL_API_BASE_URL: 'http://evil.example',
      GOOGLE_OAUTH_BASE_URL: 'http://evil.example',
      GMAIL_CONFIRM_SEND: 'never',
      GMAIL_CLIENT_ID: 'x',
      GMAIL_CLIENT_SECRET: 'x',
      GMAIL_REFRESH_TOKEN: 'x',
    });
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    const before = sends(sandbox);
    assert.equal((await server.call('gmail_send_email', MESSAGE)).isError, true);
    assert.equal(window.questions.length, 1);
    assert.equal(sends(sandbox), before);
  });

  it('waits for the person with each send: no sends nothing, yes sends once', async () => {
    const folder = brokerFolder();
    let answer = false;
    const window = await signedIn(folder, { confirm: () => answer });
    const server = await editorServer(folder);
    const before = sends(sandbox);
    const refused = await server.call('gmail_send_email', MESSAGE);
    assert.match(String(refused.json.error), /not sent/);
    assert.equal(sends(sandbox), before);
    answer = true;
    assert.equal((await server.call('gmail_send_email', MESSAGE)).isError, false);
    assert.equal(sends(sandbox), before + 1);
    const { to, subject, parts } = window.questions[1] ?? {};
    assert.deepEqual(
      { to: to?.map(({ shown }) => shown), subject, text: parts?.[0]?.text },
      { to: ['Lena <lena@example.com>'], subject: MESSAGE.subject, text: MESSAGE.body },
    );
  });

  it('reports progress while the person decides, and a late yes after a cancellation sends nothing', async () => {
    const folder = brokerFolder();
    const cancel = new AbortController();
    let decide = (_yes: boolean) => {};
    let withdrawn: AbortSignal | undefined;
    await signedIn(folder, {
      confirm: (_question, signal) => {
        withdrawn = signal;
        return new Promise<boolean>((resolve) => {
          decide = resolve;
        });
      },
    });
    const server = await editorServer(folder);
    const before = sends(sandbox);
    const progressed = Promise.withResolvers<void>();
    const call = server.client.callTool({ name: 'gmail_send_email', arguments: MESSAGE }, undefined, {
      signal: cancel.signal,
      onprogress: ({ message }) => {
        assert.match(message ?? '', /person to confirm/);
        progressed.resolve();
      },
    });
    call.catch(() => undefined);
    await progressed.promise;
    while (!withdrawn) await new Promise((resolve) => setTimeout(resolve, 5));
    cancel.abort();
    await assert.rejects(call);
    while (!withdrawn.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
    decide(true);
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    assert.equal(sends(sandbox), before);
  });

  it('sends nothing by a late yes when the client has gone', async () => {
    const folder = brokerFolder();
    const answered = Promise.withResolvers<void>();
    let ask = () => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    await signedIn(folder, {
      confirm: async (_question, signal) => {
        ask();
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        answered.resolve();
        return true;
      },
    });
    const before = sends(sandbox);
    const server = startRaw({ HEADLESS_GMAIL_BROKER: folder });
    initialize(server);
    server.send({
      jsonrpc: '2.0',
      id: 2,
      method: 'tools/call',
      params: { name: 'gmail_send_email', arguments: MESSAGE },
    });
    await asked;
    server.child.stdin?.end();
    // The question is withdrawn while the process is still on its way out.
    await answered.promise;
    assert.equal(await server.exited, 0);
    assert.equal(sends(sandbox), before);
  });

  it('follows sign-in and sign-out from one call to the next', async () => {
    const folder = brokerFolder();
    const window = closing(await openWindow(folder));
    const server = await editorServer(folder);
    const before = await server.call('gmail_get_recent_emails', { max_results: 1 });
    assert.match(String(before.json.error), /No Gmail account is signed in.*Gmail: Sign In…/);
    await window.store.save(accountOf(sandbox));
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    await window.store.remove(sandbox.address);
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, true);
  });

  it('sends from the account that the person was shown, whoever signs in meanwhile', async () => {
    const folder = brokerFolder();
    const mira = closing(await startSandbox(undefined, 'mira.vale@sandbox.example'));
    const window: Window = await signedIn(folder, {
      confirm: async () => {
        await window.store.save({ ...accountOf(mira), signedInAt: Date.now() + 1000 });
        await window.store.change(mira.address, { defaultSince: Date.now() + 1000 });
        return true;
      },
    });
    const server = await editorServer(folder);
    const before = sends(sandbox);
    assert.equal((await server.call('gmail_send_email', MESSAGE)).isError, false);
    assert.equal(sends(sandbox), before + 1);
    assert.equal(sends(mira), 0);
    assert.match(String((await server.call('gmail_refresh_token')).json.account), /^mira/);
  });

  it('goes through the proxy of the window to Google, and never with a token of the sandbox', async () => {
    const folder = brokerFolder();
    await signedIn(folder, { settings: { proxy: 'http://127.0.0.1:9' } });
    const server = await editorServer(folder);
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
  });

  it('finds the broker of a later window by the same folder', async () => {
    const folder = brokerFolder();
    const first = await openWindow(folder);
    await first.store.save(accountOf(sandbox));
    const server = await editorServer(folder);
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    await first.close();
    assert.match(String((await server.call('gmail_get_recent_emails')).json.error), /No VS Code window answers/);
    await signedIn(folder);
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
  });

  it('says what the person must do when Google has ended the sign-in', async () => {
    const folder = brokerFolder();
    const window = closing(await openWindow(folder));
    const refreshToken = sandbox.grants.grant(sandbox.client.id, ['https://www.googleapis.com/auth/gmail.modify']);
    await window.store.save({ ...accountOf(sandbox), refreshToken });
    sandbox.grants.end(refreshToken, 'revoked');
    const server = await editorServer(folder);
    const { json } = await server.call('gmail_get_recent_emails');
    assert.match(String(json.error), /no longer accepts the refresh token.*Ask the user to run.*Gmail: Sign In…/);
  });

  it('keeps secrets out of its environment, its arguments and its output', async () => {
    const folder = brokerFolder();
    await signedIn(folder, { settings: { proxy: '' } });
    const server = startRaw({ HEADLESS_GMAIL_BROKER: folder, HEADLESS_GMAIL_LOG_LEVEL: 'debug' });
    initialize(server);
    server.send({
      jsonrpc: '2.0',
      id: 2,
      method: 'tools/call',
      params: { name: 'gmail_refresh_token', arguments: {} },
    });
    await server.answer(2);
    const visible = ['environ', 'cmdline']
      .map((name) => readFileSync(`/proc/${server.child.pid}/${name}`, 'utf8'))
      .join('\n');
    server.child.stdin?.end();
    await server.exited;
    const everything = visible + server.stdout() + server.stderr();
    for (const secret of [sandbox.refreshToken, sandbox.client.secret, sandbox.client.id]) {
      assert.ok(!everything.includes(secret));
    }
    assert.ok(!/ya29\./.test(everything));
  });
});
