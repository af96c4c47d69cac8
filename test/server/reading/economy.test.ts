import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import {
  bodyOf,
  cursorOf,
  enclosed,
  file,
  pagesOf,
  requestsDuring,
  rowIds,
  startMail,
  succeed,
} from '../../support/mail.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { addNewsletter } from '../../support/newsletter.ts';
import { tokensOf } from '../../support/tokens.ts';
import { accountOf, brokerFolder, Opened, openWindow, otherAccountOf } from '../../support/window.ts';

const MIRA = 'mira.vale@sandbox.example';
const READ = 'gmail_read_email';

function assertTokens(text: string, most: number): void {
  const tokens = tokensOf(text);
  assert.ok(tokens <= most, `${tokens} tokens: ${text.slice(0, 200)}`);
}

describe('what the tools cost a model', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  const opened = new Opened();

  before(async () => {
    sandbox = await startSandbox(undefined, undefined, [MIRA]);
    server = await startMail(sandbox);
  });
  afterEach(() => opened.close());
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  it('is at most 1,500 tokens for 25 rows of a search', async () => {
    for (const query of ['in:inbox', 'in:anywhere']) {
      const text = await succeed(server, 'gmail_search_emails', { query });
      assert.equal(rowIds(text).length, 25);
      assertTokens(text, 1500);
    }
  });

  it('is at most 2,500 tokens for the first page of a newsletter of 200 KB, whose rest can be reached', async () => {
    const id = await addNewsletter(sandbox.store, 200 * 1024);
    let page = await succeed(server, READ, { message_ids: [id] });
    assertTokens(page, 2500);
    let joined = bodyOf(page);
    const requests = await requestsDuring(sandbox, async () => {
      for (let next = /offset (\d+)\.$/m.exec(page); next; next = /offset (\d+)\.$/m.exec(page)) {
        page = await succeed(server, READ, { message_ids: [id], offset: Number(next[1]) });
        joined += enclosed(page)[0];
      }
    });
    assert.equal(requests, 0);
    const stories = [...joined.matchAll(/\bStory (\d+)\b/g)].map(([, n]) => Number(n));
    assert.deepEqual(
      stories,
      Array.from({ length: stories.length }, (_, n) => n + 1),
    );
    assert.ok(stories.length > 100 && !/utm_|<td|font-family/.test(joined));
  });

  it('takes two HTTP requests for the ten newest messages with their texts', async () => {
    const requests = await requestsDuring(sandbox, async () => {
      const { json } = await server.call('gmail_get_recent_emails');
      assert.equal((json.emails as unknown[]).length, 10);
    });
    assert.equal(requests, 2);
  });

  it('asks Gmail for the labels alone of a message that was read before, and shows those', async () => {
    const { id } = await file(sandbox.store, { subject: 'Harvest', text: 'Your sign-in code is 482913.' });
    const ways: [string, Record<string, unknown>][] = [
      [READ, { message_ids: [id] }],
      ['gmail_get_recent_emails', { max_results: 1 }],
    ];
    for (const [tool, args] of ways) {
      const first = await succeed(server, tool, args);
      // What is masked in it is known only now, and hidden before its text is cut.
      await succeed(server, tool, args);
      sandbox.store.modify(id, ['STARRED'], []);
      const calls = sandbox.calls.length;
      const again = await succeed(server, tool, args);
      const asked = sandbox.calls.slice(calls).filter((call) => call.includes(`/messages/${id}`));
      assert.equal(asked.length, 1);
      assert.match(asked[0] ?? '', /format=minimal/);
      assert.doesNotMatch(first, /STARRED|482913/);
      assert.match(again, /STARRED/);
      assert.match(again, /one-time code hidden/);
      assert.doesNotMatch(again, /482913/);
      sandbox.store.modify(id, [], ['STARRED']);
    }
  });

  describe('is bounded for the list of tools, as a model sees it', () => {
    const assertList = async (one: ServerUnderTest, most: number) => {
      const { tools } = await one.client.listTools();
      assert.ok(tools.length > 10);
      assertTokens(
        JSON.stringify(tools.map(({ name, description, inputSchema }) => [name, description, inputSchema])),
        most,
      );
      return tools.map(({ name }) => name);
    };

    it('with two accounts in the editor', async () => {
      const folder = brokerFolder();
      const window = opened.add(await openWindow(folder));
      await window.store.save(accountOf(sandbox));
      await window.store.save(otherAccountOf(sandbox, MIRA));
      const one = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
      assert.ok((await assertList(one, 3900)).includes('gmail_list_accounts'));
    });

    it('with an account from the environment', async () => {
      await assertList(server, 2650);
    });

    it('with credentials from arguments', async () => {
      await assertList(opened.add(await startServer(argumentMode(sandbox))), 3300);
    });
  });

  it('is three calls and at most 1,600 tokens of results to answer in a conversation', async () => {
    const onQuestion = () => ({ action: 'accept' as const, content: { send: true } });
    const asked = opened.add(await startServer(environmentMode(sandbox), { onQuestion }));
    const all = sandbox.store.messages().filter(({ labelIds }) => !labelIds.has('TRASH') && !labelIds.has('SPAM'));
    const conversations = Map.groupBy(all, ({ threadId }) => threadId);
    let answered = 0;
    for (const messages of conversations.values()) {
      const subject = /^Subject: (?!=\?)(.+)$/m.exec(String(messages[0]?.raw))?.[1];
      if (messages.length < 2 || !subject) continue;
      const found = await succeed(asked, 'gmail_search_emails', {
        query: `subject:"${subject.trim()}"`,
        max_results: 5,
      });
      const [newest] = rowIds(found);
      const read = await succeed(asked, 'gmail_read_thread', { thread_id: newest });
      const sent = await succeed(asked, 'gmail_send_email', { reply_to_message_id: newest, body: 'Thank you.' });
      assertTokens(found + read + sent, 1600);
      assert.equal(sandbox.store.get(String(JSON.parse(sent).messageId))?.threadId, messages[0]?.threadId);
      answered += 1;
    }
    assert.ok(answered >= 4, `${answered} conversations`);
  });

  // `succeed` and `pagesOf` hold each result to the budget in bytes.
  describe('is within the budget for every result of the whole mailbox', () => {
    const MOST_TOKENS = 2300;
    const within = async (name: string, args: Record<string, unknown>) => {
      for (const page of await pagesOf(server, name, args)) assertTokens(page, MOST_TOKENS);
    };

    it('reading messages, one by one and ten at once', async () => {
      const ids = sandbox.store.messages().map(({ id }) => id);
      for (const id of ids) for (const unfold of [false, true]) await within(READ, { message_ids: [id], unfold });
      for (let n = 0; n < ids.length; n += 10) await within(READ, { message_ids: ids.slice(n, n + 10) });
    });

    it('reading threads', async () => {
      const threads = new Set(sandbox.store.messages().map(({ threadId }) => threadId));
      for (const thread_id of threads)
        for (const unfold of [false, true]) await within('gmail_read_thread', { thread_id, unfold });
    });

    it('searching', async () => {
      for (const max_results of [1, 25, 100])
        await within('gmail_search_emails', { query: 'in:anywhere', max_results });
    });

    it('looking into files', async () => {
      let files = 0;
      for (const { id: message_id } of sandbox.store.messages()) {
        const read = await succeed(server, READ, { message_ids: [message_id] });
        for (const [, part_id] of read.matchAll(/^File ([\d.]+): /gm)) {
          await within('gmail_get_attachment', { message_id, part_id });
          files += 1;
        }
      }
      assert.ok(files > 8);
    });

    it('listing labels and changes', async () => {
      for (let n = 0; n < 400; n += 1) sandbox.store.labelId(`Projects/${'漢字'.repeat(20)}/${n}`);
      let text = await succeed(server, 'gmail_list_labels', {});
      const names = [...text.matchAll(/字\/(\d+) \(Label/g)].map(([, n]) => n);
      for (let next = /offset (\d+)\.$/.exec(text); next; next = /offset (\d+)\.$/.exec(text)) {
        assertTokens(text, MOST_TOKENS);
        text = await succeed(server, 'gmail_list_labels', { offset: Number(next[1]) });
        names.push(...[...text.matchAll(/字\/(\d+) \(Label/g)].map(([, n]) => n));
      }
      assert.equal(new Set(names).size, 400);
      assert.equal(names.length, 400);
      let changes = await succeed(server, 'gmail_get_changes', {});
      for (const { id } of sandbox.store.messages()) sandbox.store.modify(id, ['IMPORTANT'], ['INBOX']);
      for (let n = 0; n === 0 || changes.includes('More changes follow'); n += 1) {
        changes = await succeed(server, 'gmail_get_changes', { cursor: cursorOf(changes) });
        assertTokens(changes, MOST_TOKENS);
      }
    });

    it('by the original tools', async () => {
      await succeed(server, 'gmail_refresh_token', {});
      for (const unread_only of [false, true])
        await succeed(server, 'gmail_get_recent_emails', { max_results: 100, unread_only });
      for (const { id: message_id } of sandbox.store.messages())
        await succeed(server, 'gmail_get_email_body_chunk', { message_id });
    });
  });
});
