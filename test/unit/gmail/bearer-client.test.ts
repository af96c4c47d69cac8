import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BearerClient, type TokenSource } from '../../../src/gmail/connection/bearer-client.ts';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import { sendWithoutDraft } from '../../../src/gmail/send.ts';
import { AccessTokenRefresher } from '../../../src/oauth/access-token-refresher.ts';
import { oauthEndpoints } from '../../../src/oauth/endpoints.ts';
import { type AccessToken, TokenClient } from '../../../src/oauth/token-client.ts';
import { apiError } from '../../../src/sandbox/google-error.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import { isUnderWay } from '../../../src/shared/turns/departure.ts';
import { accessTokenOf, connect, problemOf, sandboxForEach, silent } from '../support.ts';

const HOUR = 3_600_000;

describe('an access token that Gmail refuses', () => {
  let sandbox: Sandbox;
  sandboxForEach((started) => {
    sandbox = started;
  });

  /** The tokens of the account, renewed with its refresh token. */
  function renewable(clock?: Clock): TokenSource {
    const client = new TokenClient(oauthEndpoints(sandbox.origin), clock);
    const credentials = { clientId: sandbox.client.id, clientSecret: sandbox.client.secret };
    const refresher = new AccessTokenRefresher(() => client.refresh(credentials, sandbox.refreshToken), clock);
    const here = async (token: Promise<AccessToken>) => ({ ...(await token), apiOrigin: sandbox.origin });
    return { get: () => here(refresher.get()), replace: (refused) => here(refresher.replace(refused)) };
  }

  const connection = (tokens: TokenSource) => new GmailConnection({ tokens, log: silent });
  const profile = (gmail: GmailConnection) =>
    gmail.run(new AbortController().signal, (api, options) => api.users.getProfile({ userId: 'me' }, options));
  const count = (start: string) => sandbox.requests.filter((line) => line.startsWith(start)).length;

  it('keeps no request under way, and none is that has been answered', async () => {
    const gmail = connection(renewable());
    const meanwhile: boolean[] = [];
    const asked = profile(gmail);
    while (count('GET /gmail') === 0) {
      await new Promise(setImmediate);
      meanwhile.push(isUnderWay());
    }
    await asked;
    assert.equal(meanwhile.at(-1), true);
    assert.equal(isUnderWay(), false);
    // One that is refused, with no way to another token.
    const { value } = await renewable().get();
    sandbox.grants.endAccessTokens();
    await assert.rejects(profile(connection({ get: async () => ({ value, apiOrigin: sandbox.origin }) })));
    assert.equal(isUnderWay(), false);
  });

  it('before its time is replaced by one refresh, also for 20 calls at once', async () => {
    const gmail = connection(renewable());
    await profile(gmail);
    assert.equal(count('POST /token'), 1);
    sandbox.grants.endAccessTokens();
    const profiles = await Promise.all(Array.from({ length: 20 }, () => profile(gmail)));
    for (const { emailAddress } of profiles) assert.equal(emailAddress, sandbox.address);
    assert.equal(count('POST /token'), 2);
    await profile(gmail);
    assert.equal(count('POST /token'), 2);
  });

  it('is replaced for a send as well, which then happens once', async () => {
    const tokens = renewable();
    const gmail = connection(tokens);
    await profile(gmail);
    sandbox.grants.endAccessTokens();
    const mime = Buffer.from('To: someone@example.org\r\nSubject: Once only\r\n\r\nHello\r\n');
    const { messageId } = await sendWithoutDraft(gmail, { mime }, 'Once only', new AbortController().signal);
    const sent = sandbox.store.messages().filter((message) => message.header('subject') === 'Once only');
    assert.deepEqual(
      sent.map((message) => message.id),
      [messageId],
    );
  });

  it('a second time in a row is reported, without asking for a third', async () => {
    sandbox.faults.add({ match: /profile/, answer: { status: 401, body: apiError(401, 'authError', 'No.').body } });
    assert.equal((await problemOf(profile(connection(renewable())))).code, 'access_token_refused');
    assert.equal(count('GET /gmail/'), 2);
    assert.equal(count('POST /token'), 2);
  });

  it('and cannot be replaced is reported after one request', async () => {
    const value = accessTokenOf(sandbox);
    sandbox.grants.endAccessTokens();
    const gmail = connect(sandbox, undefined, value);
    assert.equal((await problemOf(profile(gmail))).code, 'access_token_refused');
    assert.equal(count('GET /gmail/'), 1);
  });

  it('is reported as what the refresh says, where the grant itself has ended', async () => {
    const gmail = connection(renewable());
    await profile(gmail);
    sandbox.grants.end(sandbox.refreshToken, 'revoked');
    assert.equal((await problemOf(profile(gmail))).code, 'grant_dead');
  });

  it('is not replaced for a 403, which another token would not change', async () => {
    for (const reason of ['insufficientPermissions', 'dailyLimitExceeded', 'domainPolicy']) {
      sandbox.faults.add({
        match: /profile/,
        times: 1,
        answer: { status: 403, body: apiError(403, reason, 'No.').body },
      });
      await problemOf(profile(connection(renewable())));
    }
    assert.equal(count('POST /token'), 3);
    assert.equal(count('GET /gmail/'), 3);
  });

  const skews: [string, number, RegExp | undefined][] = [
    ['5 hours ahead', 5 * HOUR, /300 minutes ahead/],
    ['5 hours behind', -5 * HOUR, /300 minutes behind/],
    ['2 minutes ahead', HOUR / 30, undefined],
    ['right', 0, undefined],
  ];
  for (const [name, ahead, words] of skews) {
    it(`although fresh is ${words ? '' : 'not '}blamed on this computer's clock where that is ${name}`, async () => {
      sandbox.faults.add({ match: /profile/, answer: { status: 401, body: apiError(401, 'authError', 'No.').body } });
      const problem = await problemOf(profile(connection(renewable({ now: () => Date.now() + ahead }))));
      assert.equal(problem.code, words ? 'clock_wrong' : 'access_token_refused');
      if (words) assert.match(problem.explain('editor').why, words);
    });
  }

  it('is no matter where only the clock is wrong and Gmail accepts the token', async () => {
    const gmail = connection(renewable({ now: () => Date.now() + 5 * HOUR }));
    await profile(gmail);
    await profile(gmail);
    assert.equal(count('POST /token'), 1);
  });
});

