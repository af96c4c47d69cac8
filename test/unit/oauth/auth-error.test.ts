import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { tokenProblem } from '../../../src/oauth/auth-error.ts';
import { oauthEndpoints } from '../../../src/oauth/endpoints.ts';
import { TokenClient } from '../../../src/oauth/token-client.ts';
import type { DeadGrant } from '../../../src/sandbox/oauth/grants.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { type ProblemCode, sentence } from '../../../src/shared/problems.ts';
import { problemOf, sandboxForAll } from '../support.ts';

const SECRET = '1//refresh-token-that-must-not-show';

/** An error with what gaxios puts on its own, the request with the refresh token included. */
function gaxiosError(parts: { status?: number; data?: unknown; code?: string; cause?: string }): Error {
  const cause = parts.cause ? Object.assign(new Error('socket'), { code: parts.cause }) : undefined;
  return Object.assign(new Error(`Request failed ${SECRET}`, { cause }), {
    config: { url: 'https://oauth2.googleapis.com/token', body: `refresh_token=${SECRET}` },
    ...(parts.code ? { code: parts.code } : {}),
    ...(parts.status ? { response: { status: parts.status, data: parts.data, headers: new Headers() } } : {}),
  });
}

describe('tokenProblem', () => {
  const answers: [number, unknown, ProblemCode][] = [
    [400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }, 'grant_dead'],
    [400, { error: 'invalid_grant', error_description: 'Bad Request' }, 'grant_dead'],
    [400, { error: 'invalid_grant' }, 'grant_dead'],
    [400, { error: 'invalid_grant', error_subtype: 'invalid_rapt' }, 'reauthentication_required'],
    [400, { error: 'invalid_grant', error_description: 'reauth related error' }, 'reauthentication_required'],
    [401, { error: 'invalid_client', error_description: 'The OAuth client was not found.' }, 'client_unknown'],
    [401, { error: 'invalid_client', error_description: 'Unauthorized' }, 'client_unknown'],
    [401, { error: 'deleted_client', error_description: 'The OAuth client was deleted.' }, 'client_unknown'],
    [401, { error: 'unauthorized_client', error_description: 'Unauthorized' }, 'client_mismatch'],
    [400, { error: 'admin_policy_enforced' }, 'policy_enforced'],
    [403, { error: 'org_internal' }, 'policy_enforced'],
    [400, { error: 'invalid_request', error_description: 'Missing' }, 'token_request_refused'],
    [400, { error: 'unsupported_grant_type' }, 'token_request_refused'],
    [403, '<html>Forbidden by the proxy</html>', 'token_request_refused'],
    [407, '', 'offline'],
    [418, undefined, 'token_request_refused'],
    [429, { error: 'rate_limit_exceeded' }, 'rate_limited'],
    [500, { error: 'internal_failure' }, 'google_failed'],
    [502, '<html>Bad gateway</html>', 'google_failed'],
    // Where the Content-Type is wrong the body stays text.
    [400, '{"error":"invalid_grant","error_subtype":"invalid_rapt"}', 'reauthentication_required'],
    [401, '{"error":"invalid_client"}', 'client_unknown'],
    [400, 'null', 'token_request_refused'],
    [400, { error: { code: 400, message: 'odd' } }, 'token_request_refused'],
  ];
  for (const [status, data, code] of answers) {
    it(`takes ${status} ${JSON.stringify(data)} for ${code}`, () => {
      assert.equal(tokenProblem(gaxiosError({ status, data })).code, code);
    });
  }

  const failures: [string, { code?: string; cause?: string }, ProblemCode][] = [
    ['ENOTFOUND', { code: 'ENOTFOUND' }, 'offline'],
    ['ECONNREFUSED beneath', { cause: 'ECONNREFUSED' }, 'offline'],
    ['no code at all', {}, 'offline'],
    ['TimeoutError', { code: 'TimeoutError' }, 'timed_out'],
    ['ETIMEDOUT', { code: 'ETIMEDOUT' }, 'timed_out'],
    ['UND_ERR_CONNECT_TIMEOUT beneath', { cause: 'UND_ERR_CONNECT_TIMEOUT' }, 'timed_out'],
    ['CERT_HAS_EXPIRED', { code: 'CERT_HAS_EXPIRED' }, 'certificate_refused'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate_refused'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { cause: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, 'certificate_refused'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate_refused'],
  ];
  for (const [name, parts, code] of failures) {
    it(`takes no answer and ${name} for ${code}, and names the host`, () => {
      const problem = tokenProblem(gaxiosError(parts));
      assert.equal(problem.code, code);
      assert.match(sentence(problem.explain('editor')), /oauth2\.googleapis\.com/);
    });
  }

  it('keeps what Google said, and nothing of the request', () => {
    const data = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };
    const problem = tokenProblem(gaxiosError({ status: 400, data }));
    assert.equal(problem.details, 'invalid_grant: Token has been expired or revoked.');
    const everything = [problem.stack, problem.details, problem.cause, sentence(problem.explain('arguments'))].join();
    assert.ok(!everything.includes(SECRET));
    assert.ok(!everything.includes('Request failed'));
  });

  it('does not explain a programming error by the network', () => {
    assert.equal(tokenProblem(new TypeError('x is not a function')).code, 'internal');
    assert.equal(tokenProblem('a text').code, 'internal');
  });
});

