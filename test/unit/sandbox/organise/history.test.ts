import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { sandboxForAll } from '../../support.ts';
import { type Client, clientOf } from './support.ts';

describe('what the history of the sandbox tells of organising', () => {
  let sandbox: Sandbox;
  let client: Client;
  sandboxForAll((started) => {
    sandbox = started;
    client = clientOf(sandbox);
  });

  it('has one record of each changed message, with the labels that it has afterwards', async () => {
    const mails = [await client.mail(['INBOX']), await client.mail(['INBOX', 'UNREAD']), await client.mail([])];
    const start = sandbox.store.historyId;
    const ids = mails.map(({ id }) => id);
    await client.post('/messages/batchModify', { ids, addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD', 'INBOX'] });
    const records = await client.since(start);
    assert.deepEqual(
      records.map(({ messages }) => messages.map(({ id }) => id)),
      ids.map((id) => [id]),
    );
    for (const { labelsAdded } of records)
      assert.deepEqual(
        labelsAdded?.map((one) => one.labelIds),
        [['STARRED']],
      );
    assert.deepEqual(
      records.map(({ labelsRemoved }) => labelsRemoved?.[0]?.labelIds),
      [['INBOX'], ['INBOX', 'UNREAD'], undefined],
    );
    for (const { labelsAdded = [], labelsRemoved = [] } of records) {
      for (const { message } of [...labelsAdded, ...labelsRemoved]) assert.deepEqual(message.labelIds, ['STARRED']);
    }
    const rising = records.map(({ id }) => Number(id));
    assert.deepEqual(
      rising,
      [...new Set(rising)].sort((a, b) => a - b),
    );
    assert.ok((rising[0] ?? 0) > Number(start));
  });

  it('has none of a change that changes nothing', async () => {
    const { id, threadId } = await client.mail(['INBOX', 'STARRED']);
    const start = sandbox.store.historyId;
    const change = { addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] };
    await client.post(`/messages/${id}/modify`, change);
    await client.post(`/threads/${threadId}/modify`, change);
    await client.post('/messages/batchModify', { ids: [id], ...change });
    await client.post(`/messages/${id}/untrash`);
    assert.deepEqual(await client.since(start), []);
    assert.equal(sandbox.store.historyId, start);
  });

  it('has the trash as a label, and a message that is gone as deleted', async () => {
    const { id } = await client.mail(['UNREAD']);
    const start = sandbox.store.historyId;
    await client.post(`/messages/${id}/trash`);
    await client.post(`/messages/${id}/untrash`);
    sandbox.store.remove(id);
    const [trashed, back, gone] = await client.since(start);
    assert.deepEqual(trashed?.labelsAdded?.[0]?.labelIds, ['TRASH']);
    assert.deepEqual(trashed?.labelsAdded?.[0]?.message.labelIds, ['UNREAD', 'TRASH']);
    assert.deepEqual(back?.labelsRemoved?.[0]?.labelIds, ['TRASH']);
    assert.equal(gone?.messagesDeleted?.[0]?.message.id, id);
  });
});
