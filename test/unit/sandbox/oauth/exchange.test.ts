import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Client, DeadGrant } from '../../../../src/sandbox/oauth/grants.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../../src/sandbox/start.ts';
import { openSignIn, press, REDIRECT, VERIFIER } from '../../../support/consent.ts';

const OTHER = 'mira.vale@sandbox.example';
const DAY = 86_400_000;

describe('the sandbox’s token endpoint', () => {
  let sandbox: Sandbox;
  let now = Date.UTC(2031, 0, 1);
  before(async () => {
    sandbox = await startSandbox({ now: () => now }, undefined, [OTHER]);
  });
  after(() => sandbox.close());

  const post = async (form: Record<string, string>) => {
    const response = await fetch(`${sandbox.origin}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const clientOf = ({ id, secret } = sandbox.client) => ({ client_id: id, client_secret: secret });
  const exchange = (code: string, changes: Record<string, string> = {}) => {
    const form = { ...clientOf(), grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    return post({ ...form, code_verifier: VERIFIER, ...changes });
  };
  const refresh = (refreshToken: unknown, client?: Client) =>
    post({ ...clientOf(client), grant_type: 'refresh_token', refresh_token: String(refreshToken) });
  /** The code of a sign-in; with a consent page unless the app has all of it and does not ask for one. */
  const codeFor = async (changes: Record<string, string | undefined> = {}) => {
    const page = await openSignIn(sandbox, { login_hint: sandbox.address, prompt: 'consent', ...changes });
    const { location } = page.location ? page : await press(page, 'Continue');
    return location?.searchParams.get('code') ?? '';
  };
  const profile = async (token: unknown) => {
    const headers = { authorization: `Bearer ${String(token)}` };
    const response = await fetch(`${sandbox.origin}/gmail/v1/users/me/profile`, { headers });
    const { emailAddress } = (await response.json()) as { emailAddress?: string };
    return emailAddress ?? response.status;
  };
  const refused = (error: string, error_description: string) => ({ status: 400, body: { error, error_description } });
  const badRequest = refused('invalid_grant', 'Bad Request');

  it('exchanges a code for tokens that open the mailbox of the person who signed in', async () => {
    for (const address of [sandbox.address, OTHER]) {
      const { status, body } = await exchange(await codeFor({ login_hint: address }));
      const { access_token, refresh_token, ...rest } = body;
      assert.equal(status, 200);
      assert.match(String(refresh_token), /^1\/\/[\w-]{40,}$/);
      assert.deepEqual(rest, { expires_in: 3599, scope: FULL_SCOPES.join(' '), token_type: 'Bearer' });
      assert.equal(await profile(access_token), address);
      const again = await refresh(refresh_token);
      assert.equal(again.body.refresh_token, undefined);
      assert.equal(await profile(again.body.access_token), address);
    }
  });

  it('gives a refresh token after consent, and none where the app holds one', async () => {
    const client = sandbox.grants.addClient();
    const signIn = async (prompt?: string) =>
      (await exchange(await codeFor({ client_id: client.id, prompt }), clientOf(client))).body;
    const first = await signIn();
    assert.ok(first.refresh_token);
    const second = await signIn();
    assert.deepEqual([second.refresh_token, await profile(second.access_token)], [undefined, sandbox.address]);
    const third = await signIn('consent');
    assert.ok(third.refresh_token && third.refresh_token !== first.refresh_token);
    assert.equal((await refresh(first.refresh_token, client)).status, 200);
    sandbox.grants.end(String(first.refresh_token), 'revoked');
    sandbox.grants.end(String(third.refresh_token), 'revoked');
    assert.ok((await signIn()).refresh_token);
  });

  it('gives a refresh token where the grant has ended between the pages and the exchange', async () => {
    const client = sandbox.grants.addClient();
    const held = sandbox.grants.grant(client.id, FULL_SCOPES);
    const code = await codeFor({ client_id: client.id, prompt: undefined });
    sandbox.grants.end(held, 'revoked');
    assert.ok((await exchange(code, clientOf(client))).body.refresh_token);
  });

  it('ends what a code was exchanged for when the code comes again', async () => {
    const code = await codeFor();
    const { body } = await exchange(code);
    assert.deepEqual(await exchange(code), badRequest);
    assert.equal(await profile(body.access_token), 401);
    assert.equal((await refresh(body.refresh_token)).body.error, 'invalid_grant');
    assert.equal((await refresh(sandbox.refreshToken)).status, 200);
  });

  it('takes a plain challenge, and none at all', async () => {
    const plain = await codeFor({ code_challenge: VERIFIER, code_challenge_method: 'plain' });
    assert.equal((await exchange(plain)).status, 200);
    const none = await codeFor({ code_challenge: undefined, code_challenge_method: undefined });
    assert.deepEqual(await exchange(none), refused('invalid_grant', 'code_verifier or verifier is not needed.'));
    assert.equal((await exchange(none, { code_verifier: '' })).status, 200);
  });

  const missing = (name: string) => refused('invalid_request', `Missing required parameter: ${name}`);
  const refusals: [string, () => Record<string, string>, object][] = [
    ['an unknown code', () => ({ code: '4/0unknown' }), refused('invalid_grant', 'Malformed auth code.')],
    ['another client', () => clientOf(sandbox.grants.addClient()), badRequest],
    ['a wrong verifier', () => ({ code_verifier: 'wrong' }), refused('invalid_grant', 'Invalid code verifier.')],
    ['no verifier', () => ({ code_verifier: '' }), refused('invalid_grant', 'Missing code verifier.')],
    ['no code', () => ({ code: '' }), missing('code')],
    ['no redirect URI', () => ({ redirect_uri: '' }), missing('redirect_uri')],
    ['no secret', () => ({ client_secret: '' }), refused('invalid_request', 'client_secret is missing.')],
    [
      'another redirect URI',
      () => ({ redirect_uri: REDIRECT.slice(0, -1) }),
      refused('redirect_uri_mismatch', 'Bad Request'),
    ],
  ];
  for (const [name, changes, expected] of refusals) {
    it(`refuses ${name}, and the code stays good`, async () => {
      const code = await codeFor();
      assert.deepEqual(await exchange(code, changes()), expected);
      assert.equal((await exchange(code)).status, 200);
    });
  }

  it('refuses a code after ten minutes', async () => {
    const [early, late] = [await codeFor(), await codeFor()];
    now += 599_000;
    assert.equal((await exchange(early)).status, 200);
    now += 1000;
    assert.deepEqual(await exchange(late), badRequest);
  });

  it('ends the grants of an app in Testing after seven days', async () => {
    const client = sandbox.grants.addClient({ testing: true });
    const { body } = await exchange(await codeFor({ client_id: client.id }), clientOf(client));
    assert.equal(body.refresh_token_expires_in, 604_799);
    now += 6 * DAY;
    assert.equal((await refresh(body.refresh_token, client)).body.refresh_token_expires_in, 86_399);
    now += DAY;
    const ended = refused('invalid_grant', 'Token has been expired or revoked.');
    assert.deepEqual(await refresh(body.refresh_token, client), ended);
    const { body: anew } = await exchange(await codeFor({ client_id: client.id, prompt: undefined }), clientOf(client));
    assert.ok(anew.refresh_token);
  });

  it('replaces a refresh token when told to, once', async () => {
    const old = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
    const before = (await refresh(old)).body.access_token;
    sandbox.grants.rotate = true;
    const { refresh_token: fresh } = (await refresh(old)).body;
    assert.match(String(fresh), /^1\/\//);
    assert.deepEqual(await refresh(old), refused('invalid_grant', 'Token has been expired or revoked.'));
    assert.equal((await refresh(fresh)).body.refresh_token, undefined);
    assert.equal(await profile(before), sandbox.address);
    sandbox.grants.revoke(String(before));
    assert.equal((await refresh(fresh)).body.error, 'invalid_grant');
  });

  const deaths: [DeadGrant, number, string][] = [
    ['revoked', 400, 'invalid_grant'],
    ['reauthentication', 400, 'invalid_grant'],
    ['policy', 400, 'admin_policy_enforced'],
    ['org_internal', 403, 'org_internal'],
    ['deleted_client', 401, 'deleted_client'],
    ['disabled_client', 401, 'disabled_client'],
  ];
  for (const [why, status, error] of deaths) {
    it(`refuses a grant that ended (${why})`, async () => {
      const refreshToken = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
      sandbox.grants.end(refreshToken, why);
      const answer = await refresh(refreshToken);
      assert.deepEqual([answer.status, answer.body.error], [status, error]);
    });
  }

  it('refuses every request of a blocked client', async () => {
    const code = await codeFor();
    for (const [blocked, , error] of deaths.slice(2)) {
      sandbox.client.blocked = blocked as Client['blocked'];
      assert.equal((await refresh(sandbox.refreshToken)).body.error, error);
      assert.equal((await exchange(code)).body.error, error);
    }
    sandbox.client.blocked = undefined;
    assert.equal((await exchange(code)).status, 200);
  });

  it('tells the address in tokeninfo only with the scope for it', async () => {
    for (const [scope, address] of [[FULL_SCOPES.join(' ')], [`email ${FULL_SCOPES.join(' ')}`, OTHER]]) {
      const { body } = await exchange(await codeFor({ login_hint: OTHER, scope }));
      const info = await fetch(`${sandbox.origin}/tokeninfo?access_token=${String(body.access_token)}`);
      assert.equal(((await info.json()) as { email?: string }).email, address);
    }
  });
});
