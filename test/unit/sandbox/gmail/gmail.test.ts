import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, fileMessage, getJson, listMessages, type Query, sandboxForAll } from '../../support.ts';

const SCOPE = 'https://www.googleapis.com/auth/';

describe('the sandbox’s Gmail endpoints', () => {
  let sandbox: Sandbox;
  let token: string;
  sandboxForAll((started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
  });

  const get = <T>(path: string, bearer = token) => getJson<T>(sandbox, path, bearer);
  const list = (query: Query = {}) => listMessages(sandbox, token, query);
  const idsOf = async (query: Query) => (await list(query)).messages?.map(({ id }) => id) ?? [];

  describe('errors', () => {
    const error = (code: number, status: string, reason: string, message: string) => ({
      status: code,
      body: { error: { code, message, errors: [{ message, domain: 'global', reason }], status } },
    });

    it('401 without a living token', async () => {
      for (const bearer of ['', 'ya29.unknown', sandbox.refreshToken]) {
        const { status, body } = await get<{ error: Record<string, unknown> }>('/profile', bearer);
        assert.equal(status, 401);
        assert.equal(body.error.status, 'UNAUTHENTICATED');
        const said = JSON.stringify(body.error.errors);
        assert.match(said, bearer ? /"Invalid Credentials".*"reason":"authError"/ : /"Login Required\.".*"required"/);
        assert.match(said, /"location":"Authorization","locationType":"header"/);
      }
    });

    it('403 for the mailbox of somebody else', async () => {
      const url = `${sandbox.origin}/gmail/v1/users/ann@example.org/profile`;
      assert.equal((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status, 403);
    });

    it('the address stands for me', async () => {
      const url = `${sandbox.origin}/gmail/v1/users/${sandbox.address}/profile`;
      assert.equal((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status, 200);
    });

    const gone = error(404, 'NOT_FOUND', 'notFound', 'Requested entity was not found.');
    const invalid = (message: string) => error(400, 'INVALID_ARGUMENT', 'invalidArgument', message);
    const rows: [string, object][] = [
      ['/messages/1234567890abcdef', gone],
      ['/threads/1234567890abcdef', gone],
      ['/nothing', gone],
      ['/messages/no-such-id', invalid('Invalid id value')],
      ['/threads/no-such-id', invalid('Invalid id value')],
      ['/messages?labelIds=NOWHERE', invalid('Invalid label: NOWHERE')],
      ['/messages?pageToken=made-up', invalid('Invalid pageToken')],
    ];
    for (const [path, expected] of rows) {
      it(`of ${path}`, async () => assert.deepEqual(await get(path), expected));
    }

    it('400 for a format and an attachment that do not exist', async () => {
      const [id] = await idsOf({});
      assert.equal((await get(`/messages/${id}?format=pretty`)).status, 400);
      assert.equal((await get(`/messages/${id}/attachments/none`)).status, 400);
    });
  });

  describe('scopes', () => {
    const send = async (bearer: string) => {
      const raw = Buffer.from('To: ann@example.org\r\n\r\nHello').toString('base64url');
      const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ raw }) };
      return (await fetch(`${sandbox.origin}/gmail/v1/users/me/messages/send`, init)).status;
    };
    // What each scope reaches, by Google's reference.
    const rows: [string, string][] = [
      ['gmail.modify', 'profile list get labels send'],
      ['gmail.readonly', 'profile list get labels'],
      ['gmail.metadata', 'profile list labels'],
      ['gmail.compose', 'profile send'],
      ['gmail.send', 'send'],
      ['gmail.labels', 'labels'],
      ['calendar', ''],
    ];
    for (const [scope, reach] of rows) {
      it(`${scope} reaches ${reach || 'nothing'}`, async () => {
        const bearer = accessTokenOf(sandbox, [`${SCOPE}${scope}`]);
        const [id] = await idsOf({});
        const statuses = {
          profile: (await get('/profile', bearer)).status,
          list: (await get('/messages', bearer)).status,
          get: (await get(`/messages/${id}?format=full`, bearer)).status,
          labels: (await get('/labels', bearer)).status,
          send: await send(bearer),
        };
        const expected = Object.keys(statuses).map((name) => [name, reach.split(' ').includes(name) ? 200 : 403]);
        assert.deepEqual(statuses, Object.fromEntries(expected));
      });
    }

    it('mail.google.com reaches everything', async () => {
      const bearer = accessTokenOf(sandbox, ['https://mail.google.com/']);
      assert.deepEqual([(await get('/messages?q=a', bearer)).status, await send(bearer)], [200, 200]);
    });

    it('too few are called so in both places of the error', async () => {
      const { body } = await get<{ error: object }>('/messages', accessTokenOf(sandbox, [`${SCOPE}gmail.send`]));
      assert.match(JSON.stringify(body), /"reason":"insufficientPermissions".*"ACCESS_TOKEN_SCOPE_INSUFFICIENT"/);
    });

    it('metadata shows headers and neither searches nor shows content', async () => {
      const bearer = accessTokenOf(sandbox, [`${SCOPE}gmail.metadata`]);
      const withFile = sandbox.store.messages().find(({ tree }) => tree.parts.some((part) => part.filename));
      assert.ok(withFile);
      const statusOf = async (path: string) => (await get(path, bearer)).status;
      assert.equal(await statusOf('/messages?labelIds=INBOX'), 200);
      assert.equal(await statusOf('/messages?q=tea'), 403);
      for (const kind of ['messages', 'threads']) {
        const path: string = `/${kind}/${kind === 'messages' ? withFile.id : withFile.threadId}`;
        assert.equal(await statusOf(`${path}?format=metadata`), 200);
        assert.equal(await statusOf(`${path}?format=minimal`), 200);
        assert.equal(await statusOf(`${path}?format=full`), 403);
        if (kind === 'messages') assert.equal(await statusOf(`${path}?format=raw`), 403);
        // Full is what is meant where no format is given.
        assert.equal(await statusOf(path), 403, `${kind} without a format`);
      }
    });

    it('metadata loads no attachment', async () => {
      const bearer = accessTokenOf(sandbox, [`${SCOPE}gmail.metadata`]);
      const message = await fileMessage(
        sandbox,
        { To: 'a@example.org', 'Content-Type': 'application/pdf', 'Content-Disposition': 'attachment; filename=a.pdf' },
        '%PDF',
        ['INBOX'],
      );
      const full = await get<{ payload: { body: { attachmentId: string } } }>(`/messages/${message.id}`);
      const path = `/messages/${message.id}/attachments/${full.body.payload.body.attachmentId}`;
      assert.equal((await get(path)).status, 200);
      assert.equal((await get(path, bearer)).status, 403);
    });
  });

  describe('a list', () => {
    it('is newest first, and its pages join to the whole', async () => {
      const whole = await idsOf({ maxResults: '500' });
      const dates = whole.map((id) => sandbox.store.get(id)?.internalDate ?? 0);
      assert.deepEqual(
        dates,
        dates.toSorted((a, b) => b - a),
      );
      const joined: string[] = [];
      let pageToken: string | undefined;
      do {
        const page = await list({ maxResults: '7', ...(pageToken ? { pageToken } : {}) });
        assert.ok((page.messages?.length ?? 0) <= 7);
        joined.push(...(page.messages ?? []).map(({ id }) => id));
        pageToken = page.nextPageToken;
      } while (pageToken);
      assert.deepEqual(joined, whole);
      assert.equal(new Set(joined).size, joined.length);
      assert.ok(joined.length > 50);
    });

    it('offers no further page where the last one is exactly full', async () => {
      const whole = await idsOf({ maxResults: '500', labelIds: 'STARRED' });
      const page = await list({ maxResults: String(whole.length), labelIds: 'STARRED' });
      assert.equal(page.messages?.length, whole.length);
      assert.ok(!('nextPageToken' in page));
    });

    it('lacks the field messages where there are none', async () => {
      const page = await list({ q: 'no-message-says-this' });
      assert.deepEqual(page, { resultSizeEstimate: 0 });
    });

    it('wants every label of several', async () => {
      const ids = await idsOf([
        ['labelIds', 'INBOX'],
        ['labelIds', 'UNREAD'],
        ['maxResults', '500'],
      ]);
      const expected = sandbox.store
        .messages()
        .filter(({ labelIds }) => labelIds.has('INBOX') && labelIds.has('UNREAD'))
        .map(({ id }) => id);
      assert.ok(expected.length > 0);
      assert.deepEqual(ids, expected);
    });

    it('answers 100 unasked, 500 at most, and guesses no total beyond 201', async () => {
      for (let count = 0; count < 505; count += 1)
        await fileMessage(sandbox, { To: 'a@example.org' }, 'bulk', ['INBOX'], count);
      const usual = await list();
      assert.equal(usual.messages?.length, 100);
      assert.equal(usual.resultSizeEstimate, 201);
      const large = await list({ maxResults: '10000' });
      assert.equal(large.messages?.length, 500);
      assert.ok(large.nextPageToken);
    });
  });
});
