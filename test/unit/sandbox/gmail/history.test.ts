import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, fileMessage, getJson, type Query, sandboxForEach } from '../../support.ts';

interface Changed {
  message: { id: string; threadId: string; labelIds: string[] };
  labelIds?: string[];
}

interface Listed {
  history?: {
    id: string;
    messages: { id: string; threadId: string }[];
    messagesAdded?: Changed[];
    messagesDeleted?: Changed[];
    labelsAdded?: Changed[];
    labelsRemoved?: Changed[];
  }[];
  nextPageToken?: string;
  historyId: string;
  error?: { message: string };
}

describe('the history of the sandbox', () => {
  let sandbox: Sandbox;
  let token: string;
  let start: string;
  sandboxForEach((started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
    start = sandbox.store.historyId;
  });

  const get = (query: Query) => getJson<Listed>(sandbox, `/history?${new URLSearchParams(query)}`, token);
  const since = async (query: Record<string, string> = {}) => {
    const { status, body } = await get({ startHistoryId: start, ...query });
    assert.equal(status, 200);
    return body;
  };
  const file = (subject: string, labels = ['INBOX', 'UNREAD']) =>
    fileMessage(sandbox, { To: 'a@example.org', Subject: subject }, 'B', labels);
  /** What happened, as `kind subject labels`. */
  const told = ({ history = [] }: Listed, names: Record<string, string>) =>
    history.flatMap(({ id: _, messages, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, changes]) =>
        changes.map(({ message, labelIds = [] }) => {
          assert.deepEqual(messages, [{ id: message.id, threadId: message.threadId }]);
          return [kind, names[message.id] ?? message.id, ...labelIds].join(' ');
        }),
      ),
    );

  it('is empty where nothing happened', async () => {
    assert.deepEqual(await since(), { historyId: start });
  });

  it('tells what came, went, was labelled and unlabelled, in order', async () => {
    const [one, two] = [await file('one'), await file('two')];
    sandbox.store.modify(one.id, ['STARRED', 'INBOX'], ['UNREAD', 'IMPORTANT']);
    sandbox.store.modify(two.id, ['INBOX'], ['STARRED']);
    sandbox.store.remove(two.id);
    sandbox.store.remove(two.id);
    const body = await since();
    const names = { [one.id]: 'one', [two.id]: 'two' };
    assert.deepEqual(told(body, names), [
      'messagesAdded one',
      'messagesAdded two',
      'labelsAdded one STARRED',
      'labelsRemoved one UNREAD',
      'messagesDeleted two',
    ]);
    assert.deepEqual(body.history?.[2]?.labelsAdded?.[0]?.message.labelIds, ['INBOX', 'STARRED']);
    const ids = (body.history ?? []).map(({ id }) => Number(id));
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((a, b) => a - b),
    );
    assert.ok(Number(start) < (ids[0] ?? 0));
    assert.equal(body.historyId, String(ids.at(-1)));
    assert.equal(body.historyId, sandbox.store.historyId);
    assert.equal(sandbox.store.get(one.id)?.historyId, String(ids[2]));
    assert.deepEqual(await since({ startHistoryId: body.historyId }), { historyId: body.historyId });
  });

  it('knows a refused send from none, and a sent mail as one change', async () => {
    const post = (raw: string) =>
      fetch(`${sandbox.origin}/gmail/v1/users/me/messages/send`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ raw: Buffer.from(raw).toString('base64url') }),
      });
    assert.equal((await post('Subject: to nobody\r\n\r\nHello')).status, 400);
    assert.equal((await since()).history, undefined);
    assert.equal((await post(`To: ${sandbox.address}\r\n\r\nHello`)).status, 200);
    const { history } = await since();
    assert.equal(history?.length, 1);
    assert.deepEqual(history?.[0]?.messagesAdded?.[0]?.message.labelIds, ['SENT', 'INBOX', 'UNREAD']);
  });

  describe('asked for a part', () => {
    let names: Record<string, string>;
    beforeEach(async () => {
      const [mail, draft] = [await file('mail'), await file('draft', ['DRAFT'])];
      names = { [mail.id]: 'mail', [draft.id]: 'draft' };
      sandbox.store.modify(mail.id, ['STARRED'], ['INBOX']);
      sandbox.store.remove(draft.id);
    });
    const rows: [Query, string[]][] = [
      [{ historyTypes: 'messageAdded' }, ['messagesAdded mail', 'messagesAdded draft']],
      [{ historyTypes: 'messageDeleted' }, ['messagesDeleted draft']],
      [{ historyTypes: 'labelAdded' }, ['labelsAdded mail STARRED']],
      [{ historyTypes: 'labelRemoved' }, ['labelsRemoved mail INBOX']],
      [
        [
          ['historyTypes', 'labelRemoved'],
          ['historyTypes', 'messageDeleted'],
        ],
        ['labelsRemoved mail INBOX', 'messagesDeleted draft'],
      ],
      [{ labelId: 'DRAFT' }, ['messagesAdded draft', 'messagesDeleted draft']],
      [{ labelId: 'INBOX' }, ['messagesAdded mail', 'labelsAdded mail STARRED', 'labelsRemoved mail INBOX']],
      [{ labelId: 'STARRED', historyTypes: 'messageAdded' }, []],
      [{ labelId: 'SPAM' }, []],
    ];
    for (const [query, expected] of rows) {
      it(`${new URLSearchParams(query)}`, async () => {
        const parameters = new URLSearchParams(query);
        parameters.set('startHistoryId', start);
        const { status, body } = await get([...parameters]);
        assert.equal(status, 200);
        assert.deepEqual(told(body, names), expected);
      });
    }

    it('comes in pages that join to the whole', async () => {
      const first = await since({ maxResults: '3' });
      const rest = await since({ maxResults: '3', pageToken: first.nextPageToken ?? '' });
      assert.deepEqual([first.history?.length, rest.history?.length], [3, 1]);
      assert.deepEqual([...(first.history ?? []), ...(rest.history ?? [])], (await since()).history);
      assert.ok(!('nextPageToken' in rest));
    });
  });

  it('is unknown before it began, after its end, and where it was forgotten', async () => {
    const statusOf = async (startHistoryId: string) => (await get({ startHistoryId })).status;
    await file('one');
    const middle = sandbox.store.historyId;
    await file('two');
    const { historyId } = sandbox.store;
    assert.deepEqual(await Promise.all(['1', start, middle, historyId].map(statusOf)), [404, 200, 200, 200]);
    assert.equal(await statusOf(String(Number(historyId) + 1)), 404);
    sandbox.store.forgetHistoryBefore(middle);
    assert.deepEqual(await Promise.all([start, middle, historyId].map(statusOf)), [404, 200, 200]);
    assert.equal((await get({ startHistoryId: middle })).body.history?.length, 1);
  });

  for (const query of [
    {},
    { startHistoryId: 'x' },
    { startHistoryId: '1000', historyTypes: 'messagesAdded' },
    { startHistoryId: '1000', pageToken: 'x' },
  ]) {
    it(`refuses ${new URLSearchParams(query)}`, async () => assert.equal((await get({ ...query })).status, 400));
  }

  it('knows no history of a label that there is not, and says which parameter is missing', async () => {
    assert.equal((await get({ startHistoryId: '1000', labelId: 'NOWHERE' })).status, 404);
    assert.match(JSON.stringify((await get({})).body), /Missing\/invalid parameter: startHistoryId/);
  });

  it('modifies no message that there is not', () => {
    assert.throws(() => sandbox.store.modify('1a', [], []), RangeError);
  });
});
