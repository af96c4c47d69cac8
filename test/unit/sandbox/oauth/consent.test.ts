import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Client } from '../../../../src/sandbox/oauth/grants.ts';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { headingOf, load, openSignIn, type Page, press, REDIRECT } from '../../../support/consent.ts';
import { sandboxForAll } from '../../support.ts';

const OTHER = 'mira.vale@sandbox.example';
const [MODIFY, READ, COMPOSE] = ['modify', 'readonly', 'compose'].map(
  (name) => `https://www.googleapis.com/auth/gmail.${name}`,
) as [string, string, string];

describe('the sandbox’s sign-in pages', () => {
  let sandbox: Sandbox;
  sandboxForAll(
    (started) => {
      sandbox = started;
    },
    undefined,
    undefined,
    [OTHER],
  );
  afterEach(() => {
    Object.assign(sandbox.client, { unverified: false, blocked: undefined, name: 'Headless Mail for Gmail' });
  });

  /** A sign-in at its consent page. */
  const consent = (changes: Record<string, string | undefined> = {}) =>
    openSignIn(sandbox, { login_hint: sandbox.address, prompt: 'consent', ...changes });
  const answerOf = ({ status, location }: Page) => {
    assert.equal(status, 303);
    assert.equal(`${location?.origin}${location?.pathname}`, REDIRECT);
    const { iss, ...answer } = Object.fromEntries(location?.searchParams ?? []);
    assert.equal(iss, 'https://accounts.google.com');
    return answer;
  };
  const denied = { state: 'a state', error: 'access_denied' };

  it('lead from the choice of an account to a code', async () => {
    const choice = await openSignIn(sandbox, { prompt: 'consent' });
    assert.equal(headingOf(choice), 'Choose an account');
    assert.match(choice.html, /It is not Google/);
    const page = await press(choice, OTHER);
    assert.equal(headingOf(page), 'Headless Mail for Gmail wants access to your account');
    assert.match(page.html, new RegExp(OTHER));
    assert.doesNotMatch(page.html, /type="checkbox"/);
    const { code = '', ...rest } = answerOf(await press(page, 'Continue'));
    assert.match(code, /^4\/0[\w-]{60,}$/);
    assert.deepEqual(rest, { state: 'a state', scope: MODIFY, authuser: '0', prompt: 'consent' });
  });

  it('say no to the app where the person does', async () => {
    assert.deepEqual(answerOf(await press(await consent(), 'Cancel')), denied);
  });

  it('keep what stands in the redirect URI, and give no state where none came', async () => {
    const page = await consent({ redirect_uri: 'http://localhost:1/back?a=b', state: undefined });
    const { location } = await press(page, 'Cancel');
    assert.equal(
      location?.href,
      'http://localhost:1/back?a=b&iss=https%3A%2F%2Faccounts.google.com&error=access_denied',
    );
  });

  it('grant only the scopes that stay ticked', async () => {
    const page = await consent({ scope: `openid email ${READ} ${COMPOSE}` });
    assert.equal(page.html.match(/type="checkbox"/g)?.length, 2);
    const { scope } = answerOf(await press(page, 'Continue', { untick: [COMPOSE] }));
    assert.equal(scope, `openid https://www.googleapis.com/auth/userinfo.email ${READ}`);
  });

  it('take nothing ticked for a no', async () => {
    const page = await consent({ scope: `openid ${READ} ${COMPOSE}` });
    assert.deepEqual(answerOf(await press(page, 'Continue', { untick: [READ, COMPOSE] })), denied);
  });

  it('grant no scope that was not asked for', async () => {
    const page = await consent({ scope: `${READ} ${COMPOSE}` });
    const flow = /name="flow" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const form = new URLSearchParams({ flow, answer: 'allow' });
    for (const scope of [READ, MODIFY]) form.append('scope', scope);
    const answer = await load(`${sandbox.origin}/signin/oauth`, { method: 'POST', body: form });
    assert.equal(answerOf(answer).scope, READ);
  });

  it('add what was granted before where the app asks for that', async () => {
    const page = await consent({ scope: READ, include_granted_scopes: 'true' });
    assert.deepEqual(answerOf(await press(page, 'Continue')).scope?.split(' '), [READ, MODIFY]);
  });

  it('skip the consent page where all was granted before', async () => {
    const { code, ...rest } = answerOf(await consent({ prompt: undefined }));
    assert.ok(code);
    assert.deepEqual(rest, { state: 'a state', scope: MODIFY, authuser: '0', prompt: 'none' });
    assert.equal((await consent({ prompt: undefined, scope: `${MODIFY} ${COMPOSE}` })).status, 200);
    assert.equal((await consent({ prompt: undefined, login_hint: OTHER })).status, 200);
  });

  it('show the choice where the hint names no account, or where the app wants it', async () => {
    assert.equal(headingOf(await consent({ login_hint: 'nobody@sandbox.example' })), 'Choose an account');
    assert.equal(headingOf(await consent({ prompt: 'select_account consent' })), 'Choose an account');
    assert.match((await consent({ login_hint: OTHER.toUpperCase() })).html, new RegExp(OTHER));
  });

  it('let the person take another account, by name too', async () => {
    const choice = await press(await consent(), 'Use another account');
    const page = await press(choice, 'Use another account');
    assert.equal(headingOf(page), 'Use another account');
    const again = await press(page, 'Next', { fields: { account: 'no"body@sandbox.example' } });
    assert.match(again.html, /role="alert"[^>]*>The sandbox has no account no&#34;body@sandbox\.example\./);
    const asked = await press(again, 'Next', { fields: { account: OTHER } });
    assert.match(asked.html, new RegExp(`signed in as <strong>${OTHER}`));
  });

  it('answer prompt=none without a page', async () => {
    const needed = { state: 'a state', error: 'interaction_required' };
    assert.deepEqual(answerOf(await consent({ prompt: 'none', login_hint: undefined })), needed);
    assert.deepEqual(answerOf(await consent({ prompt: 'none', login_hint: OTHER })), needed);
    assert.ok(answerOf(await consent({ prompt: 'none' })).code);
  });

  it('warn of an app that was not verified', async () => {
    sandbox.client.unverified = true;
    const warning = await consent();
    assert.equal(headingOf(warning), 'The sandbox hasn’t verified this app');
    assert.equal(headingOf(await press(warning, 'Continue')), 'Headless Mail for Gmail wants access to your account');
    assert.deepEqual(answerOf(await press(await consent(), 'Back to safety')), denied);
  });

  it('can each be answered once', async () => {
    const page = await consent();
    answerOf(await press(page, 'Continue'));
    const second = await press(page, 'Continue');
    assert.equal(second.status, 400);
    assert.match(second.html, /Error 400: invalid_request/);
  });

  it('are plain pages, and escape what they were given', async () => {
    sandbox.client.name = '<b>"App" & \'co\'</b>';
    const nasty = { state: '"><script>x</script>' };
    const choice = await openSignIn(sandbox, { ...nasty, prompt: 'consent' });
    const page = await press(choice, sandbox.address);
    for (const { html, headers } of [choice, page]) {
      assert.doesNotMatch(html, /<script|<b>|https?:\/\/(?!www\.googleapis\.com\/auth\/)/);
      assert.match(html, /<html lang="en">/);
      assert.match(html, /<title>[^<]+ – Sign in – Sandbox<\/title>/);
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'unsafe-inline'/);
      assert.equal(headers.get('cache-control'), 'no-store');
    }
    assert.equal(headingOf(page), `${sandbox.client.name} wants access to your account`);
    assert.equal(answerOf(await press(page, 'Cancel')).state, nasty.state);
  });

  const mismatches = [
    'https://127.0.0.1:1/',
    'http://example.com/',
    'http://127.0.0.1@example.com/',
    'http://localhost.example.com/',
    'http://127.0.0.2/',
    'http://127.0.0.1:99999/',
    'http://127.0.0.1:1/#part',
    'urn:ietf:wg:oauth:2.0:oob',
    'app:/back',
  ];
  const refusals: [string, Record<string, string | undefined>, number, string, RegExp][] = [
    ...mismatches.map((uri): [string, Record<string, string>, number, string, RegExp] => [
      `the redirect URI ${uri}`,
      { redirect_uri: uri },
      400,
      'redirect_uri_mismatch',
      /app sent an invalid request/,
    ]),
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client', /The OAuth client was not found\./],
    ...['client_id', 'redirect_uri', 'response_type', 'scope', 'code_challenge'].map(
      (name): [string, Record<string, undefined>, number, string, RegExp] => [
        `no ${name}`,
        { [name]: undefined },
        400,
        'invalid_request',
        new RegExp(`Missing required parameter: ${name}`),
      ],
    ),
    ['a token at once', { response_type: 'token' }, 400, 'invalid_request', /Invalid response_type: token/],
    [
      'a scope that does not exist',
      { scope: `${READ} <x>` },
      400,
      'invalid_scope',
      /Some requested scopes were invalid\. \{valid=\[https:[^\]]+gmail\.readonly\], invalid=\[&#60;x&#62;\]\}/,
    ],
    ['an odd method', { code_challenge_method: 'S512' }, 400, 'invalid_request', /code_challenge_method: S512/],
    ['a short challenge', { code_challenge: 'short' }, 400, 'invalid_request', /for code_challenge: short/],
  ];
  for (const [name, changes, status, error, message] of refusals) {
    it(`refuse ${name} without a redirect`, async () => {
      const page = await openSignIn(sandbox, changes);
      assert.deepEqual([page.status, page.location], [status, undefined]);
      assert.match(page.html, new RegExp(`Error ${status}: ${error}`));
      assert.match(page.html, message);
      assert.match(headingOf(page), /^Access blocked: /);
    });
  }

  it('refuse a parameter that comes twice', async () => {
    const page = await load(`${sandbox.origin}/o/oauth2/v2/auth?client_id=a&client_id=b`);
    assert.match(page.html, /can only have a single value: client_id/);
  });

  const blocks: [NonNullable<Client['blocked']>, string][] = [
    ['policy', 'Error 400: admin_policy_enforced'],
    ['org_internal', 'Error 403: org_internal'],
    ['deleted_client', 'Error 401: deleted_client'],
    ['disabled_client', 'Error 401: disabled_client'],
  ];
  for (const [blocked, line] of blocks) {
    it(`refuse a client that is blocked (${blocked})`, async () => {
      sandbox.client.blocked = blocked;
      const page = await consent();
      assert.equal(`Error ${page.status}`, line.slice(0, 9));
      assert.ok(page.html.includes(line));
    });
  }

  it('take every loopback address for a desktop client’s', async () => {
    for (const redirect_uri of ['http://127.0.0.1', 'http://[::1]:8080/x/y', 'http://localhost:65535?a=b']) {
      assert.equal((await consent({ redirect_uri })).status, 200, redirect_uri);
    }
  });
});
