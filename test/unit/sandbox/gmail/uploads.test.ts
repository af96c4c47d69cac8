import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf } from '../../support.ts';

const LETTER = 'To: ann@example.org\r\nSubject: Upload\r\n\r\nHello – 日本\r\n';
const CHUNK = 256 * 1024;

interface Answer {
  id: string;
  threadId: string;
  labelIds: string[];
  message: { id: string; threadId: string };
  error?: { message: string };
}

describe('uploads to the sandbox', () => {
  let sandbox: Sandbox;
  let now = Date.UTC(2031, 4, 6);
  let authorization: string;
  before(async () => {
    sandbox = await startSandbox({ now: () => now });
    authorization = `Bearer ${accessTokenOf(sandbox)}`;
  });
  after(() => sandbox.close());

  async function request(url: string, method: string, headers: Record<string, string>, body: string | Buffer = '') {
    const target = url.startsWith('http') ? url : `${sandbox.origin}/upload/gmail/v1/users/me${url}`;
    const response = await fetch(target, {
      method,
      headers: { authorization, ...headers },
      body: new Uint8Array(Buffer.from(body)),
    });
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Answer) : undefined;
    return { status: response.status, headers: response.headers, json };
  }
  const stored = (id = '') => sandbox.store.get(id) ?? assert.fail('it is not in the mailbox');
  const multipart = (json: string, message = LETTER, first = 'application/json') =>
    `--b\r\nContent-Type: ${first}\r\n\r\n${json}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${message}\r\n--b--\r\n`;
  const RELATED = { 'content-type': 'multipart/related; boundary=b' };

  it('take a message alone, byte for byte', async () => {
    const { status, json } = await request(
      '/messages/send?uploadType=media',
      'POST',
      { 'content-type': 'message/rfc822' },
      LETTER,
    );
    assert.equal(status, 200);
    assert.deepEqual(json?.labelIds, ['SENT']);
    assert.equal(stored(json?.id).tree.content.toString(), 'Hello – 日本\r\n');
  });

  it('take messages of more than JSON can carry, and none beyond 36,700,160 bytes', async () => {
    const send = (size: number) =>
      request(
        '/messages/send?uploadType=media',
        'POST',
        { 'content-type': 'message/rfc822' },
        LETTER.padEnd(size, 'x'),
      );
    assert.equal((await send(8_000_000)).status, 200);
    assert.equal((await send(36_700_161)).status, 413);
  });

  it('refuse everything that is no message', async () => {
    for (const type of ['text/plain', 'application/json']) {
      const { status, json } = await request(
        '/messages/send?uploadType=media',
        'POST',
        { 'content-type': type },
        LETTER,
      );
      assert.deepEqual(
        [status, json?.error?.message],
        [400, `Media type '${type}' is not supported. Valid media types: [message/rfc822]`],
      );
    }
    assert.equal((await request('/messages/send', 'POST', { 'content-type': 'message/rfc822' }, LETTER)).status, 400);
  });

  it('take the resource before the message, in this order alone', async () => {
    const { json: asked } = await request('/messages/send?uploadType=multipart', 'POST', RELATED, multipart('{}'));
    const threadId = asked?.threadId;
    const sent = await request(
      '/messages/send?uploadType=multipart',
      'POST',
      RELATED,
      multipart(`{"threadId":"${threadId}"}`),
    );
    assert.equal(sent.json?.threadId, threadId);
    const draft = await request(
      '/drafts?uploadType=multipart',
      'POST',
      RELATED,
      multipart(`{"message":{"threadId":"${threadId}"}}`),
    );
    assert.equal(draft.json?.message.threadId, threadId);
    const changed = await request(
      `/drafts/${draft.json?.id}?uploadType=multipart`,
      'PUT',
      RELATED,
      multipart('{}', LETTER.replace('Upload', 'Changed')),
    );
    assert.equal(stored(changed.json?.message.id).header('subject'), 'Changed');
    const gone = await request(
      '/drafts/send?uploadType=multipart',
      'POST',
      RELATED,
      multipart(`{"id":"${draft.json?.id}"}`),
    );
    assert.equal(stored(gone.json?.id).header('subject'), 'Upload');
    const swapped = multipart('{}')
      .replace('application/json', 'x')
      .replace('message/rfc822', 'application/json')
      .replace('x', 'message/rfc822');
    for (const body of [swapped, multipart('{}').slice(0, -7), multipart('{"nonsense":1}'), LETTER]) {
      assert.equal((await request('/messages/send?uploadType=multipart', 'POST', RELATED, body)).status, 400, body);
    }
  });

  async function begin(path: string, length: number, json = '') {
    const { status, headers } = await request(
      `${path}?uploadType=resumable`,
      'POST',
      {
        'x-upload-content-type': 'message/rfc822',
        'x-upload-content-length': String(length),
        ...(json ? { 'content-type': 'application/json' } : {}),
      },
      json,
    );
    assert.equal(status, 200);
    return headers.get('location') ?? assert.fail('there is no address');
  }

  it('go on where they broke off', async () => {
    const message = Buffer.from(LETTER.padEnd(2 * CHUNK + 10, 'y'));
    const total = message.length;
    const address = await begin('/drafts', total, '{"message":{}}');
    const status = () => request(address, 'PUT', { 'content-range': `bytes */${total}` });
    assert.deepEqual([(await status()).status, (await status()).headers.get('range')], [308, null]);
    const put = (start: number, end: number) =>
      request(address, 'PUT', { 'content-range': `bytes ${start}-${end - 1}/${total}` }, message.subarray(start, end));
    const first = await put(0, CHUNK);
    assert.deepEqual([first.status, first.headers.get('range')], [308, `bytes=0-${CHUNK - 1}`]);
    // What breaks off counts for nothing.
    sandbox.faults.add({ match: /^PUT /, times: 1, cut: true });
    await assert.rejects(put(CHUNK, 2 * CHUNK));
    sandbox.faults.clear();
    assert.equal((await status()).headers.get('range'), `bytes=0-${CHUNK - 1}`);
    // Neither a gap nor a chunk of an odd size.
    assert.equal((await put(CHUNK + 1, total)).status, 400);
    assert.equal((await put(CHUNK, CHUNK + 5)).status, 400);
    const last = await put(CHUNK, total);
    assert.equal(last.status, 200);
    assert.ok(stored(last.json?.message.id).raw.length > total);
    // It is done, and asking about it does it no second time.
    const before = sandbox.store.messages().length;
    assert.deepEqual((await status()).json, last.json);
    assert.equal(sandbox.store.messages().length, before);
  });

  it('take the whole message in one further request', async () => {
    const sent = await request(await begin('/messages/send', Buffer.byteLength(LETTER)), 'PUT', {}, LETTER);
    assert.deepEqual([sent.status, sent.json?.labelIds], [200, ['SENT']]);
    const draft = await request('/drafts?uploadType=multipart', 'POST', RELATED, multipart('{}'));
    const json = `{"id":"${draft.json?.id}"}`;
    const fromDraft = await request(await begin('/drafts/send', Buffer.byteLength(LETTER), json), 'PUT', {}, LETTER);
    assert.deepEqual([fromDraft.status, fromDraft.json?.labelIds], [200, ['SENT']]);
  });

  it('end after a week, and where nobody began them', async () => {
    const address = await begin('/messages/send', 10);
    now += 8 * 86_400_000;
    authorization = `Bearer ${accessTokenOf(sandbox)}`;
    assert.equal((await request(address, 'PUT', {}, LETTER.slice(0, 10))).status, 404);
    assert.equal((await request('/messages/send?uploadType=resumable&upload_id=x', 'PUT', {}, LETTER)).status, 404);
    const unknown = { 'x-upload-content-type': 'text/plain' };
    assert.equal((await request('/messages/send?uploadType=resumable', 'POST', unknown)).status, 400);
  });

  it('count as calls', () => {
    assert.ok(sandbox.calls.some((call) => call.startsWith('POST /upload/gmail/v1/users/me/messages/send')));
  });
});
