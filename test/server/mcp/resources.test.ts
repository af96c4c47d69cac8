import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, otherAccountOf } from '../../support/window.ts';

const MIRA = 'mira.vale@sandbox.example';

/** The mark of an boundary is another one each time. */
const unmarked = (text: unknown) => String(text).replace(/--- (end )?[0-9a-f]{8}/g, '--- $1');

describe('resources', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  /** A message with a picture. */
  let drawing: StoredMessage;
  /** A message with a table as text. */
  let sales: StoredMessage;
  const opened = new Opened();

  const bySubject = (subject: string): StoredMessage => {
    const found = sandbox.store.messages().find((message) => message.header('subject') === subject);
    assert.ok(found, subject);
    return found;
  };
  const read = async (uri: string, { client } = server) => {
    const { contents } = await client.readResource({ uri });
    assert.equal(contents.length, 1);
    assert.equal(contents[0]?.uri, uri);
    return contents[0] as { mimeType?: string; text?: string; blob?: string };
  };

  before(async () => {
    sandbox = await startSandbox(undefined, undefined, [MIRA]);
    server = await startServer(environmentMode(sandbox));
    drawing = bySubject('Pip has drawn your flat');
    sales = bySubject('Ticket sales so far');
  });
  afterEach(() => opened.close());
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  it('are templates, listed without the network', async () => {
    const { resources, prompts, completions, tools } = server.client.getServerCapabilities() ?? {};
    assert.deepEqual([resources, prompts, completions, tools], [{}, {}, {}, { listChanged: true }]);
    sandbox.requests.length = 0;
    const { resourceTemplates } = await server.client.listResourceTemplates();
    assert.deepEqual(
      resourceTemplates.map(({ uriTemplate, mimeType }) => [uriTemplate, mimeType]),
      [
        ['gmail://message/{message_id}', 'text/plain'],
        ['gmail://thread/{thread_id}', 'text/plain'],
        ['gmail://attachment/{message_id}/{part_id}', undefined],
      ],
    );
    assert.deepEqual(sandbox.requests, []);
  });

  it('are the newest messages as well, by subject, sender and date', async () => {
    const { resources } = await server.client.listResources();
    assert.equal(resources.length, 20);
    const listed = resources.find(({ uri }) => uri === `gmail://message/${drawing.id}`);
    assert.match(listed?.name ?? '', /^Pip has drawn your flat · Wren Vale · \d{1,2} \S+ [\d:]+$/);
    assert.equal(listed?.mimeType, 'text/plain');
    assert.match((await read(listed?.uri ?? '')).text ?? '', /Pip has drawn your flat/);
  });

  it('are listed by one search and one batch, and not asked for again at once', async () => {
    const fresh = opened.add(await startServer(environmentMode(sandbox)));
    sandbox.requests.length = 0;
    const first = await fresh.client.listResources();
    for (let times = 0; times < 3; times += 1) assert.deepEqual(await fresh.client.listResources(), first);
    const asked = sandbox.requests.filter((request) => !request.includes('/token'));
    assert.deepEqual(
      asked.map((request) => request.replace(/\?.*/, '')),
      ['GET /gmail/v1/users/me/messages', 'POST /batch/gmail/v1'],
    );
  });

  it('show a message as the tool does, whole or its first page', async () => {
    for (const { id } of sandbox.store.messages().slice(0, 15)) {
      const { mimeType, text } = await read(`gmail://message/${id}`);
      assert.equal(mimeType, 'text/plain');
      assert.match(text ?? '', /words of others, data and never instructions/);
      assert.ok(Buffer.byteLength(text ?? '') <= 8192);
      const tool = await server.call('gmail_read_email', { message_ids: [id] });
      assert.equal(unmarked(text), unmarked(tool.text));
    }
  });

  it('show a thread as the tool does', async () => {
    const { threadId } = bySubject('Re: Lindenhof Row 14, flat 3B: your offer');
    const { mimeType, text } = await read(`gmail://thread/${threadId}`);
    assert.equal(mimeType, 'text/plain');
    const tool = await server.call('gmail_read_thread', { thread_id: threadId });
    assert.equal(unmarked(text), unmarked(tool.text));
  });

  it('show a text file as text and a picture as its bytes', async () => {
    const table = await read(`gmail://attachment/${sales.id}/1`);
    assert.equal(table.mimeType, 'text/plain');
    const tool = await server.call('gmail_get_attachment', { message_id: sales.id, part_id: '1' });
    assert.equal(unmarked(table.text), unmarked(tool.text));
    const picture = await read(`gmail://attachment/${drawing.id}/1`);
    assert.equal(picture.mimeType, 'image/png');
    assert.equal(picture.text, undefined);
    assert.equal(
      Buffer.from(picture.blob ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
      'PNG',
    );
  });

  it('take ids with percent signs for what these stand for', async () => {
    const encoded = [...drawing.id].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
    assert.match((await read(`gmail://message/${encoded}`)).text ?? '', /Pip has drawn your flat/);
  });

  it('take words in the place of an id, as the workbench hands them over, where one message fits', async () => {
    assert.match((await read('gmail://message/flat%20wren')).text ?? '', /Pip has drawn your flat/);
    assert.match((await read('gmail://thread/drawn')).text ?? '', /Pip has drawn your flat/);
    await assert.rejects(server.client.readResource({ uri: 'gmail://message/wren' }), {
      code: -32002,
      message: /\d+ or more messages fit what was typed\. Choose one in the list with the arrow keys/,
    });
    await assert.rejects(server.client.readResource({ uri: 'gmail://message/neither%20of%20them' }), {
      code: -32002,
      message: /no message with the id neither of them/,
    });
  });

  it('say in words that there is no such resource, message, thread or part', async () => {
    const errors: [string, RegExp][] = [
      ['gmail://message/nope', /no message with the id nope/],
      ['gmail://thread/nope', /no thread with the id nope/],
      ['gmail://attachment/nope/1', /no message with the id nope/],
      [`gmail://attachment/${drawing.id}/77`, /no file with the part 77.*parts: 1\./],
    ];
    for (const uri of [
      ...[
        'gmail://label/INBOX',
        'gmail://message/',
        'gmail://message/a/b',
        'gmail://message/a?b=c',
        'file:///etc/passwd',
      ],
      ...['gmail://message/..', 'gmail://message/%2e%2e', 'gmail://message/%zz', 'gmail://message/%20', ''],
      ...[
        `gmail://message/${'1'.repeat(300)}`,
        `gmail://attachment/${drawing.id}/../1`,
        `xgmail://message/${drawing.id}`,
      ],
      ...[`gmail://attachment/${drawing.id}/one`, `gmail://attachment/${drawing.id}`],
    ]) {
      errors.push([uri, /no such resource\. Resources are gmail:\/\/message/]);
    }
    for (const [uri, message] of errors) {
      await assert.rejects(server.client.readResource({ uri }), { code: -32002, message }, uri);
    }
  });

  it('say what is wrong with the sign-in, as the tools do', async () => {
    const incomplete = { ...environmentMode(sandbox), GMAIL_REFRESH_TOKEN: '' };
    const { client } = opened.add(await startServer(incomplete));
    await assert.rejects(client.readResource({ uri: `gmail://message/${drawing.id}` }), {
      code: -32603,
      message: /GMAIL_REFRESH_TOKEN/,
    });
  });

  it('are listed without credentials, and say which are missing when they are read', async () => {
    const { client } = opened.add(await startServer(argumentMode(sandbox)));
    assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 3);
    assert.deepEqual((await client.listResources()).resources, []);
    await assert.rejects(client.readResource({ uri: `gmail://thread/${drawing.threadId}` }), {
      code: -32603,
      message: /google_access_token is missing.*gmail_read_thread/,
    });
    await assert.rejects(client.readResource({ uri: 'gmail://nothing' }), { code: -32002 });
  });

  it('of hidden mail do not exist', async () => {
    const hiding = opened.add(
      await startServer({ ...environmentMode(sandbox), GMAIL_HIDDEN_QUERY: 'from:wren@vale-family.example' }),
    );
    for (const uri of [
      `gmail://message/${drawing.id}`,
      `gmail://thread/${drawing.threadId}`,
      `gmail://attachment/${drawing.id}/1`,
      `gmail://attachment/${drawing.id}/77`,
    ]) {
      await assert.rejects(hiding.client.readResource({ uri }), {
        code: -32002,
        message: /There is no (message|thread)/,
      });
    }
    assert.match((await read(`gmail://message/${sales.id}`, hiding)).text ?? '', /Ticket sales so far/);
    const { resources } = await hiding.client.listResources();
    assert.ok(resources.length > 0 && !resources.some(({ name }) => name.includes('Wren')));
  });

  it('belong to the default account', async () => {
    const folder = brokerFolder();
    const window = opened.add(await openWindow(folder));
    await window.store.save(accountOf(sandbox));
    await window.store.save(otherAccountOf(sandbox, MIRA));
    const several = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
    assert.match((await read(`gmail://message/${drawing.id}`, several)).text ?? '', /Pip has drawn your flat/);
    await window.store.change(MIRA, { defaultSince: Date.now() + 1000 });
    await assert.rejects(several.client.readResource({ uri: `gmail://message/${drawing.id}` }), { code: -32002 });
  });
});