describe('TokenClient.refresh against the sandbox', () => {
  let sandbox: Sandbox;
  let client: TokenClient;
  sandboxForAll((started) => {
    sandbox = started;
    client = new TokenClient(oauthEndpoints(sandbox.origin));
  });
  afterEach(() => sandbox.faults.clear());

  const own = () => ({ clientId: sandbox.client.id, clientSecret: sandbox.client.secret });
  const newGrant = () => sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);

  it('answers a token that Gmail accepts, how long it lasts and what it allows', async () => {
    const earliest = Date.now() + 3599_000;
    const token = await client.refresh(own(), sandbox.refreshToken);
    assert.equal(token.lifetime, 3599);
    assert.ok(token.expiresAt >= earliest && token.expiresAt <= Date.now() + 3599_000);
    assert.equal(token.clockSkewMs, 0);
    assert.deepEqual(token.scopes, FULL_SCOPES);
    assert.equal(token.refreshToken, undefined);
    assert.deepEqual(sandbox.grants.find(token.value)?.scopes, FULL_SCOPES);
  });

  it('hands on a refresh token that Google replaced', async () => {
    const answer = { access_token: 'ya29.x', expires_in: 100, refresh_token: '1//new' };
    sandbox.faults.add({ match: /POST \/token/, answer: { status: 200, body: answer } });
    const token = await client.refresh(own(), sandbox.refreshToken);
    assert.deepEqual([token.refreshToken, token.lifetime, token.scopes], ['1//new', 100, undefined]);
  });

  it('does not call the refresh token new where Google repeats it', async () => {
    const answer = { access_token: 'ya29.x', expires_in: 100, refresh_token: sandbox.refreshToken };
    sandbox.faults.add({ match: /POST \/token/, answer: { status: 200, body: answer } });
    assert.equal((await client.refresh(own(), sandbox.refreshToken)).refreshToken, undefined);
  });

  const dead: [DeadGrant, ProblemCode][] = [
    ['revoked', 'grant_dead'],
    ['reauthentication', 'reauthentication_required'],
    ['policy', 'policy_enforced'],
  ];
  for (const [why, code] of dead) {
    it(`a grant that ended (${why}) is ${code}`, async () => {
      const refreshToken = newGrant();
      sandbox.grants.end(refreshToken, why);
      assert.equal((await problemOf(client.refresh(own(), refreshToken))).code, code);
    });
  }

  it('an unknown refresh token is grant_dead', async () => {
    assert.equal((await problemOf(client.refresh(own(), '1//never-issued'))).code, 'grant_dead');
  });

  it('a refresh token of another client is client_mismatch', async () => {
    const { id, secret } = sandbox.grants.addClient();
    const problem = await problemOf(client.refresh({ clientId: id, clientSecret: secret }, sandbox.refreshToken));
    assert.equal(problem.code, 'client_mismatch');
  });

  for (const [name, wrong] of [
    ['a wrong secret', { clientSecret: 'GOCSPX-wrong' }],
    ['an unknown client', { clientId: 'nobody.apps.googleusercontent.com' }],
  ] as const) {
    it(`${name} is client_unknown`, async () => {
      const problem = await problemOf(client.refresh({ ...own(), ...wrong }, sandbox.refreshToken));
      assert.equal(problem.code, 'client_unknown');
      assert.match(problem.details ?? '', /^invalid_client: The /);
    });
  }

  const faults: [number, object, ProblemCode][] = [
    [400, { error: 'invalid_request', error_description: 'Odd.' }, 'token_request_refused'],
    [429, { error: 'rate_limit_exceeded' }, 'rate_limited'],
    [503, {}, 'google_failed'],
  ];
  for (const [status, body, code] of faults) {
    it(`an answer ${status} ${JSON.stringify(body)} is ${code}`, async () => {
      const headers = { 'retry-after': '0' };
      sandbox.faults.add({ match: /POST \/token/, answer: { status, body, headers } });
      assert.equal((await problemOf(client.refresh(own(), sandbox.refreshToken))).code, code);
    });
  }

  it('a cut connection is offline', async () => {
    sandbox.faults.add({ match: /POST \/token/, cut: true });
    assert.equal((await problemOf(client.refresh(own(), sandbox.refreshToken))).code, 'offline');
  });

  it('a port where nothing listens is offline, with its host and code', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const nowhere = new TokenClient(oauthEndpoints(`http://127.0.0.1:${port}`));
    const problem = await problemOf(nowhere.refresh(own(), sandbox.refreshToken));
    assert.equal(problem.code, 'offline');
    const { what, why } = problem.explain('environment');
    assert.ok(what.includes(`127.0.0.1:${port}`), what);
    assert.match(why, /ECONNREFUSED/);
  });
});

