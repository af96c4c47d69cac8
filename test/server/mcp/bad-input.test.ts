import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import {
  argumentMode,
  environmentMode,
  type ServerUnderTest,
  startServer,
  TOOL_COUNT,
} from '../../support/mcp-server.ts';

const SECRET = 'canary-secret-that-no-answer-repeats';

describe('bad input', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  let google_access_token: string;

  before(async () => {
    sandbox = await startSandbox();
    server = await startServer(argumentMode(sandbox));
    google_access_token = sandbox.grants.refresh(
      sandbox.grants.authenticate(sandbox.client.id, sandbox.client.secret),
      sandbox.refreshToken,
    ).value;
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  const refused = async (name: string, args: Record<string, unknown>, expected: RegExp) => {
    const { isError, json, text } = await server.call(name, args);
    assert.equal(isError, true);
    assert.equal(json.status, 'error');
    assert.match(String(json.error), expected);
    assert.ok(!text.includes(SECRET), 'a secret was repeated');
    assert.ok(text.length < 1000, 'the error is longer than a model should read');
    // The server is alive after each of them.
    assert.equal((await server.client.listTools()).tools.length, TOOL_COUNT);
  };

  const chunk = 'gmail_get_email_body_chunk';
  const recent = 'gmail_get_recent_emails';
  const send = 'gmail_send_email';
  const message = { to: 'a@example.com', subject: 'Hello', body: 'Hi' };
  const rows: [string, string, Record<string, unknown>, RegExp][] = [
    ['no access token', recent, { google_access_token: undefined }, /Missing or blank: google_access_token\..*Pass/],
    ['an empty access token', recent, { google_access_token: '' }, /Missing or blank: google_access_token\./],
    ['a blank access token', recent, { google_access_token: ' \t ' }, /Missing or blank: google_access_token\./],
    ['a token that is no text', recent, { google_access_token: 42 }, /google_access_token is not usable/],
    [
      'a line break in the access token',
      recent,
      { google_access_token: 'ya29.a\nb' },
      /google_access_token is not usable.*line break/,
    ],
    ['a wrong access token', recent, { google_access_token: SECRET }, /does not accept.*Call gmail_refresh_token/],
    ['max_results 0', recent, { max_results: 0 }, /max_results.*from 1 to 100.*Got: 0\./],
    ['max_results -1', recent, { max_results: -1 }, /max_results.*from 1 to 100.*Got: -1\./],
    ['max_results 10,000', recent, { max_results: 10_000 }, /max_results.*from 1 to 100.*Got: 10000\./],
    ['max_results "many"', recent, { max_results: 'many' }, /max_results.*from 1 to 100.*Got: "many"/],
    ['max_results 2.5', recent, { max_results: 2.5 }, /max_results.*whole number.*Got: 2\.5/],
    ['unread_only "yes"', recent, { unread_only: 'yes' }, /unread_only.*true for unread.*Got: "yes"/],
    ['an argument that does not exist', recent, { unread: true }, /no argument unread.*takes.*unread_only/],
    ['neither id', chunk, {}, /message_id is missing.*message_id or thread_id/],
    ['blank ids', chunk, { message_id: '  ', thread_id: '' }, /message_id is missing or blank/],
    ['half a character for an id', chunk, { message_id: '\ud800' }, /message_id is not usable.*Id of the message/],
    ['a quoted local part', send, { ...message, to: '"ceo@corp.example, x"@evil.example' }, /is not an e-mail address/],
    [
      'too many recipients',
      send,
      { ...message, to: Array.from({ length: 501 }, (_, index) => `a${index}@example.com`).join() },
      /too many recipients in to, cc and bcc: 501/,
    ],
    ['an unknown message', chunk, { message_id: '1234abcd' }, /no message with the id 1234abcd/],
    ['an impossible message id', chunk, { message_id: 'not/an id' }, /no message with the id not\/an id/],
    ['a path for an id', chunk, { message_id: '..' }, /message_id is not usable/],
    ['an unknown thread', chunk, { thread_id: '1234abcd' }, /no thread with the id 1234abcd/],
    ['a negative offset', chunk, { message_id: '1', offset: -5 }, /offset.*from 0.*Got: -5/],
    ['a huge id', chunk, { message_id: 'f'.repeat(1_000_000) }, /message_id.*Got: a text of 1000000 characters/],
    ['no recipient', send, { ...message, to: ' ' }, /has no recipient.*Name a recipient in to/],
    [
      'a recipient without a domain',
      send,
      { ...message, to: 'bob' },
      /"bob" in to is not an e-mail address.*nothing was sent/,
    ],
    ['one bad recipient of two', send, { ...message, to: 'a@example.com, bob@' }, /"bob@" in to/],
    [
      'a line break in the recipients',
      send,
      { ...message, to: 'a@example.com\r\nBcc: b@example.com' },
      /to contains a line break/,
    ],
    [
      'a line break in the subject',
      send,
      { ...message, subject: 'Hi\nBcc: b@example.com' },
      /subject contains a line break/,
    ],
    ['no text', send, { ...message, body: ' ' }, /The message has no text.*nothing was sent/],
    ['a list for a text', send, { ...message, subject: ['a'] }, /subject.*Got: a list/],
  ];
  for (const [what, tool, args, expected] of rows) {
    it(`explains ${what}`, async () => {
      await refused(tool, { google_access_token, ...args }, expected);
    });
  }

  it('takes a blank or null for an optional argument that is not used', async () => {
    const [newest] = sandbox.store.messages();
    const args = { google_access_token, message_id: '', thread_id: newest?.threadId, offset: null };
    assert.equal((await server.call(chunk, args)).isError, false);
  });

  it('names every credential that a refresh lacks', async () => {
    const args = { google_refresh_token: SECRET, google_client_id: '', google_client_secret: '  ' };
    await refused('gmail_refresh_token', args, /Missing or blank: google_client_id, google_client_secret/);
  });

  it('sent nothing in all of this', () => {
    assert.equal(sandbox.requests.filter((request) => /\/(drafts|messages)\/send/.test(request)).length, 0);
  });

  it('explains every death of a refresh token in its own words', async () => {
    const other = sandbox.grants.addClient();
    const ours = { google_client_id: sandbox.client.id, google_client_secret: sandbox.client.secret };
    const dead = (why: 'revoked' | 'reauthentication' | 'policy') => {
      const token = sandbox.grants.grant(sandbox.client.id, ['https://www.googleapis.com/auth/gmail.modify']);
      sandbox.grants.end(token, why);
      return { ...ours, google_refresh_token: token };
    };
    const alive = { google_refresh_token: sandbox.refreshToken };
    const cases: [Record<string, string>, RegExp][] = [
      [{ ...ours, google_refresh_token: SECRET }, /no longer accepts the refresh token.*seven days.*Sign in/],
      [dead('revoked'), /no longer accepts the refresh token/],
      [dead('reauthentication'), /fresh sign-in.*invalid_rapt/],
      [dead('policy'), /administrator.*does not allow/],
      [{ ...alive, google_client_id: other.id, google_client_secret: other.secret }, /belongs to another OAuth client/],
      [{ ...alive, ...ours, google_client_secret: SECRET }, /does not know this OAuth client/],
      [{ ...alive, google_client_id: SECRET, google_client_secret: SECRET }, /does not know this OAuth client/],
    ];
    for (const [args, expected] of cases) await refused('gmail_refresh_token', args, expected);
  });

  it('explains a token without the needed permission', async () => {
    const { grants, client } = sandbox;
    const readonly = grants.grant(client.id, ['https://www.googleapis.com/auth/gmail.readonly']);
    const token = grants.refresh(grants.authenticate(client.id, client.secret), readonly).value;
    await refused(send, { ...message, google_access_token: token }, /does not include the permission/);
  });

  it('answers an unknown tool with a protocol error', async () => {
    await assert.rejects(server.call('gmail_destroy_everything'), /no tool of that name/);
  });
});

describe('an incomplete environment', () => {
  const rows: [string, Record<string, string>, RegExp][] = [
    ['a missing refresh token', { GMAIL_CLIENT_ID: 'id', GMAIL_CLIENT_SECRET: 'secret' }, /Set GMAIL_REFRESH_TOKEN in/],
    [
      'blank values',
      { GMAIL_CLIENT_ID: ' ', GMAIL_CLIENT_SECRET: '', GMAIL_REFRESH_TOKEN: '\t' },
      /blank: GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET, GMAIL_REFRESH_TOKEN/,
    ],
  ];
  for (const [what, env, expected] of rows) {
    it(`lists its tools with ${what} and explains at the call`, async () => {
      const server = await startServer(env);
      const { tools } = await server.client.listTools();
      assert.equal(tools.length, TOOL_COUNT);
      const { isError, json } = await server.call('gmail_get_recent_emails');
      await server.close();
      assert.equal(isError, true);
      assert.match(String(json.error), expected);
    });
  }

  it('says which variable to replace when the refresh token is dead', async () => {
    const sandbox = await startSandbox();
    sandbox.grants.end(sandbox.refreshToken, 'revoked');
    const server = await startServer(environmentMode(sandbox));
    const { json } = await server.call('gmail_get_recent_emails');
    await server.close();
    await sandbox.close();
    assert.match(String(json.error), /new refresh token into GMAIL_REFRESH_TOKEN/);
  });
});

describe('arguments that were made to take long', () => {
  /** Repeated up to the longest that an argument may be; what takes more than linear time would never end. */
  const pieces = ['()', '" ', '{(', 'OR ', 'a:', '1.', '\ud800', '\u200b'];

  it('are answered, and the next call is too', async () => {
    const sandbox = await startSandbox();
    const server = await startServer({ ...environmentMode(sandbox), GMAIL_HIDDEN_QUERY: 'label:choir' });
    const [{ id: message_id } = assert.fail()] = sandbox.store.messages();
    const fields: [tool: string, argument: string, longest: number, rest: Record<string, unknown>][] = [
      ['gmail_search_emails', 'query', 2000, {}],
      ['gmail_search_emails', 'cursor', 4096, { query: '' }],
      ['gmail_get_attachment', 'part_id', 60_000, { message_id }],
      ['gmail_read_thread', 'thread_id', 60_000, {}],
      ['gmail_send_email', 'subject', 20_000, { to: 'a@example.org', body: 'x' }],
    ];
    for (const [tool, argument, longest, rest] of fields) {
      for (const piece of pieces) {
        const value = piece.repeat(longest / piece.length);
        assert.equal(
          typeof (await server.call(tool, { ...rest, [argument]: value })).text,
          'string',
          `${tool} ${piece}`,
        );
      }
    }
    assert.equal((await server.call('gmail_list_labels')).isError, false);
    await server.close();
    await sandbox.close();
  });
});
