import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { accessTokenOf, fileMessage, sandboxForAll } from '../support.ts';

const SCOPE = 'https://www.googleapis.com/auth/';

interface Answer {
  id: string;
  labelIds: string[];
  messages: { id: string; labelIds: string[] }[];
  name: string;
  messageListVisibility: string;
  labelListVisibility: string;
  color?: object;
  filter?: { id: string }[];
  history?: Record<string, object[]>[];
  error?: { message: string; status: string; errors: { reason: string }[] };
}

describe('organising mail in the sandbox', () => {
  let sandbox: Sandbox;
  let token: string;
  sandboxForAll((started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
  });

  async function call(method: string, path: string, body?: object, bearer = token) {
    const response = await fetch(`${sandbox.origin}/gmail/v1/users/me${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
  }
  const post = (path: string, body?: object, bearer = token) => call('POST', path, body, bearer);
  const said = async (answer: ReturnType<typeof call>) => {
    const { status, body } = await answer;
    return [status, body.error?.message];
  };
  const mail = (labels = ['INBOX', 'UNREAD']) => fileMessage(sandbox, { Subject: 'S' }, 'x', labels);
  const labelsOf = ({ id }: StoredMessage) => [...(sandbox.store.get(id)?.labelIds ?? [])].sort();

  describe('by labels', () => {
    it('puts some on and takes others off, and tells the history', async () => {
      const message = await mail();
      const start = sandbox.store.historyId;
      const { body } = await post(`/messages/${message.id}/modify`, {
        addLabelIds: ['STARRED'],
        removeLabelIds: ['UNREAD'],
      });
      assert.deepEqual(Object.keys(body).sort(), ['id', 'labelIds', 'threadId']);
      assert.deepEqual(body.labelIds.sort(), ['INBOX', 'STARRED']);
      const { history } = (await call('GET', `/history?startHistoryId=${start}`)).body;
      assert.deepEqual(Object.keys(history?.[0] ?? {}).sort(), ['id', 'labelsAdded', 'labelsRemoved', 'messages']);
    });

    it('reaches every message of a thread', async () => {
      const first = await mail();
      const options = { labelIds: ['INBOX'], internalDate: 2, threadId: first.threadId };
      const second = await sandbox.store.add(Buffer.from('Subject: S\r\n\r\ny\r\n'), options);
      const { body } = await post(`/threads/${first.threadId}/modify`, { removeLabelIds: ['INBOX'] });
      assert.equal(body.messages.length, 2);
      assert.deepEqual([labelsOf(first), labelsOf(second)], [['UNREAD'], []]);
      assert.equal((await post('/threads/1234/modify', { removeLabelIds: ['INBOX'] })).status, 404);
    });

    it('refuses what Gmail refuses', async () => {
      const { id } = await mail();
      const draft = await mail(['DRAFT']);
      const many = Array.from({ length: 101 }, () => 'STARRED');
      const rows: [string, object, number, string][] = [
        [id, {}, 400, 'No label add or removes specified'],
        [id, { addLabelIds: [], removeLabelIds: [] }, 400, 'No label add or removes specified'],
        [id, { addLabelIds: ['SENT'] }, 400, 'Invalid label: SENT'],
        [id, { removeLabelIds: ['DRAFT'] }, 400, 'Invalid label: DRAFT'],
        [id, { addLabelIds: ['Work'] }, 400, 'Invalid label: Work'],
        [id, { addLabelIds: ['INBOX', 'TRASH'] }, 400, 'Invalid label: TRASH'],
        [id, { addLabelIds: many }, 400, 'Number of labels cannot exceed 100'],
        [draft.id, { addLabelIds: ['STARRED'] }, 400, 'Invalid label: STARRED'],
        ['no-such-id', { addLabelIds: ['STARRED'] }, 400, 'Invalid id value'],
        ['1234', { addLabelIds: ['STARRED'] }, 404, 'Requested entity was not found.'],
        [id, { labels: ['STARRED'] }, 400, 'Invalid JSON payload received. Unknown name "labels": Cannot find field.'],
      ];
      for (const [of, body, ...expected] of rows) {
        assert.deepEqual(await said(post(`/messages/${of}/modify`, body)), expected);
      }
      assert.deepEqual(labelsOf(draft), ['DRAFT']);
    });

    it('does many at once, passes over unknown ids and says nothing', async () => {
      const [a, b] = [await mail(), await mail()];
      const ids = [a.id, '1234567890abcdef', b.id];
      assert.deepEqual(await post('/messages/batchModify', { ids, removeLabelIds: ['UNREAD'] }), {
        status: 204,
        body: {},
      });
      assert.deepEqual([labelsOf(a), labelsOf(b)], [['INBOX'], ['INBOX']]);
      const tooMany = Array.from({ length: 1001 }, () => a.id);
      const batch = (fields: object) => said(post('/messages/batchModify', { addLabelIds: ['STARRED'], ...fields }));
      assert.deepEqual(await batch({ ids: tooMany }), [400, 'Number of ids cannot exceed 1000']);
      assert.deepEqual(await batch({ ids: ['x'] }), [400, 'Invalid id value']);
      assert.deepEqual(labelsOf(a), ['INBOX']);
    });
  });

  it('puts mail into the trash, with INBOX or without, and gives its labels back', async () => {
    const kept = new Set<boolean>();
    for (let count = 0; count < 40; count += 1) {
      const message = await mail();
      const { body } = await post(`/messages/${message.id}/trash`);
      assert.ok(body.labelIds.includes('TRASH'));
      kept.add(body.labelIds.includes('INBOX'));
      await post(`/messages/${message.id}/untrash`);
      assert.deepEqual(labelsOf(message), ['INBOX', 'UNREAD']);
    }
    assert.deepEqual([...kept].sort(), [false, true]);
    const message = await mail();
    assert.equal((await post(`/threads/${message.threadId}/trash`)).status, 200);
    assert.ok(labelsOf(message).includes('TRASH'));
  });

  describe('with labels of one’s own', () => {
    const color = { textColor: '#ffffff', backgroundColor: '#41236d' };

    it('makes, changes, replaces and deletes them', async () => {
      const made = (await post('/labels', { name: 'Zoo/Koalas', color })).body;
      const usual = { messageListVisibility: 'show', labelListVisibility: 'labelShow' };
      assert.deepEqual(made, { id: made.id, name: 'Zoo/Koalas', type: 'user', ...usual, color });
      const patched = (await call('PATCH', `/labels/${made.id}`, { messageListVisibility: 'hide' })).body;
      assert.deepEqual([patched.name, patched.messageListVisibility, patched.color], ['Zoo/Koalas', 'hide', color]);
      const put = (await call('PUT', `/labels/${made.id}`, { name: 'Zoo' })).body;
      assert.deepEqual([put.name, put.messageListVisibility, put.color], ['Zoo', 'show', undefined]);
      const message = await mail(['INBOX', made.id]);
      assert.deepEqual(await call('DELETE', `/labels/${made.id}`), { status: 204, body: {} });
      assert.deepEqual(labelsOf(message), ['INBOX']);
      assert.equal((await call('GET', `/labels/${made.id}`)).status, 404);
      // An id is never given twice.
      assert.notEqual((await post('/labels', { name: 'Zoo' })).body.id, made.id);
    });

    it('refuses names and colours that Gmail refuses', async () => {
      await post('/labels', { name: 'Taken' });
      const taken = await post('/labels', { name: 'tAKEN' });
      assert.deepEqual(
        [taken.status, taken.body.error?.message, taken.body.error?.errors[0]?.reason, taken.body.error?.status],
        [409, 'Label name exists or conflicts', 'aborted', 'ABORTED'],
      );
      for (const name of ['', ' ', 'Trash', 'muted', 'Enviado', 'a//b']) {
        assert.deepEqual(await said(post('/labels', { name })), [400, 'Invalid label name'], name);
      }
      const loud = { ...color, backgroundColor: '#41236D' };
      const refused = 'Label color #41236D is not on the allowed color palette';
      assert.deepEqual(await said(post('/labels', { name: 'Loud', color: loud })), [400, refused]);
      assert.equal((await call('PATCH', '/labels/INBOX', { name: 'Mine' })).status, 400);
      assert.equal((await call('DELETE', '/labels/Label_999')).status, 404);
    });
  });

  describe('by filters', () => {
    const basic = () => accessTokenOf(sandbox, [`${SCOPE}gmail.settings.basic`]);
    const create = (body: object) => post('/settings/filters', body, basic());
    const archive = { criteria: { from: 'a@example.org' }, action: { removeLabelIds: ['INBOX'] } };

    it('lists none at first, then those that were made, and deletes them', async () => {
      assert.deepEqual((await call('GET', '/settings/filters')).body, {});
      const made = (await create(archive)).body;
      assert.deepEqual(made, { id: made.id, ...archive });
      assert.deepEqual((await call('GET', '/settings/filters')).body.filter, [made]);
      assert.deepEqual(await said(create(archive)), [400, 'Filter already exists']);
      assert.equal((await call('DELETE', `/settings/filters/${made.id}`, undefined, basic())).status, 204);
      assert.equal((await call('GET', `/settings/filters/${made.id}`)).status, 404);
    });

    it('refuses labels by name, and addresses that were not verified', async () => {
      const { criteria } = archive;
      assert.deepEqual(await said(create({ criteria, action: { addLabelIds: ['Work'] } })), [
        400,
        'Invalid label: Work',
      ]);
      const forwarding = await create({ criteria, action: { forward: 'b@example.org' } });
      assert.equal(forwarding.body.error?.message, 'Unrecognized forwarding address');
      assert.equal(forwarding.body.error?.errors[0]?.reason, 'failedPrecondition');
    });

    it('takes gmail.settings.basic alone for a change', async () => {
      for (const scope of [`${SCOPE}gmail.modify`, 'https://mail.google.com/']) {
        assert.equal((await post('/settings/filters', archive, accessTokenOf(sandbox, [scope]))).status, 403);
      }
    });
  });

  // What each scope reaches, by Google's reference.
  for (const [scope, reach] of [
    ['gmail.modify', 'modify trash label filters'],
    ['gmail.labels', 'label'],
    ['gmail.readonly', 'filters'],
    ['gmail.compose', ''],
  ] as const) {
    it(`${scope} reaches ${reach || 'none of it'}`, async () => {
      const bearer = accessTokenOf(sandbox, [`${SCOPE}${scope}`]);
      const { id } = await mail();
      const statuses = {
        modify: (await post(`/messages/${id}/modify`, { addLabelIds: ['STARRED'] }, bearer)).status,
        trash: (await post(`/messages/${id}/trash`, undefined, bearer)).status,
        label: (await post('/labels', { name: `By ${scope}` }, bearer)).status,
        filters: (await call('GET', '/settings/filters', undefined, bearer)).status,
      };
      const expected = Object.keys(statuses).map((name) => [name, reach.split(' ').includes(name) ? 200 : 403]);
      assert.deepEqual(statuses, Object.fromEntries(expected));
    });
  }
});