describe('BearerClient', () => {
  let [one, other]: Sandbox[] = [];
  const at = (sandbox: Sandbox | undefined) => sandbox ?? assert.fail('no sandbox');
  const PATH = '/gmail/v1/users/me/profile?prettyPrint=false';
  beforeEach(async () => {
    [one, other] = await Promise.all([startSandbox(), startSandbox()]);
  });
  afterEach(() => Promise.all([one?.close(), other?.close()]));

  it('sends each token to the host that it belongs to, whatever host the request names', async () => {
    const tokens: TokenSource = {
      get: async () => ({ value: 'refused', apiOrigin: at(one).origin }),
      replace: async () => ({ value: accessTokenOf(at(other)), apiOrigin: at(other).origin }),
    };
    const { status } = await new BearerClient(tokens).request({ url: `https://elsewhere.invalid${PATH}` });
    assert.equal(status, 200);
    assert.deepEqual([at(one).requests, at(other).requests], [[`GET ${PATH}`], [`GET ${PATH}`]]);
  });

  it('puts its own token in place of one that the request brings', async () => {
    const client = new BearerClient({
      get: async () => ({ value: accessTokenOf(at(one)), apiOrigin: at(one).origin }),
    });
    const headers = { authorization: 'Bearer stale' };
    assert.equal((await client.request({ url: `${at(one).origin}${PATH}`, headers })).status, 200);
  });

  it('passes on the failure to get a token, and asks Gmail nothing', async () => {
    const failure = new Error('no token today');
    const client = new BearerClient({ get: () => Promise.reject(failure) });
    await assert.rejects(client.request({ url: `${at(one).origin}${PATH}` }), failure);
    assert.deepEqual(at(one).requests, []);
  });
});
