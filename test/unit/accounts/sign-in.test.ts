import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { AccessLevel } from '../../../src/shared/access.ts';
import { accessTokenOf, problemOf } from '../support.ts';
import { type Choices, clientOf, emptyRoom, goThrough, TestBrowser } from './sign-in-support.ts';

const OTHER = 'mira.vale@sandbox.example';
const NOW = Date.UTC(2031, 4, 1);
const [MODIFY, READ, COMPOSE, SETTINGS] = ['modify', 'readonly', 'compose', 'settings.basic'].map(
  (name) => `https://www.googleapis.com/auth/gmail.${name}`,
) as [string, string, string, string];

describe('a sign-in through the browser', () => {
  let sandbox: Sandbox;
  let room: ReturnType<typeof emptyRoom>;
  before(async () => {
    sandbox = await startSandbox({ now: () => NOW }, undefined, [OTHER]);
  });
  beforeEach(() => {
    room = emptyRoom(sandbox, () => NOW);
    sandbox.requests.length = 0;
  });
  afterEach(() => {
    sandbox.faults.clear();
    Object.assign(sandbox.client, { unverified: false, testing: false, blocked: undefined });
  });
  after(() => sandbox.close());

  const browserFor = (choices: Partial<Choices> = {}) =>
    new TestBrowser((page) => goThrough(page, { address: sandbox.address, ...choices }));

  it('stores the mailbox of the person, with what Google issued and granted', async () => {
    const browser = browserFor();
    const { account, replaced, missing } = await room.signIn(browser);
    const { refreshToken, ...rest } = account;
    const { clientId, clientSecret, sandboxOrigin } = clientOf(sandbox);
    assert.deepEqual(rest, {
      version: 1,
      email: sandbox.address,
      ...{ clientId, clientSecret, sandboxOrigin },
      scopes: [MODIFY],
      level: 'full',
      signedInAt: NOW,
    });
    assert.deepEqual([replaced, missing], [false, []]);
    assert.deepEqual(await room.stored(), [{ ...account, defaultSince: NOW }]);
    assert.ok(sandbox.grants.refresh(sandbox.client, refreshToken).value);
    assert.equal(await browser.end(), 'You are signed in');
    assert.equal((await browser.ends[0])?.status, 200);
    await browser.everyPortIsClosed();
  });

  it('asks for filters where they are ticked, keeps what was granted, and tells what was not', async () => {
    const browser = browserFor();
    const { account, missing } = await room.signIn(browser, { filters: true });
    assert.equal(browser.asked().scope, `${MODIFY} ${SETTINGS}`);
    assert.deepEqual([[...(account.scopes ?? [])].sort(), missing], [[MODIFY, SETTINGS], []]);
    const without = await room.signIn(browserFor({ address: OTHER, untick: [SETTINGS] }), { filters: true });
    assert.deepEqual(without.missing, ['filters']);
  });

  it('asks for what RFC 8252 and Google want asked', async () => {
    const browser = browserFor();
    await room.signIn(browser);
    const { state, code_challenge, redirect_uri, ...rest } = browser.asked();
    assert.match(state ?? '', /^[\w-]{43}$/);
    assert.match(code_challenge ?? '', /^[\w-]{43}$/);
    assert.match(redirect_uri ?? '', /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(rest, {
      client_id: sandbox.client.id,
      response_type: 'code',
      scope: MODIFY,
      code_challenge_method: 'S256',
      access_type: 'offline',
      prompt: 'consent',
    });
  });

  it('has another state and another challenge each time', async () => {
    const browser = browserFor();
    await room.signIn(browser);
    await room.signIn(browser);
    for (const name of ['state', 'code_challenge']) assert.notEqual(browser.asked(0)[name], browser.asked(1)[name]);
  });

  it('keeps every secret out of the log and of Google’s addresses', async () => {
    let code = '';
    const browser = new TestBrowser(
      (page) => goThrough(page, { address: sandbox.address }),
      ({ searchParams }) => {
        code = searchParams.get('code') ?? '';
      },
    );
    const { account } = await room.signIn(browser);
    for (const secret of [account.refreshToken, account.clientSecret, code, browser.asked().state ?? '']) {
      // Glued to a letter, so that its shape alone would not give it away.
      assert.equal(room.redactor.redact(`x${secret}`), 'x[hidden]');
      assert.ok(secret.length > 20);
    }
    const sent = sandbox.requests.join('\n');
    for (const secret of [account.refreshToken, account.clientSecret, code]) assert.ok(!sent.includes(secret));
  });

  const scopes: [AccessLevel, string[], string[], string[]][] = [
    ['read', [], [READ], []],
    ['draft', [], [READ, COMPOSE], []],
    ['organise', [], [MODIFY], []],
    ['draft', [COMPOSE], [READ], ['draft']],
    ['draft', [READ], [COMPOSE], ['read']],
  ];
  for (const [level, untick, granted, missing] of scopes) {
    const name = untick.map((scope) => scope.split('.').at(-1)).join();
    it(`of the level ${level}${name && ` without ${name}`} stores what is granted and tells what is missing`, async () => {
      // Nobody has allowed this client anything yet.
      const client = clientOf(sandbox, sandbox.grants.addClient());
      const done = await room.signIn(browserFor({ untick }), { client, level });
      assert.deepEqual([done.account.level, done.account.scopes, done.missing], [level, granted, missing]);
      assert.deepEqual((await room.store.find(sandbox.address))?.scopes, granted);
    });
  }

  it('passes the warning before an app that was not verified', async () => {
    sandbox.client.unverified = true;
    assert.equal((await room.signIn(browserFor())).account.email, sandbox.address);
  });

  it('notes when the sign-in of a project in Testing ends', async () => {
    sandbox.client.testing = true;
    const { account } = await room.signIn(browserFor());
    assert.equal(account.endsAt, NOW + 604_799_000);
    assert.equal((await room.store.find(sandbox.address))?.endsAt, account.endsAt);
  });

  it('asks for the scopes where the answer does not name them', async () => {
    const answer = {
      access_token: accessTokenOf(sandbox),
      expires_in: 3599,
      refresh_token: '1//refresh',
      token_type: 'Bearer',
    };
    sandbox.faults.add({ match: /POST \/token$/, answer: { status: 200, body: answer } });
    assert.deepEqual((await room.signIn(browserFor())).account.scopes, [MODIFY]);
  });

  it('signs a second mailbox in beside the first', async () => {
    await room.signIn(browserFor());
    const { account, replaced } = await room.signIn(browserFor({ address: OTHER }));
    assert.deepEqual([account.email, replaced], [OTHER, false]);
    const { accounts } = await room.store.list();
    assert.deepEqual(
      accounts.map(({ email }) => email),
      [sandbox.address, OTHER],
    );
  });

  describe('stores nothing', () => {
    const fails = async (code: string, browser: TestBrowser, page: string, work = () => room.signIn(browser)) => {
      const problem = await problemOf(work);
      assert.equal(problem.code, code);
      assert.deepEqual(await room.stored(), []);
      assert.equal(await browser.end(), page);
      await browser.everyPortIsClosed();
    };

    for (const button of ['Cancel', 'Back to safety']) {
      it(`where the person presses ${button}`, async () => {
        sandbox.client.unverified = button !== 'Cancel';
        await fails('sign_in_denied', browserFor({ button }), 'You did not give the permission');
      });
    }

    it('where every box was unticked', async () => {
      const browser = browserFor({ untick: [READ, COMPOSE] });
      const work = () => room.signIn(browser, { level: 'draft' });
      await fails('sign_in_denied', browser, 'You did not give the permission', work);
    });

    it('where the tokens open no mailbox', async () => {
      const answer = { access_token: accessTokenOf(sandbox, ['openid']), refresh_token: '1//refresh', scope: 'openid' };
      sandbox.faults.add({ match: /POST \/token$/, answer: { status: 200, body: answer } });
      await fails('nothing_granted', browserFor(), 'The sign-in did not work');
    });

    it('where the client secret is wrong', async () => {
      const browser = browserFor();
      const client = { ...clientOf(sandbox), clientSecret: 'GOCSPX-of-another-client' };
      await fails('client_unknown', browser, 'The sign-in did not work', () => room.signIn(browser, { client }));
    });

    it('where Google issues no refresh token on either trip', async () => {
      const browser = browserFor();
      const answer = { access_token: accessTokenOf(sandbox), expires_in: 3599, scope: MODIFY };
      sandbox.faults.add({ match: /POST \/token$/, answer: { status: 200, body: answer } });
      await fails('refresh_token_absent', browser, 'This sign-in is over');
      assert.equal(browser.opened.length, 2);
    });

    const faults: [RegExp, number, object, string][] = [
      [/POST \/token$/, 400, { error: 'admin_policy_enforced' }, 'policy_enforced'],
      [/POST \/token$/, 400, { error: 'invalid_grant', error_description: 'Bad Request' }, 'sign_in_refused'],
      [/profile$/, 403, { error: { code: 403, errors: [{ reason: 'accessNotConfigured' }] } }, 'api_disabled'],
      [/profile$/, 403, { error: { code: 403, errors: [{ reason: 'domainPolicy' }] } }, 'domain_policy'],
    ];
    for (const [match, status, body, code] of faults) {
      it(`where Google answers ${JSON.stringify(body)}: ${code}`, async () => {
        sandbox.faults.add({ match, answer: { status, body } });
        await fails(code, browserFor(), 'The sign-in did not work');
      });
    }

    it('where the browser does not open', async () => {
      const open = () => Promise.reject(new Error('no browser'));
      assert.equal((await problemOf(room.signIn({ open }))).code, 'internal');
      assert.deepEqual(await room.stored(), []);
    });
  });
});
