import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import { oauthEndpoints } from '../../../src/oauth/endpoints.ts';
import { TokenClient } from '../../../src/oauth/token-client.ts';
import { problemOf, serveForAll, silent } from '../support.ts';

const CLIENT = { clientId: 'client', clientSecret: 'secret' };
const SIGNAL = new AbortController().signal;

describe('a page where Google sends data, as networks with a sign-in of their own show it', () => {
  let origin: string;
  serveForAll(
    (_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Welcome to the Grand Hotel</title>');
    },
    (started) => {
      origin = started;
    },
  );

  const tokens = () => new TokenClient(oauthEndpoints(origin));
  const gmail = () =>
    new GmailConnection({ tokens: { get: async () => ({ value: 't', apiOrigin: origin }) }, log: silent });
  const requests: [string, () => Promise<unknown>][] = [
    ['a refresh', () => tokens().refresh(CLIENT, 'refresh-token')],
    [
      'the exchange of a code',
      () => tokens().exchange(CLIENT, { code: 'c', codeVerifier: 'v', redirectUri: 'http://127.0.0.1:1' }),
    ],
    ['the question for scopes', () => tokens().scopesOf('t')],
    ['a list', () => gmail().run(SIGNAL, (api, options) => api.users.messages.list({ userId: 'me' }, options))],
    [
      'a message',
      () => gmail().run(SIGNAL, (api, options) => api.users.messages.get({ userId: 'me', id: '1' }, options)),
    ],
    ['a batch', () => gmail().batch([{ path: ['messages', '1'], subject: { kind: 'message', id: '1' } }], SIGNAL)],
  ];
  for (const [name, request] of requests) {
    it(`is not taken for the answer to ${name}`, async () => {
      const problem = await problemOf(request);
      assert.equal(problem.code, 'not_google');
      assert.match(
        problem.explain('person').what,
        /^What answered for (?:127\.0\.0\.1:\d+|gmail\.googleapis\.com) is not Google\.$/,
      );
    });
  }
});