describe('TokenClient.refresh where the clocks differ', () => {
  const HOUR = 3_600_000;
  for (const [name, googleAhead] of [
    ['behind', 5 * HOUR],
    ['ahead', -5 * HOUR],
  ] as const) {
    it(`says how far this computer is ${name}, and when the token ends by Google’s clock`, async () => {
      const sandbox = await startSandbox({ now: () => Date.now() + googleAhead });
      try {
        const credentials = { clientId: sandbox.client.id, clientSecret: sandbox.client.secret };
        const token = await new TokenClient(oauthEndpoints(sandbox.origin)).refresh(credentials, sandbox.refreshToken);
        // The Date header counts whole seconds.
        assert.ok(Math.abs(token.clockSkewMs + googleAhead) < 30_000, String(token.clockSkewMs));
        assert.ok(Math.abs(token.expiresAt - (Date.now() + googleAhead + 3599_000)) < 30_000);
        assert.equal(token.lifetime, 3599);
      } finally {
        await sandbox.close();
      }
    });
  }

  it('takes less than a minute for the delay of the network', async () => {
    const sandbox = await startSandbox({ now: () => Date.now() + 40_000 });
    try {
      const credentials = { clientId: sandbox.client.id, clientSecret: sandbox.client.secret };
      const token = await new TokenClient(oauthEndpoints(sandbox.origin)).refresh(credentials, sandbox.refreshToken);
      assert.equal(token.clockSkewMs, 0);
    } finally {
      await sandbox.close();
    }
  });
});
