import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../../src/sandbox/store/mail-store.ts';
import { sandboxForAll } from '../../support.ts';
import { type Client, clientOf, said } from './support.ts';

describe('the trash of the sandbox', () => {
  let sandbox: Sandbox;
  let client: Client;
  sandboxForAll((started) => {
    sandbox = started;
    client = clientOf(sandbox);
  });

  const add = (label: string, { id }: StoredMessage) =>
    client.post('/messages/batchModify', { ids: [id], addLabelIds: [label] });

  // Which way it goes hangs on the id, which is random.
  for (const [way, put] of [
    ['by its method', ({ id }: StoredMessage) => client.post(`/messages/${id}/trash`)],
    ['as a thread', ({ threadId }: StoredMessage) => client.post(`/threads/${threadId}/trash`)],
    ['by the label, among many', (message: StoredMessage) => add('TRASH', message)],
  ] as const) {
    it(`takes mail ${way}, with INBOX or without, and gives its labels back`, async () => {
      const kept = new Set<boolean>();
      for (let count = 0; count < 40; count += 1) {
        const message = await client.mail();
        await put(message);
        assert.ok(client.labelsOf(message).includes('TRASH'));
        kept.add(client.labelsOf(message).includes('INBOX'));
        await client.post(`/${way === 'as a thread' ? 'threads' : 'messages'}/${message.id}/untrash`);
        assert.deepEqual(client.labelsOf(message), ['INBOX', 'UNREAD']);
      }
      assert.deepEqual([...kept].sort(), [false, true]);
    });
  }

  it('takes mail out of spam, and spam out of it', async () => {
    const message = await client.mail(['SPAM']);
    assert.deepEqual((await client.post(`/messages/${message.id}/trash`)).body.labelIds, ['TRASH']);
    await add('SPAM', message);
    assert.deepEqual(client.labelsOf(message), ['SPAM']);
  });

  it('does nothing to what lies in it, or does not, and the history tells nothing', async () => {
    const message = await client.mail();
    await client.post(`/messages/${message.id}/trash`);
    const start = sandbox.store.historyId;
    await client.post(`/messages/${message.id}/trash`);
    await add('TRASH', message);
    assert.deepEqual(await client.since(start), []);
    await client.post('/messages/batchModify', { ids: [message.id], removeLabelIds: ['TRASH', 'INBOX'] });
    const archived = sandbox.store.historyId;
    assert.deepEqual((await client.post(`/messages/${message.id}/untrash`)).body.labelIds, ['UNREAD']);
    assert.deepEqual(await client.since(archived), []);
  });

  it('knows an id that is none from one that nothing has', async () => {
    for (const kind of ['messages', 'threads']) {
      for (const verb of ['trash', 'untrash']) {
        assert.deepEqual(await said(client.post(`/${kind}/x-1/${verb}`)), [400, 'Invalid id value']);
        assert.deepEqual(await said(client.post(`/${kind}/1234/${verb}`)), [404, 'Requested entity was not found.']);
      }
    }
  });
});
