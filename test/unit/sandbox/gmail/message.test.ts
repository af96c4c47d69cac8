import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, fileMessage, getJson, sandboxForAll } from '../../support.ts';

interface Shown {
  snippet: string;
  labelIds: string[];
  raw?: string;
  payload?: { headers: { name: string; value: string }[]; parts?: object[]; body?: { data?: string } };
}

describe('a message of the sandbox', () => {
  let sandbox: Sandbox;
  let token: string;
  sandboxForAll((started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
  });

  const get = <T>(path: string) => getJson<T>(sandbox, path, token);
  const file = (headers: Record<string, string>, body: string, labelIds: string[]) =>
    fileMessage(sandbox, headers, body, labelIds);

  const show = async (id: string, query = '') => (await get<Shown>(`/messages/${id}${query}`)).body;

  it('is whole in the format full, which is the usual one', async () => {
    const { id } = await file({ To: 'a@example.org', Subject: 'S' }, 'The body', ['INBOX', 'STARRED']);
    const full = await show(id, '?format=full');
    assert.deepEqual(await show(id), full);
    assert.equal(Buffer.from(full.payload?.body?.data ?? '', 'base64url').toString(), 'The body\r\n');
    assert.deepEqual(full.labelIds, ['INBOX', 'STARRED']);
    assert.ok(!('raw' in full));
  });

  it('is its stored bytes in the format raw', async () => {
    for (const { id, raw } of sandbox.store.messages().slice(0, 100)) {
      const shown = await show(id, '?format=raw');
      assert.ok(Buffer.from(shown.raw ?? '', 'base64url').equals(raw));
      assert.ok(!('payload' in shown));
    }
  });

  it('is without headers and content in the format minimal', async () => {
    const [{ id } = { id: '' }] = sandbox.store.messages();
    const shown = await show(id, '?format=minimal');
    assert.ok(shown.labelIds);
    assert.ok(!('payload' in shown) && !('raw' in shown));
  });

  it('shows headers alone in the format metadata, those that were asked for', async () => {
    const { id } = await file({ From: 'x@y.example', To: 'a@example.org', Subject: 'S', 'X-Own': '1' }, 'B', ['INBOX']);
    const names = async (query: string) => {
      const { payload } = await show(id, `?format=metadata${query}`);
      assert.ok(payload && !('body' in payload) && !('parts' in payload));
      return payload.headers.map(({ name }) => name).sort();
    };
    assert.deepEqual(await names(''), ['From', 'Subject', 'To', 'X-Own']);
    assert.deepEqual(await names('&metadataHeaders=Subject&metadataHeaders=From'), ['From', 'Subject']);
    // In the spelling of the message alone.
    assert.deepEqual(await names('&metadataHeaders=subject&metadataHeaders=From'), ['From']);
    assert.deepEqual(await names('&metadataHeaders=Absent'), []);
  });

  it('has a snippet that is escaped, on one line, and cuts no character', async () => {
    const escaped = await file({ To: 'a@example.org' }, '<b>"Tom & Ann\'s"</b>\r\n  second line', ['INBOX']);
    assert.equal((await show(escaped.id)).snippet, '&lt;b&gt;&quot;Tom &amp; Ann&#39;s&quot;&lt;/b&gt; second line');
    const headers = { To: 'a@example.org', 'Content-Type': 'text/plain; charset=utf-8' };
    for (const start of ['', 'x']) {
      const { snippet } = await show((await file(headers, `${start}${'😀'.repeat(300)}`, ['INBOX'])).id);
      assert.ok(snippet.length < 300);
      assert.ok(snippet.isWellFormed(), `cut after ${JSON.stringify(start)}`);
    }
  });

  it('keeps files apart, under an id that changes and still leads to the file', async () => {
    const message = sandbox.store.messages().find(({ tree }) => tree.parts.some((part) => part.filename));
    const part = message?.tree.parts.find(({ filename }) => filename);
    assert.ok(message && part);
    interface WithParts {
      payload: { parts: { filename: string; body: { attachmentId: string; data?: string } }[] };
    }
    const ids = new Set<string>();
    for (let round = 0; round < 2; round += 1) {
      const { body } = await get<WithParts>(`/messages/${message.id}`);
      const shown = body.payload.parts.find(({ filename }) => filename === part.filename);
      assert.ok(shown && !shown.body.data);
      ids.add(shown.body.attachmentId);
      const loaded = await get<{ data: string }>(`/messages/${message.id}/attachments/${shown.body.attachmentId}`);
      assert.ok(Buffer.from(loaded.body.data, 'base64url').equals(part.content));
    }
    assert.equal(ids.size, 2);
  });
});
