import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { Client } from '../../../src/sandbox/oauth/grants.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { headingOf, load } from '../../support/consent.ts';
import { problemOf, sandboxForAll } from '../support.ts';
import { clientOf, emptyRoom, goThrough, TestBrowser } from './sign-in-support.ts';

describe('a sign-in that is disturbed', () => {
  let sandbox: Sandbox;
  let room: ReturnType<typeof emptyRoom>;
  let cancel: AbortController;
  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(() => {
    room = emptyRoom(sandbox);
    cancel = new AbortController();
    sandbox.requests.length = 0;
  });
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.client.blocked = undefined;
  });

  const browserThat = (before?: (location: URL) => unknown) =>
    new TestBrowser((page) => goThrough(page, { address: sandbox.address }), before);
  /** Ends with the problem and leaves nothing behind. */
  const endsWith = async (code: string, browser: TestBrowser, work = room.signIn(browser, {}, cancel.signal)) => {
    assert.equal((await problemOf(work)).code, code);
    assert.deepEqual(await room.stored(), []);
    await browser.everyPortIsClosed();
  };

  describe('by the person, who cancels', () => {
    it('before it has begun', async () => {
      cancel.abort();
      assert.equal((await problemOf(room.signIn(browserThat(), {}, cancel.signal))).code, 'cancelled');
      assert.deepEqual(await room.stored(), []);
      assert.ok(!sandbox.requests.includes('POST /token'));
    });

    it('while the browser opens', async () => {
      const browser = new TestBrowser(async (page) => {
        cancel.abort();
        return page;
      });
      await endsWith('cancelled', browser);
      assert.ok(!sandbox.requests.includes('POST /token'));
    });

    it('while Google’s page waits', async () => {
      const browser = new TestBrowser(async (page) => {
        setTimeout(() => cancel.abort(), 30);
        return page;
      });
      await endsWith('cancelled', browser);
    });

    it('while the code is exchanged', async () => {
      sandbox.faults.add({ match: /POST \/token$/, delayMs: 100 });
      const browser = browserThat(() => setTimeout(() => cancel.abort(), 50));
      await endsWith('cancelled', browser);
      assert.equal(await browser.end(), 'This sign-in is over');
    });
  });

  it('by nobody coming within a quarter of an hour', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      let ticked = false;
      const open = async () => {
        setImmediate(() => {
          mock.timers.tick(15 * 60_000 - 1);
          setImmediate(() => {
            ticked = true;
            mock.timers.tick(1);
          });
        });
      };
      assert.equal((await problemOf(room.signIn({ open }))).code, 'sign_in_unanswered');
      assert.ok(ticked, 'it gave up too early');
    } finally {
      mock.timers.reset();
    }
    assert.deepEqual(await room.stored(), []);
  });

  const blocks: [NonNullable<Client['blocked']>, number][] = [
    ['policy', 400],
    ['org_internal', 403],
    ['deleted_client', 401],
    ['disabled_client', 401],
  ];
  for (const [blocked, status] of blocks) {
    it(`by an error page of Google’s that leads nowhere (${blocked}), until the person cancels`, async () => {
      sandbox.client.blocked = blocked;
      let shown: number | undefined;
      const browser = new TestBrowser(async (page) => {
        const last = await goThrough(page, { address: sandbox.address });
        shown = last.status;
        setTimeout(() => cancel.abort(), 30);
        return last;
      });
      await endsWith('cancelled', browser);
      assert.equal(shown, status);
    });
  }

  it('by a client that Google does not know, until the person cancels', async () => {
    const client = { ...clientOf(sandbox), clientId: '1-unknown.apps.googleusercontent.com' };
    const browser = new TestBrowser(async (page) => {
      setTimeout(() => cancel.abort(), 30);
      return page;
    });
    await endsWith('cancelled', browser, room.signIn(browser, { client }, cancel.signal));
  });

  it('by forged answers before the right one, which succeeds', async () => {
    const forged: string[] = [];
    const browser = browserThat(async ({ origin, searchParams }) => {
      const queries = ['?state=forged&code=4/0forged', '?state=forged&error=access_denied', '?error=access_denied'];
      queries.push(`?code=${searchParams.get('code')}`);
      for (const query of queries) forged.push(headingOf(await load(`${origin}/${query}`)));
    });
    assert.equal((await room.signIn(browser)).account.email, sandbox.address);
    assert.deepEqual(forged, Array(4).fill('This is not the sign-in that VS Code waits for'));
    assert.equal(await browser.end(), 'You are signed in');
  });

  it('by a stranger who has the code, but not what it was asked for with', async () => {
    const answers: unknown[] = [];
    const browser = browserThat(async ({ origin, searchParams }) => {
      for (const verifier of [{}, { code_verifier: 'x'.repeat(43) }]) {
        const body = new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: sandbox.client.id,
          client_secret: sandbox.client.secret,
          code: searchParams.get('code') ?? '',
          redirect_uri: origin,
          ...verifier,
        });
        const response = await fetch(`${sandbox.origin}/token`, { method: 'POST', body });
        answers.push(((await response.json()) as { error_description?: string }).error_description);
      }
    });
    assert.equal((await room.signIn(browser)).account.email, sandbox.address);
    assert.deepEqual(answers, ['Missing code verifier.', 'Invalid code verifier.']);
  });

  it('by a browser that loads the last page twice: the code is used once', async () => {
    let second: Promise<unknown> = Promise.resolve();
    const browser = browserThat((location) => {
      second = load(location.href);
    });
    await room.signIn(browser);
    assert.equal(await browser.end(), headingOf((await second) as Awaited<ReturnType<typeof load>>));
    assert.equal(sandbox.requests.filter((request) => request === 'POST /token').length, 1);
  });

  it('by a fault of Google’s that passes, and succeeds', async () => {
    sandbox.faults.add({ match: /POST \/token$/, times: 1, answer: { status: 503 } });
    assert.equal((await room.signIn(browserThat())).account.email, sandbox.address);
  });

  it('by a connection that breaks', async () => {
    sandbox.faults.add({ match: /profile$/, cut: true });
    const browser = browserThat();
    await endsWith('offline', browser);
    assert.equal(await browser.end(), 'The sign-in did not work');
  });

  it('by a secret storage that fails', async () => {
    mock.method(room.store, 'find', () => Promise.reject(new Error('locked')));
    const browser = browserThat();
    await endsWith('internal', browser);
    assert.equal(await browser.end(), 'The sign-in did not work');
  });
});
