import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { sandboxForAll } from '../../support.ts';
import { type Client, clientOf, said } from './support.ts';

const NO_FIELD = 'Invalid JSON payload received. Unknown name "labels": Cannot find field.';

describe('changing the labels of mail in the sandbox', () => {
  let sandbox: Sandbox;
  let client: Client;
  sandboxForAll((started) => {
    sandbox = started;
    client = clientOf(sandbox);
  });
  beforeEach(() => sandbox.faults.clear());

  const star = { addLabelIds: ['STARRED'] };
  const batch = (fields: object) => client.post('/messages/batchModify', fields);
  const answerTo = (subject: string, threadId: string, labelIds: string[]) =>
    sandbox.store.add(Buffer.from(`Subject: ${subject}\r\n\r\ny\r\n`), { labelIds, internalDate: 2, threadId });

  it('puts some on and takes others off', async () => {
    const message = await client.mail();
    const { body } = await client.post(`/messages/${message.id}/modify`, { ...star, removeLabelIds: ['UNREAD'] });
    assert.deepEqual(Object.keys(body).sort(), ['id', 'labelIds', 'threadId']);
    assert.deepEqual(body.labelIds.sort(), ['INBOX', 'STARRED']);
  });

  it('reaches every message of a thread', async () => {
    const first = await client.mail();
    const second = await answerTo('S', first.threadId, ['INBOX']);
    const { body } = await client.post(`/threads/${first.threadId}/modify`, { removeLabelIds: ['INBOX'] });
    assert.equal(body.messages.length, 2);
    assert.deepEqual([client.labelsOf(first), client.labelsOf(second)], [['UNREAD'], []]);
    assert.equal((await client.post('/threads/1234/modify', { removeLabelIds: ['INBOX'] })).status, 404);
    assert.equal((await client.post('/threads/x/modify', star)).status, 400);
  });

  // A table of what Gmail says to each.
  for (const [body, message] of [
    [{}, 'No label add or removes specified'],
    [{ addLabelIds: [], removeLabelIds: [] }, 'No label add or removes specified'],
    [{ addLabelIds: ['SENT'] }, 'Invalid label: SENT'],
    [{ removeLabelIds: ['DRAFT'] }, 'Invalid label: DRAFT'],
    [{ addLabelIds: ['Work'] }, 'Invalid label: Work'],
    [{ addLabelIds: ['INBOX', 'TRASH'] }, 'Invalid label: TRASH'],
    [{ ...star, removeLabelIds: ['STARRED'] }, 'Cannot both add and remove the same label'],
    [{ addLabelIds: Array(101).fill('STARRED') }, 'Number of labels cannot exceed 100'],
    [{ removeLabelIds: Array(101).fill('STARRED') }, 'Number of labels cannot exceed 100'],
    [{ addLabelIds: 'STARRED' }, "Invalid value at 'add_label_ids'"],
    [{ labels: ['STARRED'] }, NO_FIELD],
  ] as const) {
    it(`says “${message}” to ${JSON.stringify(body).slice(0, 60)}, of one, a thread or many`, async () => {
      const { id, threadId } = await client.mail();
      assert.deepEqual(await said(client.post(`/messages/${id}/modify`, body)), [400, message]);
      assert.deepEqual(await said(client.post(`/threads/${threadId}/modify`, body)), [400, message]);
      assert.deepEqual(await said(batch({ ids: [id], ...body })), [400, message]);
    });
  }

  it('knows an id that is none from one that nothing has, and no parameter besides', async () => {
    assert.deepEqual(await said(client.post('/messages/no-such-id/modify', star)), [400, 'Invalid id value']);
    const missing = [404, 'Requested entity was not found.'];
    assert.deepEqual(await said(client.post('/messages/1234/modify', star)), missing);
    const { id } = await client.mail();
    assert.equal((await client.post(`/messages/${id}/modify?dryRun=true`, star)).status, 400);
  });

  it('puts no label on a draft, nor on what is asked for beside it', async () => {
    const message = await client.mail();
    const draft = await answerTo('S', message.threadId, ['DRAFT']);
    const refused = [400, 'Invalid label: STARRED'];
    assert.deepEqual(await said(client.post(`/messages/${draft.id}/modify`, star)), refused);
    assert.deepEqual(await said(client.post(`/threads/${message.threadId}/modify`, star)), refused);
    assert.deepEqual(await said(batch({ ids: [message.id, draft.id], ...star })), refused);
    assert.deepEqual([client.labelsOf(message), client.labelsOf(draft)], [['INBOX', 'UNREAD'], ['DRAFT']]);
    assert.equal((await client.post(`/messages/${draft.id}/trash`)).status, 200);
  });

  it('does many at once, passes over unknown ids and says nothing', async () => {
    const [a, b] = [await client.mail(), await client.mail()];
    const ids = [a.id, '1234567890abcdef', b.id, a.id];
    const start = sandbox.store.historyId;
    assert.deepEqual(await batch({ ids, removeLabelIds: ['UNREAD'] }), { status: 204, body: {} });
    assert.deepEqual([client.labelsOf(a), client.labelsOf(b)], [['INBOX'], ['INBOX']]);
    assert.equal((await client.since(start)).length, 2);
  });

  it('takes a thousand ids at most, each of them an id', async () => {
    const { id } = await client.mail();
    assert.equal((await batch({ ids: Array(1000).fill(id), ...star })).status, 204);
    const change = { removeLabelIds: ['STARRED'] };
    assert.deepEqual(await said(batch({ ids: Array(1001).fill(id), ...change })), [
      400,
      'Number of ids cannot exceed 1000',
    ]);
    assert.deepEqual(await said(batch({ ids: [id, 'x'], ...change })), [400, 'Invalid id value']);
    assert.deepEqual(await said(batch({ ids: [id, 5], ...change })), [400, "Invalid value at 'ids'"]);
    assert.deepEqual(await said(batch({ ids: [], ...change })), [400, 'No message ids specified']);
    assert.ok(sandbox.store.get(id)?.labelIds.has('STARRED'));
  });

  it('can fail the third of many batches, before the work or after it', async () => {
    const mails = await Promise.all(Array.from({ length: 5 }, () => client.mail()));
    const run = async () => {
      const ends: (number | string)[] = [];
      for (const { id } of mails) {
        ends.push(
          await batch({ ids: [id], ...star }).then(
            ({ status }) => status,
            () => 'cut',
          ),
        );
      }
      return ends;
    };
    const starred = () => mails.map((mail) => client.labelsOf(mail).includes('STARRED'));
    sandbox.faults.add({ match: /batchModify/, passing: 2, times: 1, answer: { status: 503 } });
    assert.deepEqual(await run(), [204, 204, 503, 204, 204]);
    assert.deepEqual(starred(), [true, true, false, true, true]);
    sandbox.faults.add({ match: /batchModify/, passing: 2, cut: true, afterTheWork: true });
    assert.deepEqual(await run(), [204, 204, 'cut', 'cut', 'cut']);
    assert.deepEqual(starred(), [true, true, true, true, true]);
  });
});
