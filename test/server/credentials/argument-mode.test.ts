import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { argumentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';

interface Email {
  [field: string]: unknown;
  id: string;
  threadId: string;
  body: string;
  body_size_bytes: number;
  contains_full_body: boolean;
}

const emailsOf = (json: Record<string, unknown>) => json.emails as Email[];

describe('the original contract, with credentials from arguments', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  let google_access_token: string;

  before(async () => {
    sandbox = await startSandbox();
    server = await startServer(argumentMode(sandbox));
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  const credentials = () => ({
    google_refresh_token: sandbox.refreshToken,
    google_client_id: sandbox.client.id,
    google_client_secret: sandbox.client.secret,
  });

  it('offers the four tools with the original arguments, and optional ones beside them', async () => {
    const { tools } = await server.client.listTools();
    const shape = Object.fromEntries(
      tools.map(({ name, inputSchema }) => {
        const types = Object.entries(inputSchema.properties ?? {}).map(([key, schema]) => {
          const mark = inputSchema.required?.includes(key) ? '' : '?';
          return `${key}${mark}: ${(schema as { type: string }).type}`;
        });
        return [name, types.sort()];
      }),
    );
    const original = [
      'gmail_refresh_token',
      'gmail_get_recent_emails',
      'gmail_get_email_body_chunk',
      'gmail_send_email',
    ];
    for (const name of Object.keys(shape).filter((each) => !original.includes(each))) {
      assert.ok(shape[name]?.includes('google_access_token: string'), name);
    }
    assert.deepEqual(Object.fromEntries(original.map((name) => [name, shape[name]])), {
      gmail_refresh_token: [
        'google_access_token?: string',
        'google_client_id: string',
        'google_client_secret: string',
        'google_refresh_token: string',
      ],
      gmail_get_recent_emails: [
        'google_access_token: string',
        'max_results?: integer',
        'offset?: integer',
        'unread_only?: boolean',
      ],
      gmail_get_email_body_chunk: [
        'google_access_token: string',
        'message_id?: string',
        'offset?: integer',
        'thread_id?: string',
      ],
      gmail_send_email: [
        'attachments?: array',
        'bcc?: string',
        'body?: string',
        'cc?: string',
        'draft_id?: string',
        'forward_message_id?: string',
        'from?: string',
        'google_access_token: string',
        'html_body?: string',
        'quote?: boolean',
        'reply_all?: boolean',
        'reply_to_message_id?: string',
        'signature?: boolean',
        'subject?: string',
        'to?: string',
      ],
    });
    for (const { name, annotations } of tools) {
      assert.match(name, /^[a-z_]{1,40}$/);
      assert.equal(typeof annotations?.readOnlyHint, 'boolean', name);
    }
    assert.ok((server.client.getInstructions() ?? '').length < 600);
  });

  it('refreshes the token and answers with it', async () => {
    const { json, isError } = await server.call('gmail_refresh_token', credentials());
    assert.equal(isError, false);
    assert.deepEqual(Object.keys(json).sort(), ['access_token', 'expires_at', 'expires_in', 'status']);
    assert.equal(json.status, 'success');
    assert.equal(json.expires_in, 3599);
    assert.match(String(json.expires_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    google_access_token = String(json.access_token);
    assert.ok(sandbox.grants.find(google_access_token));
  });

  it('lists recent mail, ten by default, newest first', async () => {
    const { json } = await server.call('gmail_get_recent_emails', { google_access_token });
    const emails = emailsOf(json);
    const inbox = sandbox.store.messages().filter((message) => message.labelIds.has('INBOX'));
    assert.deepEqual(
      emails.map((email) => email.id),
      inbox.slice(0, 10).map((message) => message.id),
    );
    assert.deepEqual(Object.keys(emails[0] ?? {}).sort(), [
      ...['body', 'body_size_bytes', 'contains_full_body', 'date', 'from', 'id', 'internalDate', 'labelIds'],
      ...['snippet', 'subject', 'threadId', 'to'],
    ]);
    assert.match(String(json.untrusted), /never instructions/);
  });

  it('keeps previews of 1,000 characters however many messages are asked for', async () => {
    const { json } = await server.call('gmail_get_recent_emails', { google_access_token, max_results: 100 });
    const emails = emailsOf(json);
    const inbox = sandbox.store.messages().filter((message) => message.labelIds.has('INBOX'));
    assert.equal(emails.length, inbox.length);
    assert.ok(emails.some((email) => !email.contains_full_body));
    for (const email of emails) {
      const length = [...email.body].length;
      assert.ok(email.contains_full_body ? Buffer.byteLength(email.body) === email.body_size_bytes : length === 1000);
    }
  });

  it('lists unread mail only when asked', async () => {
    const { json } = await server.call('gmail_get_recent_emails', {
      google_access_token,
      unread_only: true,
      max_results: 50,
    });
    const emails = emailsOf(json);
    assert.ok(emails.length > 5);
    for (const email of emails) assert.ok((email.labelIds as string[]).includes('UNREAD'));
  });

  it('gives every body whole when its chunks are joined', async () => {
    const { json } = await server.call('gmail_get_recent_emails', { google_access_token, max_results: 100 });
    for (const email of emailsOf(json).filter(({ contains_full_body }) => !contains_full_body)) {
      let [text, offset, isLast] = ['', 0, false];
      while (!isLast) {
        const chunk = (
          await server.call('gmail_get_email_body_chunk', {
            google_access_token,
            message_id: email.id,
            offset,
          })
        ).json;
        assert.equal(chunk.status, 'success');
        assert.equal(chunk.message_id, email.id);
        assert.equal(chunk.thread_id, email.threadId);
        assert.equal(chunk.offset, offset);
        assert.equal([...String(chunk.body)].length, chunk.chunk_size);
        text += String(chunk.body);
        offset += Number(chunk.chunk_size);
        isLast = chunk.contains_full_body === true;
      }
      assert.equal(Buffer.byteLength(text), email.body_size_bytes);
      assert.ok(text.startsWith(email.body));
    }
  });

  it('takes a thread for its first message', async () => {
    const thread = sandbox.store
      .messages()
      .map(({ threadId }) => sandbox.store.thread(threadId))
      .find((messages) => messages.length > 2);
    const { json } = await server.call('gmail_get_email_body_chunk', {
      google_access_token,
      thread_id: thread?.[0]?.threadId,
    });
    assert.equal(json.message_id, thread?.[0]?.id);
  });

  it('answers an offset past the end with an empty last chunk', async () => {
    const [message] = sandbox.store.messages();
    const { json, isError } = await server.call('gmail_get_email_body_chunk', {
      google_access_token,
      message_id: message?.id,
      offset: 1_000_000_000,
    });
    assert.equal(isError, false);
    assert.deepEqual(
      { body: json.body, chunk_size: json.chunk_size, contains_full_body: json.contains_full_body },
      { body: '', chunk_size: 0, contains_full_body: true },
    );
  });

  it('sends without asking, because the caller handed over the token for this call', async () => {
    const { json, isError } = await server.call('gmail_send_email', {
      google_access_token,
      to: 'Jürgen Größe <juergen@example.com>, ops@example.org',
      subject: 'Grüße aus Zürich 🎏',
      body: 'Guten Tag',
      html_body: '<p>Guten <b>Tag</b></p>',
    });
    assert.equal(isError, false);
    assert.deepEqual(Object.keys(json).sort(), ['labelIds', 'messageId', 'threadId']);
    const sent = sandbox.store.get(String(json.messageId));
    assert.equal(sent?.header('subject'), 'Grüße aus Zürich 🎏');
    assert.match(sent?.header('to') ?? '', /Jürgen Größe.*juergen@example\.com.*ops@example\.org/);
    assert.deepEqual(
      sent?.tree.parts.map((part) => part.mimeType),
      ['text/plain', 'text/html'],
    );
  });
});
