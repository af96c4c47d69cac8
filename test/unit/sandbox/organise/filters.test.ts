import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { type Client, clientOf, filtersForAll, said } from './support.ts';

describe('the filters of the sandbox', () => {
  let sandbox: Sandbox;
  let client: Client;
  let basic: string;
  filtersForAll((started) => {
    sandbox = started;
    client = clientOf(sandbox);
    basic = client.basic();
  });

  const PATH = '/settings/filters';
  const create = (body: object) => client.post(PATH, body, basic);
  const criteria = { from: 'a@example.org' };
  const archive = { criteria, action: { removeLabelIds: ['INBOX'] } };

  it('are listed, got and deleted, and begin with none', async () => {
    assert.deepEqual((await client.call('GET', PATH)).body, {});
    const made = (await create(archive)).body;
    assert.deepEqual(made, { id: made.id, ...archive });
    const second = (await create({ ...archive, criteria: { to: 'b@example.org' } })).body;
    assert.deepEqual((await client.call('GET', PATH)).body, { filter: [made, second] });
    assert.deepEqual((await client.call('GET', `${PATH}/${made.id}`)).body, made);
    assert.deepEqual(await client.call('DELETE', `${PATH}/${made.id}`, undefined, basic), { status: 204, body: {} });
    assert.equal((await client.call('GET', `${PATH}/${made.id}`)).status, 404);
    assert.equal((await client.call('DELETE', `${PATH}/${made.id}`, undefined, basic)).status, 404);
    assert.equal((await client.call('PUT', `${PATH}/${second.id}`, archive, basic)).status, 404);
  });

  it('keep what says something', async () => {
    const empty = { to: '', query: '', hasAttachment: false };
    const { body } = await create({
      criteria: { ...criteria, ...empty },
      action: { addLabelIds: [], removeLabelIds: ['UNREAD'], forward: '' },
    });
    assert.deepEqual([body.criteria, body.action], [criteria, { removeLabelIds: ['UNREAD'] }]);
  });

  it('are not made twice, in whatever order their words stand', async () => {
    const action = { addLabelIds: ['STARRED', 'IMPORTANT'] };
    await create({ criteria: { from: 'a', subject: 'b' }, action });
    const again = { criteria: { subject: 'b', from: 'a', to: '' }, action: { addLabelIds: ['IMPORTANT', 'STARRED'] } };
    assert.deepEqual(await said(create(again)), [400, 'Filter already exists']);
  });

  it('ask for something, and do something', async () => {
    const { action } = archive;
    for (const none of [undefined, {}, { from: '' }, { hasAttachment: false }]) {
      assert.deepEqual(await said(create({ criteria: none, action })), [400, 'Filter criteria missing']);
    }
    for (const none of [undefined, {}, { forward: '' }, { addLabelIds: [] }]) {
      assert.deepEqual(await said(create({ criteria, action: none })), [400, 'Filter must have at least one action']);
    }
  });

  it('know labels by their ids, one of the user’s own, and none that nobody may change', async () => {
    const [work, home] = [sandbox.store.labelId('Work'), sandbox.store.labelId('Home')];
    for (const [action, message] of [
      [{ addLabelIds: ['Work'] }, 'Invalid label: Work'],
      [{ addLabelIds: ['SENT'] }, 'Invalid label: SENT'],
      [{ removeLabelIds: ['DRAFT'] }, 'Invalid label: DRAFT'],
      [{ addLabelIds: [work, home] }, 'Too many user labels in filter'],
      [{ addLabelIds: [work], removeLabelIds: [work] }, 'Cannot both add and remove the same label'],
      [{ addLabelIds: work }, "Invalid value at 'filter.action.add_label_ids'"],
    ] as const) {
      assert.deepEqual(await said(create({ criteria, action })), [400, message]);
    }
    const action = { addLabelIds: [work, 'STARRED', 'IMPORTANT'], removeLabelIds: ['INBOX', 'SPAM'] };
    assert.equal((await create({ criteria, action })).status, 200);
  });

  it('forward to a verified address alone', async () => {
    const forwarding = { criteria, action: { forward: 'b@example.org' } };
    const { status, body } = await create(forwarding);
    assert.deepEqual(
      [status, body.error?.message, body.error?.status, body.error?.errors[0]?.reason],
      [400, 'Unrecognized forwarding address', 'FAILED_PRECONDITION', 'failedPrecondition'],
    );
    sandbox.store.forwardingAddresses = ['b@example.org'];
    assert.deepEqual((await create(forwarding)).body.action, { forward: 'b@example.org' });
  });

  for (const wrong of [
    { from: 5 },
    { hasAttachment: 'true' },
    { size: '5' },
    { size: 0, sizeComparison: 'larger' },
    { size: 1.5, sizeComparison: 'larger' },
    { size: 5 },
    { sizeComparison: 'larger' },
    { size: 5, sizeComparison: 'bigger' },
    { label: 'Work' },
    ['from'],
    'from:a',
  ]) {
    it(`do not ask for ${JSON.stringify(wrong)}`, async () => {
      const asked = typeof wrong === 'object' && !Array.isArray(wrong) ? { ...criteria, ...wrong } : wrong;
      assert.equal((await create({ criteria: asked, action: archive.action })).status, 400);
    });
  }

  it('have no other fields or parameters', async () => {
    assert.equal((await create({ ...archive, name: 'x' })).status, 400);
    assert.equal((await create({ ...archive, action: { archive: true } })).status, 400);
    assert.equal((await client.post(`${PATH}?applyToOld=true`, archive, basic)).status, 400);
  });

  it('are a thousand at most', async () => {
    for (let made = 0; made < 999; made += 1) {
      sandbox.store.filters.set(`f${made}`, { id: `f${made}`, criteria: { from: `${made}` }, action: archive.action });
    }
    assert.equal((await create(archive)).status, 200);
    assert.equal((await create({ ...archive, criteria: { to: 'one@example.org' } })).status, 500);
  });
});
