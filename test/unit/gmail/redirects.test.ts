import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import { sendWithoutDraft } from '../../../src/gmail/send.ts';
import { oauthEndpoints } from '../../../src/oauth/endpoints.ts';
import { addressOfToken } from '../../../src/oauth/profile.ts';
import { TokenClient } from '../../../src/oauth/token-client.ts';
import { problemOf, silent } from '../support.ts';

const CLIENT = { clientId: 'client', clientSecret: 'secret' };
const SIGNAL = new AbortController().signal;
const SMALL = Buffer.from('To: a@example.org\r\n\r\nx\r\n');
const LARGE = Buffer.concat([SMALL, Buffer.alloc(5_000_001, 'x')]);

/** A server on loopback. */
async function serve(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a redirect', () => {
  let first: Awaited<ReturnType<typeof serve>>;
  let second: Awaited<ReturnType<typeof serve>>;
  let status = 307;
  let asked = 0;
  let reached: string[] = [];

  before(async () => {
    second = await serve((request, response) => {
      reached.push(`${request.method} ${request.url}`);
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"1","threadId":"1","access_token":"t","emailAddress":"a@example.org"}');
    });
    first = await serve((request, response) => {
      asked += 1;
      request.resume();
      request.once('end', () => response.writeHead(status, { location: `${second.origin}${request.url}` }).end());
    });
  });
  beforeEach(() => {
    [asked, reached] = [0, []];
  });
  after(() => {
    for (const { server } of [first, second]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const tokens = () => new TokenClient(oauthEndpoints(first.origin));
  const gmail = () =>
    new GmailConnection({ tokens: { get: async () => ({ value: 't', apiOrigin: first.origin }) }, log: silent });
  const requests: [string, () => Promise<unknown>][] = [
    ['a refresh', () => tokens().refresh(CLIENT, 'refresh-token')],
    [
      'the exchange of a code',
      () => tokens().exchange(CLIENT, { code: 'c', codeVerifier: 'v', redirectUri: 'http://127.0.0.1:1' }),
    ],
    ['a revocation', () => tokens().revoke('refresh-token')],
    ['the question for scopes', () => tokens().scopesOf('t')],
    ['the question whose token it is', () => addressOfToken('t', first.origin)],
    ['a list', () => gmail().run(SIGNAL, (api, options) => api.users.messages.list({ userId: 'me' }, options))],
    ['a batch', () => gmail().batch([{ path: ['messages', '1'], subject: { kind: 'message', id: '1' } }], SIGNAL)],
    ['a send', () => sendWithoutDraft(gmail(), { mime: SMALL }, 'x', SIGNAL)],
  ];
  for (const code of [301, 302, 303, 307, 308]) {
    for (const [name, request] of requests) {
      it(`of ${code} is not followed by ${name}, which fails once and in its own words`, async () => {
        status = code;
        const problem = await problemOf(request);
        assert.equal(problem.code, 'redirected');
        assert.match(problem.explain('person').what, /^127\.0\.0\.1:\d+ answered with a redirect/);
        assert.deepEqual([asked, reached], [1, []]);
      });
    }
  }

  it('is not followed by an upload', async () => {
    status = 307;
    assert.equal((await problemOf(sendWithoutDraft(gmail(), { mime: LARGE }, 'x', SIGNAL))).code, 'redirected');
    assert.deepEqual([asked, reached], [1, []]);
  });

  it('of 304 is no answer either', async () => {
    status = 304;
    for (const [, request] of requests) assert.equal((await problemOf(request)).code, 'redirected');
  });
});
