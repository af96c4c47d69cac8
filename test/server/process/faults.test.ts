import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import {
  argumentMode,
  environmentMode,
  type ServerUnderTest,
  startServer,
  TOOL_COUNT,
} from '../../support/mcp-server.ts';

const HOUR = 3_600_000;
const SEND = /^POST .*\/drafts\/send$/;
const rateLimit = (status: number, reason: string) => ({
  status,
  headers: { 'retry-after': '0' },
  body: { error: { code: status, message: reason, errors: [{ domain: 'usageLimits', reason }] } },
});

describe('faults of Google and the network', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  before(async () => {
    sandbox = await startSandbox();
    server = await startServer({ ...environmentMode(sandbox), GMAIL_CONFIRM_SEND: 'never' });
  });
  afterEach(() => sandbox.faults.clear());
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  const passing: [string, ReturnType<typeof rateLimit> | undefined][] = [
    ['429', rateLimit(429, 'rateLimitExceeded')],
    ['403 rateLimitExceeded', rateLimit(403, 'rateLimitExceeded')],
    ['403 userRateLimitExceeded', rateLimit(403, 'userRateLimitExceeded')],
    ['500', rateLimit(500, 'backendError')],
    ['503', rateLimit(503, 'backendError')],
    ['a cut connection', undefined],
  ];
  for (const [what, answer] of passing) {
    it(`reads on after ${what}`, async () => {
      sandbox.faults.add({ match: /^GET .*\/messages$/, times: 2, ...(answer ? { answer } : { cut: true }) });
      sandbox.requests.length = 0;
      const { isError } = await server.call('gmail_get_recent_emails', { max_results: 1 });
      assert.equal(isError, false);
      assert.equal(sandbox.requests.filter((request) => /^GET .*\/messages\?/.test(request)).length, 3);
    });
  }

  const lasting: [string, ReturnType<typeof rateLimit>, RegExp][] = [
    ['429 without end', rateLimit(429, 'rateLimitExceeded'), /asks to slow down.*Wait a minute/],
    ['503 without end', rateLimit(503, 'backendError'), /Google failed with HTTP status 503/],
    ['dailyLimitExceeded', rateLimit(403, 'dailyLimitExceeded'), /daily limit/],
    ['domainPolicy', rateLimit(403, 'domainPolicy'), /domain have switched off/],
    ['accessNotConfigured', rateLimit(403, 'accessNotConfigured'), /Gmail API is not switched on.*Enable/],
  ];
  for (const [what, answer, expected] of lasting) {
    it(`gives up on ${what} and says what to do`, async () => {
      sandbox.faults.add({ match: /^GET .*\/messages$/, answer });
      const { isError, json } = await server.call('gmail_get_recent_emails', { max_results: 1 });
      assert.equal(isError, true);
      assert.match(String(json.error), expected);
    });
  }

  const sends = () => sandbox.requests.filter((request) => SEND.test(request)).length;
  const named = (subject: string) =>
    sandbox.store.messages().filter((message) => message.header('subject') === subject);

  for (const [what, fault] of [
    ['500', { answer: { status: 500 } }],
    ['a cut connection', { cut: true }],
  ] as const) {
    it(`finds out that a message was sent although the answer was ${what}`, async () => {
      sandbox.faults.add({ match: SEND, afterTheWork: true, ...fault });
      sandbox.requests.length = 0;
      const subject = `Once: ${what}`;
      const { isError, json } = await server.call('gmail_send_email', { to: 'lena@example.com', subject, body: 'x' });
      assert.equal(isError, false, String(json.error));
      assert.deepEqual(
        named(subject).map(({ id, labelIds }) => [id, [...labelIds]]),
        [[json.messageId, ['SENT']]],
      );
      assert.equal(sends(), 1);
    });
  }

  it('says that a message was not sent, and where it is, when Gmail failed before it sent', async () => {
    sandbox.faults.add({ match: SEND, cut: true });
    sandbox.requests.length = 0;
    const subject = 'Not once';
    const { json } = await server.call('gmail_send_email', { to: 'lena@example.com', subject, body: 'x' });
    const [, draft] = /was not sent.*still among the drafts, as (\S+)\./.exec(String(json.error)) ?? [];
    assert.ok(draft, String(json.error));
    assert.deepEqual(
      named(subject).map(({ labelIds }) => [...labelIds]),
      [['DRAFT']],
    );
    assert.equal(sends(), 1);
    sandbox.faults.clear();
    assert.equal((await server.call('gmail_send_email', { draft_id: draft })).isError, false);
    assert.deepEqual(
      named(subject).map(({ labelIds }) => [...labelIds]),
      [['SENT']],
    );
  });

  it('sends nothing when it is open whether the draft was saved, and says that one may be left', async () => {
    sandbox.faults.add({ match: /^POST .*\/drafts$/, cut: true, afterTheWork: true });
    sandbox.requests.length = 0;
    const subject = 'A draft perhaps';
    const { json } = await server.call('gmail_send_email', { to: 'lena@example.com', subject, body: 'x' });
    assert.match(String(json.error), /not sent, and a draft of it may be left.*Look in Drafts/);
    assert.equal(sends(), 0);
  });

  it('says that nobody knows when a token that only sends loses the answer', async () => {
    const token = sandbox.grants.grant(sandbox.client.id, ['https://www.googleapis.com/auth/gmail.send']);
    const env = { ...environmentMode(sandbox), GMAIL_REFRESH_TOKEN: token, GMAIL_CONFIRM_SEND: 'never' };
    const sending = await startServer(env);
    sandbox.faults.add({ match: /^POST .*\/messages\/send$/, cut: true, afterTheWork: true });
    const subject = 'Nobody knows';
    const { json } = await sending.call('gmail_send_email', { to: 'lena@example.com', subject, body: 'x' });
    await sending.close();
    assert.match(String(json.error), /unknown whether the message was sent.*Look in the Sent folder for.*Nobody knows/);
    assert.equal(named(subject).length, 1);
  });

  it('says plainly that nothing was sent when no access token could be had', async () => {
    sandbox.grants.endAccessTokens();
    const fresh = await startServer({ ...environmentMode(sandbox), GMAIL_CONFIRM_SEND: 'never' });
    sandbox.faults.add({ match: /^POST \/token/, answer: { status: 503 } });
    sandbox.requests.length = 0;
    const { json } = await fresh.call('gmail_send_email', { to: 'lena@example.com', subject: 'x', body: 'x' });
    await fresh.close();
    assert.match(String(json.error), /^Google failed with HTTP status 503/);
    assert.equal(sends(), 0);
  });

  it('says plainly that nothing was sent when Google asked to slow down', async () => {
    sandbox.faults.add({ match: SEND, answer: rateLimit(429, 'rateLimitExceeded') });
    sandbox.requests.length = 0;
    const { json } = await server.call('gmail_send_email', { to: 'lena@example.com', subject: 'x', body: 'x' });
    assert.match(String(json.error), /asks to slow down/);
    assert.equal(sends(), 1);
  });

  it('stops asking Google when the client cancels', async () => {
    sandbox.faults.add({ match: /^GET .*\/messages$/, answer: { status: 503, headers: { 'retry-after': '1' } } });
    sandbox.requests.length = 0;
    const cancel = new AbortController();
    const call = server.call('gmail_get_recent_emails', { max_results: 1 }, cancel.signal);
    while (!sandbox.requests.some((request) => /^GET .*\/messages\?/.test(request))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    cancel.abort();
    await assert.rejects(call);
    sandbox.faults.clear();
    // Had the retry gone on, it would have come before the end of this longer pause.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(sandbox.requests.filter((request) => /^GET .*\/messages\?/.test(request)).length, 1);
  });
});

