import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { userLabel } from '../../../../src/sandbox/store/labels.ts';
import { sandboxForAll } from '../../support.ts';
import { type Client, clientOf, said } from './support.ts';

describe('labels of one’s own in the sandbox', () => {
  let sandbox: Sandbox;
  let client: Client;
  sandboxForAll((started) => {
    sandbox = started;
    client = clientOf(sandbox);
  });

  const color = { textColor: '#ffffff', backgroundColor: '#41236d' };
  const create = (fields: object) => client.post('/labels', fields);

  it('are made, changed, replaced and deleted', async () => {
    const made = (await create({ name: 'Zoo/Koalas', color })).body;
    const usual = { messageListVisibility: 'show', labelListVisibility: 'labelShow' };
    assert.deepEqual(made, { id: made.id, name: 'Zoo/Koalas', type: 'user', ...usual, color });
    const path = `/labels/${made.id}`;
    const patched = (await client.call('PATCH', path, { messageListVisibility: 'hide' })).body;
    assert.deepEqual([patched.name, patched.messageListVisibility, patched.color], ['Zoo/Koalas', 'hide', color]);
    const put = (await client.call('PUT', path, { name: 'Zoo' })).body;
    assert.deepEqual([put.name, put.messageListVisibility, put.color], ['Zoo', 'show', undefined]);
    // A name of its own, in other letters, is no conflict.
    assert.equal((await client.call('PATCH', path, { name: 'ZOO' })).body.name, 'ZOO');
    assert.deepEqual(await client.call('DELETE', path), { status: 204, body: {} });
    assert.equal((await client.call('GET', path)).status, 404);
    // An id is never given twice.
    assert.notEqual((await create({ name: 'Zoo' })).body.id, made.id);
  });

  it('are counted one by one', async () => {
    const { id } = (await create({ name: 'Counted' })).body;
    const first = await client.mail([id, 'UNREAD']);
    await sandbox.store.add(Buffer.from('Subject: S\r\n\r\ny\r\n'), {
      ...{ labelIds: [id], internalDate: 2, threadId: first.threadId },
    });
    const { messagesTotal, messagesUnread, threadsTotal, threadsUnread } = (await client.call('GET', `/labels/${id}`))
      .body;
    assert.deepEqual([messagesTotal, messagesUnread, threadsTotal, threadsUnread], [2, 1, 1, 1]);
  });

  it('go off all mail with a record each in the history, and leave the labels below them', async () => {
    const upper = (await create({ name: 'Upper' })).body;
    const lower = (await create({ name: 'Upper/Lower' })).body;
    const mails = [await client.mail(['INBOX', upper.id]), await client.mail([upper.id, lower.id])];
    const start = sandbox.store.historyId;
    await client.call('DELETE', `/labels/${upper.id}`);
    assert.deepEqual(mails.map(client.labelsOf), [['INBOX'], [lower.id]]);
    const records = await client.since(start);
    assert.deepEqual(
      records.map(({ labelsRemoved }) => labelsRemoved?.map(({ labelIds }) => labelIds)),
      [[[upper.id]], [[upper.id]]],
    );
    await client.call('PATCH', `/labels/${lower.id}`, { name: 'Elsewhere' });
    assert.equal((await client.call('GET', `/labels/${lower.id}`)).body.name, 'Elsewhere');
  });

  it('have no name that another has, in whatever letters', async () => {
    await create({ name: 'Taken' });
    const { id } = (await create({ name: 'Other' })).body;
    for (const answer of [create({ name: 'tAKEN' }), client.call('PATCH', `/labels/${id}`, { name: 'TAKEN' })]) {
      const { status, body } = await answer;
      assert.deepEqual(
        [status, body.error?.message, body.error?.errors[0]?.reason, body.error?.status],
        [409, 'Label name exists or conflicts', 'aborted', 'ABORTED'],
      );
    }
  });

  for (const name of ['', ' ', 'Trash', 'muted', 'Enviado', ' INBOX', 'a//b', '/a', 'x'.repeat(226), 5, undefined]) {
    it(`are not called ${JSON.stringify(name)?.slice(0, 20)}`, async () => {
      assert.deepEqual(await said(create({ name })), [400, 'Invalid label name']);
    });
  }

  for (const [colour, wrong] of [
    [{ ...color, backgroundColor: '#41236D' }, '#41236D'],
    [{ ...color, textColor: '#010203' }, '#010203'],
    [{ ...color, textColor: 'white' }, 'white'],
    [{ textColor: '#ffffff' }, 'undefined'],
  ] as const) {
    it(`are not painted ${JSON.stringify(colour)}`, async () => {
      const refused = [400, `Label color ${wrong} is not on the allowed color palette`];
      assert.deepEqual(await said(create({ name: 'Loud', color: colour })), refused);
    });
  }

  it('have no field that is not theirs, and no other words for where they show', async () => {
    for (const fields of [{ colour: color }, { color: { text: '#ffffff' } }, { labelListVisibility: 'show' }]) {
      assert.equal((await create({ name: 'Odd', ...fields })).status, 400, JSON.stringify(fields));
    }
    assert.equal((await client.post('/labels?name=Odd', { name: 'Odd' })).status, 400);
    assert.equal((await client.call('GET', '/labels/Odd')).status, 404);
  });

  it('are not those of Gmail, which nobody changes', async () => {
    assert.deepEqual(await said(client.call('PATCH', '/labels/INBOX', { name: 'Mine' })), [
      400,
      'Invalid update request',
    ]);
    assert.deepEqual(await said(client.call('PUT', '/labels/STARRED', { name: 'Mine' })), [
      400,
      'Invalid update request',
    ]);
    assert.deepEqual(await said(client.call('DELETE', '/labels/INBOX')), [400, 'Invalid delete request']);
    assert.equal((await client.call('DELETE', '/labels/Label_999')).status, 404);
  });

  it('are 10,000 at most', async () => {
    const { store } = sandbox;
    for (let count = store.labels().length; count < 10_000; count += 1) {
      store.putLabel(userLabel(`Many_${count}`, `Many ${count}`));
    }
    assert.deepEqual(await said(create({ name: 'One more' })), [400, 'Maximum number of labels reached']);
    store.removeLabel('Many_9999');
    assert.equal((await create({ name: 'One more' })).status, 200);
  });
});
