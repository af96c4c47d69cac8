import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, fileMessage, sandboxForEach } from '../../support.ts';

const MESSAGES = '/gmail/v1/users/me/messages';

interface Answered {
  contentId: string | undefined;
  status: string;
  headers: string;
  body: { id?: string; snippet?: string; labelIds?: string[]; error?: { code: number; message: string } };
}

const part = (request: string, contentId = '', headers = '') =>
  `--xx\r\nContent-Type: application/http\r\n${contentId && `Content-ID: ${contentId}\r\n`}\r\n${request}\r\n${headers}\r\n`;

describe('a batch', () => {
  let sandbox: Sandbox;
  let id: string;
  sandboxForEach(async (started) => {
    sandbox = started;
    id = (await fileMessage(sandbox, { To: 'a@example.org' }, 'grüße', ['INBOX'])).id;
  });

  function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${sandbox.origin}/batch/gmail/v1`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessTokenOf(sandbox)}`,
        'content-type': 'multipart/mixed; boundary="xx"',
        ...headers,
      },
      body,
    });
  }

  /** Takes the answer apart as RFC 2046 has it. */
  async function read(response: Response): Promise<Answered[]> {
    assert.equal(response.status, 200);
    const boundary = /^multipart\/mixed; boundary=(\S+)$/.exec(response.headers.get('content-type') ?? '')?.[1];
    const pieces = (await response.text()).split(`--${boundary}`);
    assert.equal(pieces.shift(), '');
    assert.equal(pieces.pop(), '--\r\n');
    return pieces.map((piece) => {
      const [outer = '', inner = '', ...body] = piece.split('\r\n\r\n');
      assert.match(outer, /^\r\nContent-Type: application\/http/);
      const text = body.join('\r\n\r\n').replace(/\r\n$/, '');
      const [status = '', ...headers] = inner.split('\r\n');
      assert.ok(headers.includes(`Content-Length: ${Buffer.byteLength(text)}`));
      return {
        contentId: /^Content-ID: (.*)$/m.exec(outer)?.[1],
        status,
        headers: headers.join('\n'),
        body: JSON.parse(text),
      };
    });
  }
  const batch = async (parts: string[]) => read(await post(`${parts.join('')}--xx--\r\n`));
  const statuses = (answers: Answered[]) => answers.map(({ status }) => status);

  it('answers each call by its own Content-ID', async () => {
    const answers = await batch([
      part(`GET ${MESSAGES}/${id}?format=minimal HTTP/1.1`, '<item-1>'),
      part(`GET ${MESSAGES}/1234567890abcdef HTTP/1.1`, '<item-2>'),
      part('GET /gmail/v1/users/me/nothing', '3'),
      part(`GET ${MESSAGES}/${id}?fields=id`),
    ]);
    assert.deepEqual(
      answers.map(({ contentId }) => contentId),
      ['<response-item-1>', '<response-item-2>', 'response-3', undefined],
    );
    assert.deepEqual(statuses(answers), [
      'HTTP/1.1 200 OK',
      'HTTP/1.1 404 Not Found',
      'HTTP/1.1 404 Not Found',
      'HTTP/1.1 200 OK',
    ]);
    assert.equal(answers[0]?.body.snippet, 'grüße');
    assert.equal(answers[1]?.body.error?.message, 'Requested entity was not found.');
    assert.deepEqual(answers[3]?.body, { id });
    assert.match(answers[0]?.headers ?? '', /^Content-Type: application\/json; charset=UTF-8$/m);
  });

  it('takes bodies, and line ends without CR', async () => {
    const raw = Buffer.from(`To: ${sandbox.address}\r\n\r\nHello`).toString('base64url');
    const request = `POST ${MESSAGES}/send HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"raw":\r\n"${raw}"}`;
    const [sent] = await batch([part(request).replaceAll('\r\n', '\n')]);
    assert.deepEqual(sent?.body.labelIds, ['SENT', 'INBOX', 'UNREAD']);
  });

  it('hands its query parameters down, but not over those of a call', async () => {
    const body = `${part(`GET ${MESSAGES}/${id}`)}${part(`GET ${MESSAGES}/${id}?fields=threadId`)}--xx--`;
    const response = await fetch(`${sandbox.origin}/batch/gmail/v1?fields=id`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessTokenOf(sandbox)}`,
        'content-type': 'multipart/mixed; boundary=xx',
      },
      body,
    });
    assert.deepEqual(
      (await read(response)).map((answer) => answer.body),
      [{ id }, { threadId: id }],
    );
  });

  it('hands its authorization down, but not over that of a call', async () => {
    const own = 'Authorization: Bearer ya29.unknown\r\n';
    const answers = await batch([part(`GET ${MESSAGES}/${id}`), part(`GET ${MESSAGES}/${id}`, '', own)]);
    assert.deepEqual(statuses(answers), ['HTTP/1.1 200 OK', 'HTTP/1.1 401 Unauthorized']);
    const body = `${part(`GET ${MESSAGES}/${id}`)}${part(`GET ${MESSAGES}`, '', `Authorization: Bearer ${accessTokenOf(sandbox)}\r\n`)}--xx--`;
    const mixed = await read(await post(body, { authorization: '' }));
    assert.deepEqual(statuses(mixed), ['HTTP/1.1 401 Unauthorized', 'HTTP/1.1 200 OK']);
  });

  it('is one request, and as many calls as it holds', async () => {
    await batch([part(`GET ${MESSAGES}/${id}?format=raw`), part(`GET ${MESSAGES}`)]);
    assert.deepEqual(sandbox.requests, ['POST /batch/gmail/v1']);
    assert.deepEqual(sandbox.calls, [`GET ${MESSAGES}/${id}?format=raw`, `GET ${MESSAGES}`]);
    await fetch(`${sandbox.origin}${MESSAGES}`);
    await fetch(`${sandbox.origin}/tokeninfo`);
    assert.equal(sandbox.requests.length, 3);
    assert.equal(sandbox.calls.length, 3);
  });

  const many = (count: number) => Array.from({ length: count }, (_, n) => part(`GET ${MESSAGES}/${id}`, `<${n}>`));

  it('holds 100 calls and no more', async () => {
    assert.equal((await batch(many(100))).length, 100);
    const response = await post(`${many(101).join('')}--xx--`);
    assert.equal(response.status, 400);
    const message = 'Inner request count exceeds the limit. Received: 101, Limit: 100';
    assert.deepEqual(await response.json(), { error: { code: 400, message, status: 'INVALID_ARGUMENT' } });
    assert.equal(sandbox.calls.length, 100);
  });

  const good = part(`GET ${MESSAGES}`);
  for (const [what, body, contentType] of [
    ['another content type', `${good}--xx--`, 'application/json'],
    ['no boundary', `${good}--xx--`, 'multipart/mixed'],
    ['another boundary', `${good}--xx--`, 'multipart/mixed; boundary=x'],
    ['no last boundary', good],
    ['no parts', '--xx--'],
    ['nothing', ''],
    ['a part of another type', `${good.replace('application/http', 'text/plain')}--xx--`],
    ['a part that is no request', `${part('hello')}--xx--`],
    ['a call of another API', `${good}${part('GET /calendar/v3/users/me')}--xx--`],
    ['a whole URL', part(`GET https://gmail.googleapis.com${MESSAGES}`)],
    ['a batch in it', `${part('POST /batch/gmail/v1')}--xx--`],
  ] as const) {
    it(`is refused as a whole with ${what}`, async () => {
      const response = await post(body, contentType ? { 'content-type': contentType } : {});
      assert.equal(response.status, 400);
      assert.match(await response.text(), /"status":"INVALID_ARGUMENT"/);
      assert.deepEqual(sandbox.calls, []);
    });
  }

  describe('with faults', () => {
    it('lets single calls fail, as often as said', async () => {
      const answer = { status: 429, headers: { 'retry-after': '7' }, body: { error: { code: 429 } } };
      sandbox.faults.add({ match: /^GET .*\/messages\//, times: 2, answer });
      sandbox.faults.add({ match: /^GET .*\/profile$/, answer: { status: 404 } });
      const answers = await batch([...many(3), part('GET /gmail/v1/users/me/profile')]);
      assert.deepEqual(
        statuses(answers).map((line) => line.slice(9, 12)),
        ['429', '429', '200', '404'],
      );
      assert.match(answers[0]?.headers ?? '', /^retry-after: 7$/m);
      assert.deepEqual(answers[1]?.body, { error: { code: 429 } });
    });

    it('fails as a whole where the fault is its own', async () => {
      sandbox.faults.add({ match: /^POST \/batch/, times: 1, answer: { status: 503 } });
      assert.equal((await post(`${good}--xx--`)).status, 503);
      assert.deepEqual(sandbox.calls, []);
      assert.equal((await post(`${good}--xx--`)).status, 200);
    });

    it('is cut as a whole where one of its calls is', async () => {
      sandbox.faults.add({ match: /\/messages\//, times: 1, cut: true });
      await assert.rejects(post(`${many(3).join('')}--xx--`));
      assert.equal((await batch(many(3))).length, 3);
    });

    it('shows the fault of a call after the work', async () => {
      const raw = Buffer.from('To: a@example.org\r\nSubject: Once\r\n\r\nHello').toString('base64url');
      sandbox.faults.add({ match: /send$/, answer: { status: 500 }, afterTheWork: true });
      const [sent] = await batch([part(`POST ${MESSAGES}/send`, '', `\r\n${JSON.stringify({ raw })}`)]);
      assert.equal(sent?.status, 'HTTP/1.1 500 Internal Server Error');
      assert.equal(sandbox.store.messages()[0]?.header('subject'), 'Once');
    });
  });
});
