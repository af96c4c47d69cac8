import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';

const MESSAGE = { to: 'lena@example.com', subject: 'Two signs', body: 'Both of them, please.' };
const sentCount = (sandbox: Sandbox) =>
  sandbox.requests.filter((request) => request.startsWith('POST /gmail/v1/users/me/drafts/send')).length;

describe('one account from the environment', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;

  before(async () => {
    sandbox = await startSandbox();
    server = await startServer(environmentMode(sandbox));
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  it('shows no credential in any schema', async () => {
    const { tools } = await server.client.listTools();
    for (const { name, inputSchema } of tools) {
      const names = Object.keys(inputSchema.properties ?? {});
      assert.deepEqual(
        names.filter((argument) => argument.startsWith('google_')),
        [],
        name,
      );
    }
  });

  it('refreshes without handing the token out', async () => {
    const { json } = await server.call('gmail_refresh_token');
    assert.deepEqual(Object.keys(json).sort(), ['account', 'expires_at', 'expires_in', 'status']);
    assert.equal(json.account, sandbox.address);
    assert.ok(Date.parse(String(json.expires_at)) > Date.now());
  });

  it('refreshes also where Gmail does not say whose mailbox it is', async () => {
    sandbox.faults.add({ match: /profile$/, answer: { status: 404 } });
    const { json, isError } = await server.call('gmail_refresh_token');
    sandbox.faults.clear();
    assert.equal(isError, false);
    assert.equal(json.account, 'unknown');
  });

  it('shrinks previews to keep the result in its budget, and says so', async () => {
    const few = await server.call('gmail_get_recent_emails', { max_results: 2 });
    const many = await server.call('gmail_get_recent_emails', { max_results: 100 });
    assert.ok(Buffer.byteLength(few.text) <= 8192);
    assert.ok(Buffer.byteLength(many.text) <= 8192);
    const emails = many.json.emails as { body: string; body_size_bytes: number; contains_full_body: boolean }[];
    const inbox = sandbox.store.messages().filter((message) => message.labelIds.has('INBOX'));
    assert.equal(emails.length + Number(many.json.left_out), inbox.length);
    const next = await server.call('gmail_get_recent_emails', {
      max_results: 100,
      offset: Number(many.json.next_offset),
    });
    assert.equal((next.json.emails as { id: string }[])[0]?.id, inbox[emails.length]?.id);
    for (const email of emails) {
      assert.equal(email.contains_full_body, Buffer.byteLength(email.body) === email.body_size_bytes);
    }
  });

  it('recovers from a token that died early by one refresh, shared by 20 parallel calls', async () => {
    await server.call('gmail_get_recent_emails', { max_results: 1 });
    sandbox.grants.endAccessTokens();
    sandbox.requests.length = 0;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.call('gmail_get_recent_emails', { max_results: 1 })),
    );
    assert.deepEqual(
      answers.map(({ isError }) => isError),
      Array(20).fill(false),
    );
    assert.equal(sandbox.requests.filter((request) => request === 'POST /token').length, 1);
  });

  it('refuses to send where nobody can be asked', async () => {
    const before = sentCount(sandbox);
    const { isError, json } = await server.call('gmail_send_email', MESSAGE);
    assert.equal(isError, true);
    assert.equal(json.status, 'error');
    assert.match(String(json.error), /not sent.*elicitation.*GMAIL_CONFIRM_SEND=never/s);
    assert.equal(sentCount(sandbox), before);
  });
});

describe('asking before sending', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  it('shows recipients and subject, and sends once when the person accepts', async () => {
    const questions: string[] = [];
    const server = await startServer(environmentMode(sandbox), {
      onQuestion: (question) => {
        questions.push(question);
        return { action: 'accept', content: { send: true } };
      },
    });
    const { isError, json } = await server.call('gmail_send_email', MESSAGE);
    await server.close();
    assert.equal(isError, false);
    assert.equal(questions.length, 1);
    assert.match(questions[0] ?? '', /lena@example\.com[\s\S]*Two signs[\s\S]*Both of them/);
    assert.equal(sentCount(sandbox), 1);
    assert.equal(sandbox.store.get(String(json.messageId))?.header('subject'), 'Two signs');
  });

  it('shows the formatted text where it says something other than the plain one', async () => {
    const questions: string[] = [];
    const server = await startServer(environmentMode(sandbox), {
      onQuestion: (question) => {
        questions.push(question);
        return { action: 'decline' };
      },
    });
    await server.call('gmail_send_email', { ...MESSAGE, html_body: '<p>Wire the deposit to \u202e me</p>' });
    await server.close();
    assert.match(questions[0] ?? '', /formatted[\s\S]*Wire the deposit to ⟨U\+202E⟩ me[\s\S]*plain[\s\S]*Both of them/);
  });

  for (const answer of [
    { action: 'decline' as const },
    { action: 'cancel' as const },
    { action: 'accept' as const, content: { send: false } },
  ]) {
    it(`sends nothing when the answer is ${JSON.stringify(answer)}`, async () => {
      const before = sentCount(sandbox);
      const server = await startServer(environmentMode(sandbox), { onQuestion: () => answer });
      const { isError, json } = await server.call('gmail_send_email', MESSAGE);
      await server.close();
      assert.equal(isError, true);
      assert.match(String(json.error), /not sent/);
      assert.equal(sentCount(sandbox), before);
    });
  }

  it('sends nothing when the call is cancelled while the question is open', async () => {
    const before = sentCount(sandbox);
    const cancel = new AbortController();
    const server = await startServer(environmentMode(sandbox), {
      onQuestion: async () => {
        cancel.abort();
        // The answer comes after the call was withdrawn.
        await new Promise((resolve) => setTimeout(resolve, 100));
        return { action: 'accept', content: { send: true } };
      },
    });
    await assert.rejects(server.call('gmail_send_email', MESSAGE, cancel.signal));
    // A call that follows on the same connection shows that the server has dealt with the late answer.
    assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    await server.close();
    assert.equal(sentCount(sandbox), before);
  });

  it('reaches Google by the proxy that the environment names, and says where that keeps it', async () => {
    const asked: (string | undefined)[] = [];
    const proxy = createServer().on('connect', ({ url }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET, GMAIL_REFRESH_TOKEN } = environmentMode(sandbox);
    const account = { GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET, GMAIL_REFRESH_TOKEN } as Record<string, string>;
    const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const server = await startServer({ ...account, HTTPS_PROXY });
    const { isError, text } = await server.call('gmail_search_emails', { query: 'soup' });
    await server.close();
    proxy.close();
    assert.equal(isError, true);
    // A request whose connection breaks is made once more.
    assert.deepEqual([...new Set(asked)], ['oauth2.googleapis.com:443']);
    assert.match(text, /cannot be reached.*HTTPS_PROXY/);
  });

  it('sends without asking where the owner of the server said so', async () => {
    const server = await startServer({ ...environmentMode(sandbox), GMAIL_CONFIRM_SEND: 'never' });
    const { isError } = await server.call('gmail_send_email', MESSAGE);
    await server.close();
    assert.equal(isError, false);
  });

  it('takes no other word than never for that', async () => {
    const before = sentCount(sandbox);
    const server = await startServer({ ...environmentMode(sandbox), GMAIL_CONFIRM_SEND: 'false' });
    const { isError } = await server.call('gmail_send_email', MESSAGE);
    await server.close();
    assert.equal(isError, true);
    assert.equal(sentCount(sandbox), before);
  });
});
