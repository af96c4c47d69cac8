import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { Opened } from '../../support/window.ts';

const MESSAGE = { type: 'ref/resource', uri: 'gmail://message/{message_id}' } as const;
const ATTACHMENT = { type: 'ref/resource', uri: 'gmail://attachment/{message_id}/{part_id}' } as const;
const DRAFT = { type: 'ref/prompt', name: 'draft_reply' } as const;
const SUMMARISE = { type: 'ref/prompt', name: 'summarise_thread' } as const;

describe('completion', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  const opened = new Opened();

  /** The values as they are, which is all that a picker has to show. */
  const offered = async (
    ref: typeof MESSAGE | typeof ATTACHMENT | typeof SUMMARISE | typeof DRAFT,
    [name, value]: [string, string],
    given?: Record<string, string>,
  ) => {
    const context = given ? { context: { arguments: given } } : {};
    const { completion } = await server.client.complete({ ref, argument: { name, value }, ...context });
    return completion.values;
  };
  const complete = async (...args: Parameters<typeof offered>) =>
    (await offered(...args)).map((value) => /\((?:id|part) (\S+)\)$/.exec(value)?.[1] ?? assert.fail(value));
  const newestFirst = () => sandbox.store.messages().filter(({ labelIds }) => !/SPAM|TRASH/.test([...labelIds].join()));
  const subjectsOf = (ids: readonly string[]) => ids.map((id) => sandbox.store.get(id)?.header('subject'));
  const bySubject = (subject: string) =>
    sandbox.store.messages().find((message) => message.header('subject') === subject) as StoredMessage;

  before(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    server = opened.add(await startServer(environmentMode(sandbox)));
    sandbox.requests.length = 0;
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());
  const mailRequests = () => sandbox.requests.filter((request) => !request.includes('/token'));

  it('offers the newest messages before anything is typed, by one search and one batch', async () => {
    const expected = newestFirst().slice(0, 20);
    const ids = await complete(MESSAGE, ['message_id', '']);
    assert.deepEqual(
      ids,
      expected.map(({ id }) => id),
    );
    assert.equal(mailRequests().length, 2, mailRequests().join('\n'));
    const threads = await complete(SUMMARISE, ['thread_id', '']);
    assert.deepEqual(threads, [...new Set(expected.map(({ threadId }) => threadId))]);
    assert.equal(mailRequests().length, 2, 'the second time nothing is asked');
  });

  it('finds words of the subject and of the sender, in any order', async () => {
    const { id, threadId } = bySubject('Pip has drawn your flat');
    assert.deepEqual(await complete(MESSAGE, ['message_id', 'Flat wren']), [id]);
    assert.equal(mailRequests().length, 2, mailRequests().join('\n'));
    assert.deepEqual(await complete(SUMMARISE, ['thread_id', 'flat wren']), [threadId]);
  });

  it('finds the beginnings of words among the newest, in any order', async () => {
    const [newest] = newestFirst();
    await complete(MESSAGE, ['message_id', '']);
    const { id } = bySubject('Pip has drawn your flat');
    assert.deepEqual(await complete(MESSAGE, ['message_id', 'fla wre']), [id]);
    const typed = newest?.header('subject').slice(0, -2).toLowerCase() ?? '';
    assert.ok((await complete(MESSAGE, ['message_id', typed])).includes(newest?.id ?? ''));
    assert.deepEqual(await complete(MESSAGE, ['message_id', newest?.id ?? '']), [newest?.id]);
  });

  it('shows subject, sender and date, and holds what was typed, by which the workbench filters', async () => {
    const { id, threadId } = bySubject('Pip has drawn your flat');
    const day = /\d{1,2} [A-Z][a-z]{2,3} [\d:]+/.source;
    const words = `Pip has drawn your flat · Wren Vale · ${day}`;
    const [plain = ''] = await offered(MESSAGE, ['message_id', 'drawn your']);
    assert.match(plain, new RegExp(`^${words} \\(id ${id}\\)$`));
    const [turned = ''] = await offered(SUMMARISE, ['thread_id', 'Flat wren']);
    assert.match(turned, new RegExp(`^${words} · found by “Flat wren” \\(id ${threadId}\\)$`));
    const [part] = await offered(ATTACHMENT, ['part_id', ''], { message_id: plain });
    assert.match(part ?? '', /^robins-flat-by-pip\.png · \d+ (?:bytes|KB) \(part 1\)$/);
  });

  it('is understood where its values come back, in a prompt and in a resource', async () => {
    const { id, threadId } = bySubject('Pip has drawn your flat');
    const [thread = ''] = await offered(SUMMARISE, ['thread_id', 'flat wren']);
    const { messages } = await server.client.getPrompt({ name: 'summarise_thread', arguments: { thread_id: thread } });
    assert.match(JSON.stringify(messages), new RegExp(`thread_id \\\\"${threadId}\\\\"`));
    assert.doesNotMatch(JSON.stringify(messages), /Pip has drawn/);
    const [message = ''] = await offered(MESSAGE, ['message_id', 'flat wren']);
    assert.deepEqual(await complete(MESSAGE, ['message_id', message]), [id]);
    const { contents } = await server.client.readResource({ uri: `gmail://message/${encodeURIComponent(message)}` });
    assert.match(JSON.stringify(contents), /Pip has drawn your flat/);
    // As VS Code writes what stands beyond ASCII.
    const inItsWay = message.replace(/[^\w]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
    await assert.doesNotReject(server.client.readResource({ uri: `gmail://message/${inItsWay}` }));
  });

  it('offers no message unasked where a thread was chosen before, and then only those of that thread', async () => {
    const { id, threadId } = bySubject('Pip has drawn your flat');
    const [thread = ''] = await offered(DRAFT, ['thread_id', 'drawn your flat']);
    assert.deepEqual(await complete(DRAFT, ['message_id', ''], { thread_id: thread }), []);
    assert.deepEqual(await complete(DRAFT, ['message_id', 'flat'], { thread_id: thread }), [id]);
    assert.deepEqual(await complete(DRAFT, ['message_id', 'sales'], { thread_id: threadId }), []);
    assert.ok((await complete(DRAFT, ['message_id', ''])).length > 1);
  });

  it('takes operators and brackets for signs', async () => {
    for (const value of ['in:trash', '" OR in:spam', ') {', '-(', '*', 'x'.repeat(100_000)]) {
      const found = await complete(MESSAGE, ['message_id', value]);
      assert.deepEqual(subjectsOf(found), [], value.slice(0, 20));
    }
  });

  it('offers the parts of the message that was given', async () => {
    const { id } = bySubject('Undelivered: Get well, and your scarf');
    assert.deepEqual(await complete(ATTACHMENT, ['part_id', ''], { message_id: id }), ['1', '2']);
    assert.deepEqual(await complete(ATTACHMENT, ['part_id', '2'], { message_id: id }), ['2']);
    assert.deepEqual(await complete(ATTACHMENT, ['part_id', 'Headers'], { message_id: id }), ['2']);
    assert.deepEqual(await complete(ATTACHMENT, ['part_id', ''], { message_id: 'nope' }), []);
    assert.deepEqual(await complete(ATTACHMENT, ['part_id', '']), []);
  });

  it('never offers hidden mail', async () => {
    const { id } = bySubject('Pip has drawn your flat');
    server = opened.add(
      await startServer({ ...environmentMode(sandbox), GMAIL_HIDDEN_QUERY: 'from:wren@vale-family.example' }),
    );
    assert.ok(!(await complete(MESSAGE, ['message_id', ''])).includes(id));
    assert.deepEqual(await complete(MESSAGE, ['message_id', 'flat wren']), []);
    assert.deepEqual(await complete(ATTACHMENT, ['part_id', ''], { message_id: id }), []);
  });

  it('offers nothing where nothing can be asked', async () => {
    assert.deepEqual(await complete(MESSAGE, ['how_many', '']), []);
    sandbox.faults.add({ match: /messages/, answer: { status: 403 } });
    assert.deepEqual(await complete(MESSAGE, ['message_id', '']), []);
    sandbox.faults.clear();
    server = opened.add(await startServer(argumentMode(sandbox)));
    sandbox.requests.length = 0;
    assert.deepEqual(await complete(MESSAGE, ['message_id', '']), []);
    assert.deepEqual(await complete(ATTACHMENT, ['part_id', ''], { message_id: '1' }), []);
    assert.deepEqual(sandbox.requests, []);
  });
});