describe('a call that is withdrawn with a reason', () => {
  for (const [what, path] of [
    ['a token is asked for', '/token'],
    ['messages are listed', '/messages?'],
    ['a batch is on its way', '/batch/'],
  ] as const) {
    it(`ends as any other, whatever the reason says, also while ${what}`, async () => {
      const sandbox = await startSandbox();
      const server = await startServer(environmentMode(sandbox));
      const cancel = new AbortController();
      const isThere = () => sandbox.requests.some((request) => request.includes(path));
      sandbox.faults.latencyMs = 300;
      const call = server.call('gmail_search_emails', { query: '' }, cancel.signal);
      while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 5));
      cancel.abort('The person pressed stop.');
      await assert.rejects(call);
      sandbox.faults.latencyMs = 0;
      assert.equal((await server.call('gmail_search_emails', { query: '' })).isError, false);
      assert.equal(server.stderr(), '');
      await server.close();
      await sandbox.close();
    });
  }
});

describe('no network', () => {
  it('is never taken for a dead sign-in', async () => {
    const closed = { GMAIL_API_BASE_URL: 'http://127.0.0.1:9', GOOGLE_OAUTH_BASE_URL: 'http://127.0.0.1:9' };
    const account = { GMAIL_CLIENT_ID: 'id', GMAIL_CLIENT_SECRET: 'secret', GMAIL_REFRESH_TOKEN: 'token' };
    const server = await startServer({ ...closed, ...account });
    const { tools } = await server.client.listTools();
    assert.equal(tools.length, TOOL_COUNT);
    const { json } = await server.call('gmail_get_recent_emails');
    const { text } = await server.call('gmail_search_emails', { query: '' });
    await server.close();
    assert.match(text, /cannot be reached.*ECONNREFUSED/);
    assert.ok(!text.includes('Google said'), 'nobody at Google said it');
    assert.match(String(json.error), /127\.0\.0\.1:9 cannot be reached.*ECONNREFUSED.*sign-in itself is untouched/);
  });
});

