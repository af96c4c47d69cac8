import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listLabels } from '../../../src/gmail/labels.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { connect, fileMessage, problemOf, sandboxForEach } from '../support.ts';

const SIGNAL = new AbortController().signal;

describe('the labels', () => {
  let sandbox: Sandbox;
  sandboxForEach((started) => {
    sandbox = started;
  });

  const list = () => listLabels(connect(sandbox), SIGNAL);
  const named = async (name: string) => (await list()).find((label) => label.name === name);

  it('come with Gmail’s own first, by the names that people know, then the user’s by name', async () => {
    for (const name of ['Zoo', 'bills/Travel 10', 'bills/Travel 9', 'Bills', 'Árbol']) sandbox.store.labelId(name);
    const labels = await list();
    const system = labels.filter(({ type }) => type === 'system');
    assert.deepEqual(
      system.map(({ name }) => name),
      [
        ...['Inbox', 'Unread', 'Starred', 'Important', 'Sent', 'Drafts', 'Spam', 'Trash'],
        ...['Primary', 'Social', 'Promotions', 'Updates', 'Forums'].map((name) => `${name} category`),
      ],
    );
    assert.deepEqual(labels.slice(0, system.length), system);
    const own = labels.slice(system.length).map(({ name }) => name);
    const wanted = ['Árbol', 'Bills', 'bills/Travel 9', 'bills/Travel 10', 'Zoo'];
    assert.deepEqual(
      own.filter((name) => wanted.includes(name)),
      wanted,
    );
    assert.deepEqual(
      own,
      own.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    );
  });

  it('count messages and threads, read and unread', async () => {
    const id = sandbox.store.labelId('Counted');
    const file = (labels: string[], threadId?: string) =>
      sandbox.store.add(Buffer.from('Subject: x\r\n\r\ny\r\n'), {
        labelIds: [id, ...labels],
        internalDate: 1,
        ...(threadId ? { threadId } : {}),
      });
    const one = await file(['UNREAD']);
    await file([], one.threadId);
    await file(['UNREAD'], one.threadId);
    await file([]);
    const expected = {
      id,
      name: 'Counted',
      type: 'user',
      messagesTotal: 4,
      messagesUnread: 2,
      threadsTotal: 2,
      threadsUnread: 1,
    };
    assert.deepEqual(await named('Counted'), expected);
    sandbox.store.modify(one.id, [], ['UNREAD']);
    assert.equal((await named('Counted'))?.messagesUnread, 1);
  });

  it('are zero where nothing has them', async () => {
    sandbox.store.labelId('Empty');
    const label = await named('Empty');
    assert.deepEqual([label?.messagesTotal, label?.threadsUnread], [0, 0]);
  });

  it('take one request for the list and one for each 25', async () => {
    const already = sandbox.store.labels().length;
    // Two of them, CHAT and YELLOW_STAR, are not asked for.
    for (let index = already; index < 52; index += 1) sandbox.store.labelId(`Label ${index}`);
    assert.equal((await list()).length, 50);
    assert.deepEqual(
      sandbox.requests.map((line) => line.replace(/\?.*/, '')),
      ['GET /gmail/v1/users/me/labels', 'POST /batch/gmail/v1', 'POST /batch/gmail/v1'],
    );
  });

  it('leave out one that is deleted meanwhile', async () => {
    const id = sandbox.store.labelId('Fleeting');
    sandbox.faults.add({ match: new RegExp(`/labels/${id}$`), answer: { status: 404 } });
    assert.equal(await named('Fleeting'), undefined);
    assert.ok((await list()).length > 10);
  });

  it('fail where Gmail refuses them', async () => {
    await fileMessage(sandbox, {}, 'x', []);
    sandbox.faults.add({ match: /labels\/INBOX$/, answer: { status: 403 } });
    assert.equal((await problemOf(list())).code, 'request_refused');
  });
});
