import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrive } from '../../../../src/sandbox/arrival/arrive.ts';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { mimeOf } from '../../../support/mail.ts';
import { type Client, clientOf, filtersForAll } from '../organise/support.ts';

describe('mail that arrives in the sandbox', () => {
  let sandbox: Sandbox;
  let client: Client;
  let basic: string;
  filtersForAll((started) => {
    sandbox = started;
    client = clientOf(sandbox);
    basic = client.basic();
  });

  const filter = async (criteria: object, action: object = { addLabelIds: ['STARRED'] }) => {
    const { status, body } = await client.post('/settings/filters', { criteria, action }, basic);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const mail = mimeOf({
    from: 'Ann Example <ann@mail.example>',
    subject: 'Your harbour ticket',
    text: 'It sails at noon.',
    files: [{ type: 'application/pdf', content: 'x'.repeat(4000), name: 'ticket.pdf' }],
    headers: { Cc: 'Bo <bo@copy.example>' },
  });
  const labels = async (options: Parameters<typeof arrive>[2] = {}) =>
    [...(await arrive(sandbox.store, mail, options)).labelIds].sort();

  it('comes into the inbox, unread', async () => {
    assert.deepEqual(await labels(), ['INBOX', 'UNREAD']);
  });

  for (const [criteria, isMeant] of [
    [{ from: 'ann@mail.example' }, true],
    [{ from: 'mail.example' }, true],
    [{ from: 'bo@other.example OR ann@mail.example' }, true],
    [{ from: 'bo' }, false],
    [{ to: 'bo@copy.example' }, true],
    [{ to: 'robin.vale@' }, true],
    [{ to: 'ann' }, false],
    [{ subject: 'TICKET harbour' }, true],
    [{ subject: 'noon' }, false],
    [{ query: 'filename:pdf noon' }, true],
    [{ query: '{noon midnight} -ferry' }, true],
    [{ query: 'is:unread in:inbox' }, true],
    [{ query: 'midnight' }, false],
    [{ negatedQuery: 'midnight' }, true],
    [{ negatedQuery: 'noon OR midnight' }, false],
    [{ hasAttachment: true }, true],
    [{ excludeChats: true }, true],
    [{ size: 1000, sizeComparison: 'larger' }, true],
    [{ size: 1_000_000, sizeComparison: 'larger' }, false],
    [{ size: 1_000_000, sizeComparison: 'smaller' }, true],
    [{ size: 1000, sizeComparison: 'smaller' }, false],
    [{ from: 'ann', subject: 'ticket', hasAttachment: true }, true],
    [{ from: 'ann', subject: 'invoice' }, false],
    // A bracket of one criterion does not reach into another.
    [{ from: 'bo) OR (ann', subject: 'invoice' }, false],
  ] as const) {
    it(`is ${isMeant ? '' : 'not '}meant by ${JSON.stringify(criteria)}`, async () => {
      await filter(criteria);
      assert.equal((await labels()).includes('STARRED'), isMeant);
    });
  }

  it('goes where every filter that means it says, before anybody sees it', async () => {
    const receipts = sandbox.store.labelId('Receipts');
    await filter({ from: 'ann' }, { addLabelIds: [receipts, 'IMPORTANT'], removeLabelIds: ['INBOX'] });
    await filter({ subject: 'ticket' }, { removeLabelIds: ['UNREAD'] });
    const start = sandbox.store.historyId;
    assert.deepEqual(await labels(), ['IMPORTANT', receipts].sort());
    const [record, ...others] = await client.since(start);
    assert.deepEqual(others, []);
    assert.deepEqual(record?.messagesAdded?.[0]?.message.labelIds.sort(), ['IMPORTANT', receipts].sort());
  });

  it('goes into the trash and out of the inbox, and never into spam, where a filter says so', async () => {
    await filter({ from: 'ann' }, { removeLabelIds: ['SPAM'] });
    assert.deepEqual(await labels({ labelIds: ['SPAM', 'UNREAD'] }), ['INBOX', 'UNREAD']);
    await filter({ subject: 'ticket' }, { addLabelIds: ['TRASH'] });
    assert.deepEqual(await labels(), ['TRASH', 'UNREAD']);
  });

  it('is forwarded', async () => {
    sandbox.store.forwardingAddresses = ['b@example.org'];
    await filter({ from: 'ann' }, { forward: 'b@example.org' });
    const { id, labelIds } = await arrive(sandbox.store, mail);
    assert.deepEqual([...labelIds], ['INBOX', 'UNREAD']);
    assert.deepEqual(sandbox.store.forwarded, [{ id, to: 'b@example.org' }]);
  });

  it('meets no filter that came after it, or is gone, nor a label that is', async () => {
    const old = await arrive(sandbox.store, mail);
    const gone = sandbox.store.labelId('Gone');
    await filter({ from: 'ann' }, { addLabelIds: [gone] });
    const { id } = await filter({ from: 'ann' });
    assert.deepEqual(client.labelsOf(old), ['INBOX', 'UNREAD']);
    sandbox.store.removeLabel(gone);
    assert.deepEqual(await labels(), ['INBOX', 'STARRED', 'UNREAD']);
    await client.call('DELETE', `/settings/filters/${id}`, undefined, basic);
    assert.deepEqual(await labels(), ['INBOX', 'UNREAD']);
  });

  it('is also what somebody sends to themselves, and no other mail of theirs', async () => {
    await filter({ from: 'me' });
    const send = (to: string) =>
      client.post('/messages/send', { raw: Buffer.from(`To: ${to}\r\nSubject: S\r\n\r\nx`).toString('base64url') });
    assert.deepEqual((await send(sandbox.address)).body.labelIds, ['SENT', 'INBOX', 'UNREAD', 'STARRED']);
    assert.deepEqual((await send('ann@mail.example')).body.labelIds, ['SENT']);
  });
});