describe('a clock that is wrong by hours', () => {
  for (const hours of [-5, 5]) {
    it(`works on when Google's clock differs by ${hours} hours, and tells times by Google's clock`, async () => {
      const sandbox = await startSandbox({ now: () => Date.now() + hours * HOUR });
      const server = await startServer(environmentMode(sandbox));
      const { json } = await server.call('gmail_refresh_token');
      const recent = await server.call('gmail_get_recent_emails', { max_results: 1 });
      await server.close();
      await sandbox.close();
      assert.equal(recent.isError, false);
      const off = Date.parse(String(json.expires_at)) - (Date.now() + (hours + 1) * HOUR);
      assert.ok(Math.abs(off) < 60_000, `expires_at is ${off} ms off`);
    });
  }

  it('is named when Google refuses even a fresh token', async () => {
    const sandbox = await startSandbox({ now: () => Date.now() + 5 * HOUR });
    const server = await startServer(environmentMode(sandbox));
    sandbox.faults.add({ match: /^GET .*\/messages$/, answer: { status: 401 } });
    const { json } = await server.call('gmail_get_recent_emails');
    await server.close();
    await sandbox.close();
    assert.match(String(json.error), /clock is 300 minutes behind.*Set the clock/);
  });
});

describe('base URLs', () => {
  it('are followed only to this computer', async () => {
    const { startRaw } = await import('../../support/mcp-server.ts');
    for (const name of ['GMAIL_API_BASE_URL', 'GOOGLE_OAUTH_BASE_URL']) {
      const server = startRaw({ [name]: 'http://127.0.0.1.evil.example' });
      assert.equal(await server.exited, 1);
      assert.match(server.stderr(), new RegExp(`^${name} names a host other than.*\n$`));
      assert.equal(server.stdout(), '');
    }
  });

  it('reach an argument-mode server too', async () => {
    const sandbox = await startSandbox();
    const server = await startServer(argumentMode(sandbox));
    await server.call('gmail_get_recent_emails', { google_access_token: 'x' });
    await server.close();
    await sandbox.close();
    assert.equal(sandbox.requests.length, 1);
  });
});
