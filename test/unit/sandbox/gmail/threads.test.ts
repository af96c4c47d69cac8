import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, getJson, type Query, sandboxForAll } from '../../support.ts';

interface Thread {
  id: string;
  historyId: string;
  snippet?: string;
  messages?: { id: string; historyId: string; snippet: string; payload?: { headers?: object[]; body?: object } }[];
}

interface Label {
  id: string;
  name: string;
  type: string;
  messagesTotal?: number;
  color?: object;
}

describe('threads and labels of the sandbox', () => {
  let sandbox: Sandbox;
  let token: string;
  sandboxForAll((started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
  });

  const get = <T>(path: string) => getJson<T>(sandbox, path, token);
  const list = async (query: Query = {}) =>
    (
      await get<{ threads?: Thread[]; nextPageToken?: string; resultSizeEstimate: number }>(
        `/threads?${new URLSearchParams(query)}`,
      )
    ).body;
  const add = (text: string, labelIds: string[], threadId?: string, age = 0) =>
    sandbox.store.add(Buffer.from(`To: a@example.org\r\nSubject: ${text}\r\n\r\n${text}\r\n`), {
      labelIds,
      internalDate: Date.now() - age,
      ...(threadId ? { threadId } : {}),
    });

  it('lists each thread once, the one with the newest message first', async () => {
    const { threads = [], resultSizeEstimate } = await list({ maxResults: '500', includeSpamTrash: 'true' });
    const expected = [...new Set(sandbox.store.messages().map(({ threadId }) => threadId))];
    assert.deepEqual(
      threads.map(({ id }) => id),
      expected,
    );
    assert.equal(resultSizeEstimate, expected.length);
    const [first = assert.fail()] = threads;
    assert.deepEqual(Object.keys(first).sort(), ['historyId', 'id', 'snippet']);
    assert.equal(first.snippet, sandbox.store.thread(first.id).at(-1)?.snippet);
  });

  it('finds a thread by each of its messages, but not by two of them together', async () => {
    const { threadId } = await add('wombat one', ['INBOX'], undefined, 5000);
    await add('wombat two', ['SENT'], threadId, 1000);
    const other = await add('wombat three', ['SPAM'], undefined, 2000);
    const ids = async (query: Query) => ((await list(query)).threads ?? []).map(({ id }) => id);
    assert.deepEqual(await ids({ q: 'wombat one' }), [threadId]);
    assert.deepEqual(await ids({ q: 'wombat', labelIds: 'SENT' }), [threadId]);
    assert.deepEqual(await ids({ q: 'wombat one in:sent' }), []);
    assert.deepEqual(await ids({ q: 'wombat' }), [threadId]);
    assert.deepEqual(await ids({ q: 'wombat', includeSpamTrash: 'true' }), [threadId, other.threadId]);
    assert.deepEqual(await list({ q: 'no-message-says-this' }), { resultSizeEstimate: 0 });
    assert.equal((await get('/threads?labelIds=NOWHERE')).status, 400);
  });

  it('pages through threads', async () => {
    const whole = (await list({ maxResults: '500' })).threads ?? [];
    const joined: Thread[] = [];
    let pageToken: string | undefined;
    do {
      const page = await list({ maxResults: '9', ...(pageToken ? { pageToken } : {}) });
      joined.push(...(page.threads ?? []));
      pageToken = page.nextPageToken;
    } while (pageToken);
    assert.deepEqual(joined, whole);
  });

  it('shows the messages of a thread, the oldest first, in each format but raw', async () => {
    const { threadId } = await add('koala one', ['INBOX'], undefined, 5000);
    const newest = await add('koala two', ['INBOX'], threadId);
    sandbox.store.modify(threadId, ['STARRED'], []);
    const show = async (query: string) => (await get<Thread>(`/threads/${threadId}?${query}`)).body;
    const full = await show('format=full');
    assert.deepEqual(
      full.messages?.map(({ snippet }) => snippet),
      ['koala one', 'koala two'],
    );
    assert.ok(full.messages?.every(({ payload }) => payload?.body));
    // The older message was changed last.
    assert.equal(full.historyId, sandbox.store.get(threadId)?.historyId);
    assert.notEqual(full.historyId, newest.historyId);
    const metadata = await show('format=metadata&metadataHeaders=To&metadataHeaders=Subject');
    assert.deepEqual(metadata.messages?.[1]?.payload?.headers, [
      { name: 'To', value: 'a@example.org' },
      { name: 'Subject', value: 'koala two' },
    ]);
    assert.ok((await show('format=minimal')).messages?.every((message) => !('payload' in message)));
    assert.equal((await get(`/threads/${threadId}?format=raw`)).status, 400);
    assert.equal((await get(`/threads/${newest.id}`)).status, 404);
  });

  it('counts the messages and threads of one label, and of none in the list, which has its colour', async () => {
    const color = { textColor: '#ffffff', backgroundColor: '#4a86e8' };
    const id = sandbox.store.labelId('Zoo/Koalas', color);
    const { threadId } = await add('one', [id, 'UNREAD']);
    await add('two', [id, 'UNREAD'], threadId);
    await add('three', [id]);
    await add('four', ['UNREAD']);
    const listed = {
      id,
      name: 'Zoo/Koalas',
      type: 'user',
      messageListVisibility: 'show',
      labelListVisibility: 'labelShow',
      color,
    };
    const { labels } = (await get<{ labels: Label[] }>('/labels')).body;
    assert.deepEqual(labels.at(-1), listed);
    assert.ok(labels.every((label) => !('messagesTotal' in label)));
    assert.deepEqual((await get(`/labels/${id}`)).body, {
      ...{ ...listed, messagesTotal: 3, messagesUnread: 2, threadsTotal: 2, threadsUnread: 1 },
    });
    const inbox = (await get<Label>('/labels/INBOX')).body;
    assert.deepEqual([inbox.name, inbox.type, 'color' in inbox], ['INBOX', 'system', false]);
    assert.equal(inbox.messagesTotal, sandbox.store.messages().filter(({ labelIds }) => labelIds.has('INBOX')).length);
    const spam = labels.find((label) => label.id === 'SPAM');
    assert.deepEqual(spam, {
      ...{ id: 'SPAM', name: 'SPAM', type: 'system', messageListVisibility: 'hide', labelListVisibility: 'labelHide' },
    });
    assert.equal((await get('/labels/Label_999')).status, 404);
  });
});
