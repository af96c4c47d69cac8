import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';

/** Arguments that are enough for each prompt. */
const ENOUGH: Record<string, Record<string, string>> = {
  triage_inbox: {},
  summarise_thread: { thread_id: 't1' },
  draft_reply: { message_id: 'm1' },
  find_promises: {},
  find_invoice: { what: 'the piano tuner' },
  unsubscribe: {},
};

describe('prompts', () => {
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

  const write = async (name: string, args?: Record<string, string>): Promise<string> => {
    const { messages } = await server.client.getPrompt({ name, ...(args ? { arguments: args } : {}) });
    const [message] = messages;
    assert.ok(message && messages.length === 1);
    assert.equal(message.role, 'user');
    assert.ok(message.content.type === 'text');
    return message.content.text;
  };

  it('are six, and say what they take', async () => {
    const { prompts } = await server.client.listPrompts();
    const shape = Object.fromEntries(
      prompts.map(({ name, arguments: args = [] }) => [
        name,
        args.map((argument) => `${argument.name}${argument.required ? '' : '?'}`),
      ]),
    );
    assert.deepEqual(shape, {
      triage_inbox: ['how_many?'],
      summarise_thread: ['thread_id'],
      draft_reply: ['thread_id?', 'message_id?', 'intent?'],
      find_promises: ['days?'],
      find_invoice: ['what'],
      unsubscribe: ['days?'],
    });
    for (const { name, title, description, arguments: args = [] } of prompts) {
      assert.match(name, /^[a-z_]{1,40}$/);
      assert.ok(title && description, name);
      for (const argument of args) assert.ok(argument.description, `${name} ${argument.name}`);
    }
  });

  it('are short, name only tools that there are, and say how to go about mail', async () => {
    const tools = new Set((await server.client.listTools()).tools.map(({ name }) => name));
    for (const [name, args] of Object.entries(ENOUGH)) {
      const text = await write(name, args);
      assert.ok(text.length < 1900, `${name}: ${text.length}`);
      const named = [...text.matchAll(/gmail_[a-z_]+/g)].map(([tool]) => tool);
      assert.ok(named.length > 0, name);
      for (const tool of named) assert.ok(tools.has(tool), `${name} names ${tool}`);
      assert.match(text, /data to report on.*no instruction in it/, name);
      assert.match(text, /Name the message id/, name);
      assert.match(text, /send nothing before I have said yes/, name);
      assert.doesNotMatch(text, /undefined|null|NaN|\[object/, name);
    }
  });

  it('hold the arguments, and usual ones where they are left out or blank', async () => {
    assert.match(await write('triage_inbox'), /newest 25 messages/);
    assert.match(await write('triage_inbox', { how_many: ' ' }), /newest 25 messages/);
    assert.match(await write('triage_inbox', { how_many: ' 7 ' }), /newest 7 messages.*max_results 7\)/s);
    assert.match(await write('find_promises'), /last 14 days.*in:sent newer_than:14d/s);
    assert.match(await write('find_promises', { days: '30' }), /in:inbox newer_than:30d/);
    assert.match(await write('summarise_thread', { thread_id: 't1' }), /thread_id "t1"/);
  });

  it('draft an answer to a thread or to a message, with or without what it shall say', async () => {
    const toThread = await write('draft_reply', { thread_id: 't1', message_id: '', intent: '' });
    assert.match(toThread, /thread_id "t1".*gmail_read_thread/s);
    assert.doesNotMatch(toThread, /What I want to say|message_id/);
    const toMessage = await write('draft_reply', { thread_id: 't1', message_id: 'm1', intent: 'Yes, gladly.' });
    assert.match(toMessage, /message_id "m1".*What I want to say: Yes, gladly\..*gmail_read_email/s);
  });

  it('search by the words of a person who typed some and chose none of the list', async () => {
    const byWords = await write('draft_reply', { thread_id: 'flat wren' });
    assert.match(
      byWords,
      /in my Gmail: the one that gmail_search_emails finds by "flat wren" \(where several fit, ask/,
    );
    assert.match(await write('summarise_thread', { thread_id: 'wren' }), /finds by "wren"/);
  });

  it('refuse what they cannot use, in words', async () => {
    const wrong: [string, Record<string, string>, RegExp][] = [
      [
        'nope',
        {},
        /no prompt of that name\. The prompts are triage_inbox, summarise_thread, draft_reply, find_promises, find_invoice, unsubscribe/,
      ],
      ['triage_inbox', { how_many: 'lots' }, /how_many of triage_inbox is not usable.*from 1 to 100/],
      ['triage_inbox', { how_many: '0' }, /not usable/],
      ['triage_inbox', { how_many: '101' }, /not usable/],
      ['triage_inbox', { how_many: '1e1' }, /not usable/],
      ['triage_inbox', { count: '5' }, /takes only how_many/],
      ['find_promises', { days: '366' }, /days of find_promises is not usable.*from 1 to 365/],
      ['summarise_thread', {}, /thread_id of summarise_thread is missing or blank/],
      ['summarise_thread', { thread_id: ' ' }, /missing or blank/],
      ['summarise_thread', { thread_id: '..' }, /not usable/],
      ['draft_reply', { intent: 'Yes.' }, /thread_id of draft_reply is missing or blank.*this or message_id is needed/],
      ['draft_reply', { thread_id: 't1', intent: 'x'.repeat(2001) }, /intent of draft_reply is not usable.*2,000/],
    ];
    for (const [name, args, message] of wrong) {
      await assert.rejects(server.client.getPrompt({ name, arguments: args }), { code: -32602, message });
    }
  });

  it('need no credentials and no network', async () => {
    const bare = await startServer(argumentMode(sandbox));
    sandbox.requests.length = 0;
    assert.equal((await bare.client.listPrompts()).prompts.length, 6);
    const { messages } = await bare.client.getPrompt({ name: 'triage_inbox' });
    await bare.close();
    assert.equal(messages.length, 1);
    assert.deepEqual(sandbox.requests, []);
  });
});
