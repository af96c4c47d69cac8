import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Account } from '../../../src/accounts/account.ts';
import type { Client } from '../../../src/sandbox/oauth/grants.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { sentence } from '../../../src/shared/problems.ts';
import { type Page, press } from '../../support/consent.ts';
import { problemOf } from '../support.ts';
import { type Choices, clientOf, emptyRoom, goThrough, TestBrowser } from './sign-in-support.ts';

const OTHER = 'mira.vale@sandbox.example';
const EARLIER = Date.UTC(2031, 4, 1);
const NOW = EARLIER + 86_400_000;
const READ = 'https://www.googleapis.com/auth/gmail.readonly';

describe('a new sign-in of an account', () => {
  let sandbox: Sandbox;
  let room: ReturnType<typeof emptyRoom>;
  let client: Client;
  let again: Account;
  before(async () => {
    sandbox = await startSandbox({ now: () => NOW }, undefined, [OTHER]);
  });
  beforeEach(async () => {
    room = emptyRoom(sandbox, () => NOW);
    client = sandbox.grants.addClient();
    again = await store(sandbox.grants.grant(client.id, FULL_SCOPES));
    sandbox.requests.length = 0;
  });
  afterEach(() => sandbox.faults.clear());
  after(() => sandbox.close());

  const store = async (refreshToken: string, change: Partial<Account> = {}) => {
    const account: Account = {
      version: 1,
      email: sandbox.address,
      ...(clientOf(sandbox, client) as { clientId: string; clientSecret: string; sandboxOrigin: string }),
      refreshToken,
      scopes: [...FULL_SCOPES],
      level: 'full',
      signedInAt: EARLIER,
      ...change,
    };
    await room.store.save(account);
    return (await room.store.find(account.email)) ?? account;
  };
  const browserFor = (choices: Partial<Choices> = {}) =>
    new TestBrowser((page) => goThrough(page, { address: sandbox.address, ...choices }));
  const signIn = (browser: TestBrowser, change: Partial<Parameters<typeof room.signIn>[1]> = {}) =>
    room.signIn(browser, { client: clientOf(sandbox, client), again, ...change });

  it('proposes the mailbox and forces no consent page on the person', async () => {
    const browser = browserFor();
    await signIn(browser);
    const { login_hint, prompt } = browser.asked();
    assert.deepEqual([login_hint, prompt, browser.opened.length], [sandbox.address, undefined, 1]);
  });

  it('keeps the refresh token that lives where Google issues none', async () => {
    const { account, replaced } = await signIn(browserFor());
    assert.deepEqual([account.refreshToken, account.signedInAt, replaced], [again.refreshToken, NOW, true]);
    assert.deepEqual(await room.stored(), [{ ...again, signedInAt: NOW }]);
  });

  it('keeps the end of a token that it keeps', async () => {
    again = await store(again.refreshToken, { endsAt: NOW + 1000 });
    assert.equal((await signIn(browserFor())).account.endsAt, NOW + 1000);
  });

  it('stores what Google gives in exchange for the token that it keeps', async () => {
    sandbox.grants.rotate = true;
    const { account } = await signIn(browserFor());
    assert.notEqual(account.refreshToken, again.refreshToken);
    assert.ok(sandbox.grants.refresh(client, account.refreshToken).value);
    assert.equal((await room.store.find(again.email))?.refreshToken, account.refreshToken);
  });

  it('makes a second trip, with consent, where the held token is dead and Google issues none', async () => {
    again = await store('1//held-and-long-dead');
    const browser = browserFor();
    const { account } = await signIn(browser);
    assert.deepEqual([browser.asked(0).prompt, browser.asked(1).prompt], [undefined, 'consent']);
    assert.equal(browser.opened.length, 2);
    assert.ok(sandbox.grants.refresh(client, account.refreshToken).value);
    assert.equal((await room.store.find(again.email))?.refreshToken, account.refreshToken);
    assert.equal(await browser.end(1), 'You are signed in');
    await browser.everyPortIsClosed();
  });

  it('takes the new refresh token of one trip where Google asks by itself', async () => {
    sandbox.grants.end(again.refreshToken, 'revoked');
    const browser = browserFor();
    const { account } = await signIn(browser);
    assert.equal(browser.opened.length, 1);
    assert.notEqual(account.refreshToken, again.refreshToken);
    assert.ok(sandbox.grants.refresh(client, account.refreshToken).value);
  });

  it('with another client asks for consent at once, and replaces the client', async () => {
    const other = sandbox.grants.addClient();
    const browser = browserFor();
    const { account } = await signIn(browser, { client: clientOf(sandbox, other) });
    assert.deepEqual([browser.asked().prompt, browser.asked().login_hint], ['consent', sandbox.address]);
    assert.deepEqual([account.clientId, account.clientSecret], [other.id, other.secret]);
    assert.equal((await room.stored()).length, 1);
  });

  it('widens what is allowed, without losing the rank', async () => {
    client = sandbox.grants.addClient();
    again = await store(sandbox.grants.grant(client.id, [READ]), { level: 'read', scopes: [READ] });
    const { account, missing } = await signIn(browserFor(), { level: 'full' });
    assert.deepEqual([account.level, [...(account.scopes ?? [])].sort(), missing], ['full', [...FULL_SCOPES], []]);
    assert.equal((await room.store.find(again.email))?.defaultSince, again.defaultSince);
  });

  it('forgets that a sign-in ends, once the project is published', async () => {
    again = await store('1//dead', { endsAt: EARLIER });
    const { account } = await signIn(browserFor());
    assert.equal(account.endsAt, undefined);
    assert.ok(!('endsAt' in ((await room.store.find(again.email)) ?? {})));
  });

  describe('changes nothing', () => {
    const unchanged = async (code: string, browser: TestBrowser) => {
      let changes = 0;
      room.store.onDidChange(() => {
        changes += 1;
      });
      const problem = await problemOf(signIn(browser));
      assert.equal(problem.code, code);
      assert.deepEqual([await room.stored(), changes], [[again], 0]);
      await browser.everyPortIsClosed();
      return sentence(problem.explain('person'));
    };
    /** At the consent page, takes the other account. */
    const switchAccount = async (page: Page) => goThrough(await press(page, 'Use another account'), { address: OTHER });

    beforeEach(() => {
      // So that Google asks.
      sandbox.grants.end(again.refreshToken, 'revoked');
    });

    it('where another mailbox signs in, and says which', async () => {
      const browser = new TestBrowser(switchAccount);
      const words = await unchanged('sign_in_other_mailbox', browser);
      assert.ok(words.includes(`as ${OTHER}, not as ${sandbox.address}`), words);
      assert.equal(await browser.end(), 'The sign-in did not work');
    });

    it('where the person refuses', async () => {
      await unchanged('sign_in_denied', browserFor({ button: 'Cancel' }));
    });

    it('where Google refuses the code', async () => {
      const body = { error: 'invalid_grant', error_description: 'Bad Request' };
      sandbox.faults.add({ match: /POST \/token$/, answer: { status: 400, body } });
      await unchanged('sign_in_refused', browserFor());
    });
  });

  it('takes the mailbox for the same in other letters', async () => {
    again = { ...again, email: sandbox.address.toUpperCase() };
    assert.equal((await signIn(browserFor())).account.email, sandbox.address);
    assert.equal((await room.stored()).length, 1);
  });
});
