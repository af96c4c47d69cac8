import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { apiError } from '../../../src/sandbox/google-error.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { memoryVault } from '../../support/vault.ts';
import { accountOf, brokerFolder, Opened, openWindow, type Window, type WindowOptions } from '../../support/window.ts';

const MESSAGE = { to: 'Lena <lena@example.com>', subject: 'Two signs', body: 'Both of them, please.' };
/** A search that takes two requests to Gmail: the list, and a batch of its rows. */
const SEARCH = ['gmail_search_emails', { query: 'in:inbox' }] as const;

describe('a call asks its window for a token', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  /** A server whose window and sandbox have counted nothing yet. */
  const serving = async (options: WindowOptions = {}): Promise<{ window: Window; server: ServerUnderTest }> => {
    const folder = brokerFolder();
    const window = opened.add(await openWindow(folder, options));
    await window.store.save(accountOf(sandbox));
    const server = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
    // From here on the server has a window, and the window a token.
    await server.call(...SEARCH);
    window.requests.length = 0;
    sandbox.requests.length = 0;
    return { window, server };
  };
  /** The account and the refused token of each request for a token; nothing else is asked for, and each call ends noted. */
  const asked = ({ requests }: Window) =>
    requests
      .filter(({ method }) => method !== 'noteCall')
      .map(({ method, params }) => {
        const { account, refused } = params as { account?: string; refused?: string };
        return [method, account, refused];
      });

  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(async () => {
    await opened.close();
    sandbox.faults.clear();
  });
  after(() => sandbox.close());

  it('once, however many requests it makes, and the window reads the secret storage once for it', async () => {
    const vault = memoryVault();
    const { window, server } = await serving({ vault });
    vault.reads.length = 0;
    assert.equal((await server.call(...SEARCH)).isError, false);
    assert.equal(sandbox.requests.length, 2);
    assert.deepEqual(asked(window), [['getToken', undefined, undefined]]);
    assert.deepEqual(
      window.requests.map(({ method }) => method),
      ['getToken', 'noteCall'],
    );
    assert.deepEqual(vault.reads, [`account:${sandbox.address}`]);
  });

  it('again where Google refuses it, by the name of the account that it began with', async () => {
    const { window, server } = await serving();
    sandbox.grants.endAccessTokens();
    assert.equal((await server.call(...SEARCH)).isError, false);
    const [first, second, ...more] = asked(window);
    assert.deepEqual(first, ['getToken', undefined, undefined]);
    assert.deepEqual(second?.slice(0, 2), ['getToken', sandbox.address]);
    assert.match(second?.[2] ?? '', /^ya29\./);
    assert.deepEqual(more, [], 'the new one holds for the rest of the call');
  });

  it('again where its time is over while the call goes on', async () => {
    const { window, server } = await serving();
    // One that Gmail takes, and of which Google says that it has ended.
    const { value } = sandbox.grants.refresh(sandbox.client, sandbox.refreshToken);
    const answer = { status: 200, body: { access_token: value, expires_in: -1, token_type: 'Bearer' } };
    await window.store.save({ ...accountOf(sandbox), signedInAt: Date.now() + 1000 });
    sandbox.faults.add({ match: /POST \/token/, times: 1, answer });
    window.requests.length = 0;
    assert.equal((await server.call(...SEARCH)).isError, false);
    const tokens = asked(window).filter(([method]) => method === 'getToken');
    assert.deepEqual(tokens, [
      ['getToken', undefined, undefined],
      ['getToken', sandbox.address, undefined],
    ]);
  });

  it('again after the person was asked: what was lowered meanwhile sends nothing', async () => {
    const { window, server } = await serving({
      confirm: async () => {
        await window.store.change(sandbox.address, { level: 'read' });
        return true;
      },
    });
    const { isError, json } = await server.call('gmail_send_email', MESSAGE);
    assert.equal(isError, true);
    assert.match(String(json.error), /may not use robin.* for sending mail/);
    assert.ok(!sandbox.requests.some((request) => /\/(drafts|messages)\/send/.test(request)), sandbox.requests.join());
  });

  it('with each call, so that a lowered level is seen at once', async () => {
    const { window, server } = await serving({ confirm: () => true });
    assert.equal((await server.call('gmail_send_email', MESSAGE)).isError, false);
    await window.store.change(sandbox.address, { level: 'draft' });
    const { json } = await server.call('gmail_send_email', MESSAGE);
    assert.match(String(json.error), /level Draft.*needs Full/);
    assert.equal(window.questions.length, 1);
  });

  it('of the mailbox that it began with, although another one signs in and becomes the default meanwhile', async () => {
    const other = opened.add(await startSandbox(undefined, 'mira.vale@sandbox.example'));
    const { window, server } = await serving();
    const refused = { status: 401, body: apiError(401, 'authError', 'No.').body };
    sandbox.faults.add({ match: /\/history|POST \/batch/, times: 1, delayMs: 50, answer: refused });
    const searched = server.call(...SEARCH);
    while (window.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // Both in the middle of the call: this mailbox is signed in anew, and another one takes its place.
    const refreshToken = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
    await window.store.save({ ...accountOf(sandbox), refreshToken, signedInAt: Date.now() + 1000 });
    await window.store.save(accountOf(other));
    await window.store.change(other.address, { defaultSince: Date.now() + 2000 });
    assert.equal((await searched).isError, false);
    assert.ok(!other.requests.some((request) => request.includes('/gmail/')), other.requests.join());
    const accounts = asked(window).filter(([method]) => method === 'getToken');
    assert.deepEqual(
      accounts.map(([, account]) => account),
      [undefined, sandbox.address],
    );
    // The next call is about the new default.
    await server.call(...SEARCH);
    assert.ok(other.requests.some((request) => request.includes('/gmail/')));
  });
});
