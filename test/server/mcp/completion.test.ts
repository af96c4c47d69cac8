import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { Opened } from '../../support/window.ts';

const MESSAGE = { type: 'ref/resource', uri: 'gmail://message/{message_id}' } as const;
const ATTACHMENT = { type: 'ref/resource', uri: 'gmail://attachment/{message_id}/{part_id}' } as const;
const SUMMARISE = { type: 'ref/prompt', name: 'summarise_thread' } as const;

describe('completion', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  const opened = new Opened();

  const complete = async (
    ref: typeof MESSAGE | typeof ATTACHMENT | typeof SUMMARISE,
    [name, value]: [string, string],
    given?: Record<string, string>,
  ) => {
    const context = given ? { context: { arguments: given } } : {};
    const { completion } = await server.client.complete({ ref, argument: { name, value }, ...context });
    return completion.values;
  };
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

  it('finds the beginnings of words among the newest', async () => {
    const [newest] = newestFirst();
    await complete(MESSAGE, ['message_id', '']);
    const typed = newest?.header('subject').slice(0, -2).toLowerCase() ?? '';
    assert.ok((await complete(MESSAGE, ['message_id', typed])).includes(newest?.id ?? ''));
    assert.deepEqual(await complete(MESSAGE, ['message_id', newest?.id ?? '']), [newest?.id]);
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
