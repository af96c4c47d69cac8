import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { oauthEndpoints } from '../../../src/oauth/endpoints.ts';
import { type CodeExchange, TokenClient } from '../../../src/oauth/token-client.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { ProblemCode } from '../../../src/shared/problems.ts';
import { openSignIn, press, REDIRECT, VERIFIER } from '../../support/consent.ts';
import { accessTokenOf, problemOf } from '../support.ts';

const START = Date.UTC(2031, 0, 1);

describe('TokenClient', () => {
  let sandbox: Sandbox;
  let google: TokenClient;
  let now = START;
  before(async () => {
    const clock = { now: () => now };
    sandbox = await startSandbox(clock);
    google = new TokenClient(oauthEndpoints(sandbox.origin), clock);
  });
  beforeEach(() => {
    now = START;
    sandbox.requests.length = 0;
  });
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.client.testing = false;
  });
  after(() => sandbox.close());

  const own = () => ({ clientId: sandbox.client.id, clientSecret: sandbox.client.secret });
  const codeFor = async () => {
    const page = await openSignIn(sandbox, { login_hint: sandbox.address, prompt: 'consent' });
    return (await press(page, 'Continue')).location?.searchParams.get('code') ?? '';
  };
  const answerFor = async (change: Partial<CodeExchange> = {}): Promise<CodeExchange> => ({
    code: await codeFor(),
    codeVerifier: VERIFIER,
    redirectUri: REDIRECT,
    ...change,
  });

  describe('newCodeVerifier', () => {
    it('makes a verifier as RFC 7636 has it, another one each time, and its S256 challenge', async () => {
      const [one, other] = [await google.newCodeVerifier(), await google.newCodeVerifier()];
      assert.match(one.codeVerifier, /^[\w.~-]{43,128}$/);
      assert.notEqual(one.codeVerifier, other.codeVerifier);
      assert.equal(one.codeChallenge, createHash('sha256').update(one.codeVerifier).digest('base64url'));
    });
  });

  describe('authorizationUrl', () => {
    const usual = {
      redirectUri: 'http://127.0.0.1:41234',
      scopes: ['https://www.googleapis.com/auth/gmail.readonly', 'https://www.googleapis.com/auth/gmail.compose'],
      state: 'a-state',
      codeChallenge: 'a-challenge',
      askForConsent: false,
    };
    const queryOf = async (change: Partial<Parameters<TokenClient['authorizationUrl']>[1]> = {}) =>
      Object.fromEntries(new URL(await google.authorizationUrl('1-id', { ...usual, ...change })).searchParams);

    it('leads to Google, unless there is a stand-in', async () => {
      const url = await new TokenClient(oauthEndpoints()).authorizationUrl('1-id', usual);
      assert.match(url, /^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
      assert.ok((await google.authorizationUrl('1-id', usual)).startsWith(`${sandbox.origin}/o/oauth2/v2/auth?`));
    });

    it('says all that Google needs, and no secret', async () => {
      assert.deepEqual(await queryOf(), {
        client_id: '1-id',
        response_type: 'code',
        redirect_uri: usual.redirectUri,
        scope: usual.scopes.join(' '),
        state: usual.state,
        code_challenge: usual.codeChallenge,
        code_challenge_method: 'S256',
        access_type: 'offline',
      });
    });

    it('proposes a mailbox and forces the consent page only where that is wanted', async () => {
      const { login_hint, prompt } = await queryOf({ loginHint: 'me+mail@example.org', askForConsent: true });
      assert.deepEqual([login_hint, prompt], ['me+mail@example.org', 'consent']);
    });
  });

  describe('exchange', () => {
    it('answers the tokens, their scopes and no end where Google names none', async () => {
      const tokens = await google.exchange(own(), await answerFor());
      assert.equal(sandbox.grants.find(tokens.value)?.address, sandbox.address);
      assert.ok(sandbox.grants.refresh(sandbox.client, tokens.refreshToken ?? '').value);
      assert.deepEqual([tokens.scopes, tokens.endsAt, tokens.lifetime], [FULL_SCOPES, undefined, 3599]);
    });

    it('answers when the grant of a project in Testing ends', async () => {
      sandbox.client.testing = true;
      assert.equal((await google.exchange(own(), await answerFor())).endsAt, START + 604_799_000);
    });

    it('counts that end by Google’s clock where this computer’s is wrong', async () => {
      sandbox.client.testing = true;
      const behind = new TokenClient(oauthEndpoints(sandbox.origin), { now: () => START - 5 * 3_600_000 });
      assert.equal((await behind.exchange(own(), await answerFor())).endsAt, START + 604_799_000);
    });

    it('sends the code and the secrets in the body alone', async () => {
      await google.exchange(own(), await answerFor());
      assert.equal(sandbox.requests.at(-1), 'POST /token');
    });

    const wrong: [string, ProblemCode, RegExp, () => Promise<unknown>][] = [
      [
        'of nobody’s',
        'sign_in_refused',
        /Malformed/,
        async () => google.exchange(own(), await answerFor({ code: '4/0x' })),
      ],
      [
        'with a wrong verifier',
        'sign_in_refused',
        /Invalid code verifier/,
        async () => google.exchange(own(), await answerFor({ codeVerifier: 'x'.repeat(43) })),
      ],
      [
        'without its verifier',
        'sign_in_refused',
        /Missing code verifier/,
        async () => google.exchange(own(), await answerFor({ codeVerifier: '' })),
      ],
      [
        'for another redirect',
        'token_request_refused',
        /redirect_uri_mismatch/,
        async () => google.exchange(own(), await answerFor({ redirectUri: `${REDIRECT}x` })),
      ],
      [
        'with a wrong secret',
        'client_unknown',
        /invalid_client/,
        async () => google.exchange({ ...own(), clientSecret: 'GOCSPX-x' }, await answerFor()),
      ],
      [
        'of another client',
        'sign_in_refused',
        /Bad Request/,
        async () => {
          const { id, secret } = sandbox.grants.addClient();
          return google.exchange({ clientId: id, clientSecret: secret }, await answerFor());
        },
      ],
      [
        'that is ten minutes old',
        'sign_in_refused',
        /Bad Request/,
        async () => {
          const answer = await answerFor();
          now += 600_000;
          return google.exchange(own(), answer);
        },
      ],
    ];
    for (const [kind, code, details, work] of wrong) {
      it(`of a code ${kind} is ${code}`, async () => {
        const problem = await problemOf(work);
        assert.equal(problem.code, code);
        assert.match(problem.details ?? '', details);
        assert.doesNotMatch(
          JSON.stringify([problem.toWire(), problem.explain('person'), problem.stack]),
          /GOCSPX|4\/0/,
        );
      });
    }

    it('of a code a second time is sign_in_refused, and Google ends what it gave the first time', async () => {
      const answer = await answerFor();
      const first = await google.exchange(own(), answer);
      assert.equal((await problemOf(google.exchange(own(), answer))).code, 'sign_in_refused');
      assert.equal((await problemOf(google.refresh(own(), first.refreshToken ?? ''))).code, 'grant_dead');
    });
  });

  describe('scopesOf', () => {
    it('answers what an access token allows', async () => {
      const scopes = ['openid', 'https://www.googleapis.com/auth/gmail.readonly'];
      assert.deepEqual(await google.scopesOf(accessTokenOf(sandbox, scopes)), scopes);
      assert.deepEqual(sandbox.requests, ['POST /tokeninfo']);
    });

    it('is a problem with a dead token', async () => {
      const problem = await problemOf(google.scopesOf('ya29.never-issued'));
      assert.deepEqual([problem.code, problem.details], ['token_request_refused', 'invalid_token: Invalid Value']);
    });
  });

  describe('revoke', () => {
    it('ends a refresh token, by a request that does not show it', async () => {
      const token = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
      await google.revoke(token);
      assert.deepEqual(sandbox.requests, ['POST /revoke']);
      assert.equal((await problemOf(google.refresh(own(), token))).code, 'grant_dead');
    });

    it('says what Google says of a dead one', async () => {
      assert.match((await problemOf(google.revoke('1//never-issued'))).details ?? '', /^invalid_token/);
    });

    it('is offline where nobody answers', async () => {
      sandbox.faults.add({ match: /revoke/, cut: true });
      assert.equal((await problemOf(google.revoke('1//x'))).code, 'offline');
    });
  });
});
