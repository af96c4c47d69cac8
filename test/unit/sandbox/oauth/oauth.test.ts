import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../../src/sandbox/start.ts';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function read(response: Response): Promise<Answer> {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the sandbox’s OAuth endpoints', () => {
  let sandbox: Sandbox;
  let now = Date.UTC(2031, 0, 1);
  before(async () => {
    sandbox = await startSandbox({ now: () => now });
  });
  afterEach(() => sandbox.faults.clear());
  after(() => sandbox.close());

  const post = async (path: string, form: Record<string, string>) =>
    read(await fetch(`${sandbox.origin}${path}`, { method: 'POST', body: new URLSearchParams(form) }));
  const full = () => ({
    grant_type: 'refresh_token',
    client_id: sandbox.client.id,
    client_secret: sandbox.client.secret,
    refresh_token: sandbox.refreshToken,
  });
  const newGrant = () => sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
  const profile = async (token: string) =>
    (await fetch(`${sandbox.origin}/gmail/v1/users/me/profile`, { headers: { authorization: `Bearer ${token}` } }))
      .status;
  const accessToken = async (refreshToken = sandbox.refreshToken) =>
    String((await post('/token', { ...full(), refresh_token: refreshToken })).body.access_token);

  it('issues an access token as Google does, without a new refresh token', async () => {
    const { status, body } = await post('/token', full());
    const { access_token: value, ...rest } = body;
    assert.equal(status, 200);
    assert.match(String(value), /^ya29\.[\w-]{30,}$/);
    assert.deepEqual(rest, { expires_in: 3599, scope: FULL_SCOPES.join(' '), token_type: 'Bearer' });
    assert.equal(await profile(String(value)), 200);
  });

  it('issues another one each time, and the earlier one stays good', async () => {
    const [first, second] = [await accessToken(), await accessToken()];
    assert.notEqual(first, second);
    assert.deepEqual([await profile(first), await profile(second)], [200, 200]);
  });

  const invalid = (error: string, error_description: string) => ({ error, error_description });
  const refusals: [string, () => Record<string, string>, number, object][] = [
    [
      'an unknown client',
      () => ({ client_id: 'nobody' }),
      401,
      invalid('invalid_client', 'The OAuth client was not found.'),
    ],
    [
      'a wrong secret',
      () => ({ client_secret: 'x' }),
      401,
      invalid('invalid_client', 'The provided client secret is invalid.'),
    ],
    [
      'another client',
      () => {
        const { id, secret } = sandbox.grants.addClient();
        return { client_id: id, client_secret: secret };
      },
      401,
      invalid('unauthorized_client', 'Unauthorized'),
    ],
    ['an unknown refresh token', () => ({ refresh_token: '1//x' }), 400, invalid('invalid_grant', 'Bad Request')],
    [
      'a revoked refresh token',
      () => {
        const refreshToken = newGrant();
        sandbox.grants.end(refreshToken, 'revoked');
        return { refresh_token: refreshToken };
      },
      400,
      invalid('invalid_grant', 'Token has been expired or revoked.'),
    ],
    [
      'a sign-in that the organisation wants again',
      () => {
        const refreshToken = newGrant();
        sandbox.grants.end(refreshToken, 'reauthentication');
        return { refresh_token: refreshToken };
      },
      400,
      { ...invalid('invalid_grant', 'reauth related error (invalid_rapt)'), error_subtype: 'invalid_rapt' },
    ],
    [
      'no refresh token',
      () => ({ refresh_token: '' }),
      400,
      invalid('invalid_request', 'Missing required parameter: refresh_token'),
    ],
    [
      'no kind of grant',
      () => ({ grant_type: '' }),
      400,
      invalid('invalid_request', 'Missing required parameter: grant_type'),
    ],
    [
      'a kind of grant that does not exist',
      () => ({ grant_type: 'password' }),
      400,
      invalid('unsupported_grant_type', 'Invalid grant_type: password'),
    ],
  ];
  for (const [name, changes, status, body] of refusals) {
    it(`refuses ${name}`, async () => {
      assert.deepEqual(await post('/token', { ...full(), ...changes() }), { status, body });
    });
  }

  it('refuses what an administrator forbids', async () => {
    const refreshToken = newGrant();
    sandbox.grants.end(refreshToken, 'policy');
    const { status, body } = await post('/token', { ...full(), refresh_token: refreshToken });
    assert.deepEqual([status, body.error], [400, 'admin_policy_enforced']);
  });

  it('ends an access token after its time and not before', async () => {
    const token = await accessToken();
    now += 3598_000;
    assert.equal(await profile(token), 200);
    now += 2000;
    assert.equal(await profile(token), 401);
  });

  it('dates its answers by its own clock', async () => {
    const response = await fetch(`${sandbox.origin}/tokeninfo`);
    assert.equal(Date.parse(response.headers.get('date') ?? ''), Math.floor(now / 1000) * 1000);
  });

  describe('/revoke', () => {
    it('ends a refresh token named in the form, and its access tokens', async () => {
      const refreshToken = newGrant();
      const token = await accessToken(refreshToken);
      assert.deepEqual(await post('/revoke', { token: refreshToken }), { status: 200, body: {} });
      assert.equal(await profile(token), 401);
      assert.equal((await post('/token', { ...full(), refresh_token: refreshToken })).body.error, 'invalid_grant');
    });

    it('ends the refresh token along with an access token, and no other grant', async () => {
      const refreshToken = newGrant();
      const other = await accessToken();
      assert.equal((await post('/revoke', { token: await accessToken(refreshToken) })).status, 200);
      assert.equal((await post('/token', { ...full(), refresh_token: refreshToken })).body.error, 'invalid_grant');
      assert.equal(await profile(other), 200);
    });

    it('refuses a token that it does not know, or that was revoked before', async () => {
      const refreshToken = newGrant();
      await post('/revoke', { token: refreshToken });
      for (const token of [refreshToken, 'unknown']) {
        const expected = { status: 400, body: invalid('invalid_token', 'Token expired or revoked') };
        assert.deepEqual(await post('/revoke', { token }), expected);
      }
      assert.equal((await post('/revoke', {})).body.error, 'invalid_request');
    });
  });

  describe('/tokeninfo', () => {
    it('tells what a token allows and how long it lasts, however it is asked', async () => {
      const token = await accessToken();
      now += 60_000;
      const headers = { authorization: `Bearer ${token}` };
      for (const answer of [
        await read(await fetch(`${sandbox.origin}/tokeninfo?access_token=${token}`)),
        await read(await fetch(`${sandbox.origin}/tokeninfo`, { headers })),
        await read(await fetch(`${sandbox.origin}/tokeninfo`, { method: 'POST', headers })),
        await post('/tokeninfo', { access_token: token }),
      ]) {
        assert.equal(answer.status, 200);
        assert.equal(answer.body.aud, sandbox.client.id);
        assert.equal(answer.body.scope, FULL_SCOPES.join(' '));
        assert.equal(answer.body.exp, String(Math.floor(now / 1000) + 3539));
        assert.equal(answer.body.expires_in, '3539');
      }
    });

    it('refuses a dead token', async () => {
      const token = await accessToken();
      now += 3_600_000;
      for (const value of [token, 'unknown', '']) {
        const answer = await read(await fetch(`${sandbox.origin}/tokeninfo?access_token=${value}`));
        assert.deepEqual(answer, { status: 400, body: invalid('invalid_token', 'Invalid Value') });
      }
    });
  });
});

describe('two runs of the sandbox', () => {
  it('share no credentials', async () => {
    const [one, two] = await Promise.all([startSandbox(), startSandbox()]);
    try {
      assert.notEqual(one.refreshToken, two.refreshToken);
      assert.notEqual(one.client.id, two.client.id);
      assert.throws(() => two.grants.refresh(two.client, one.refreshToken));
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });
});
