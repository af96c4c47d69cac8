import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { parseAccount } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { addAccount, verifyAccount } from '../../../src/accounts/add-account.ts';
import type { ImportedClient } from '../../../src/accounts/client-file.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';
import { problemOf } from '../support.ts';

const NOW = Date.UTC(2031, 4, 1);

describe('adding an account', () => {
  let sandbox: Sandbox;
  let client: ImportedClient;
  let vault: MemoryVault;
  let store: AccountStore;
  let redactor: Redactor;
  let notified: number;

  before(async () => {
    sandbox = await startSandbox({ now: () => NOW });
    const { id, secret } = sandbox.client;
    client = { clientId: id, clientSecret: secret, sandboxOrigin: sandbox.origin };
  });
  beforeEach(() => {
    [vault, redactor, notified] = [memoryVault(), new Redactor(), 0];
    store = new AccountStore(vault);
    store.onDidChange(() => {
      notified += 1;
    });
    sandbox.requests.length = 0;
  });
  afterEach(() => sandbox.faults.clear());
  after(() => sandbox.close());

  const clock = { now: () => NOW };
  const add = (token = sandbox.refreshToken, change: Partial<ImportedClient> = {}) =>
    addAccount(store, redactor, { client: { ...client, ...change }, refreshToken: token, level: 'full' }, clock);
  const stored = () => [...vault.values.values()].map((value) => parseAccount(value));
  const whole = (refreshToken = sandbox.refreshToken) => ({
    version: 1,
    email: sandbox.address,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    refreshToken,
    scopes: FULL_SCOPES,
    level: 'full',
    sandboxOrigin: sandbox.origin,
    signedInAt: NOW,
  });
  /** The only account is the default one. */
  const asStored = (refreshToken?: string) => ({ ...whole(refreshToken), defaultSince: NOW });

  it('stores what Google accepted, under the mailbox that Gmail names', async () => {
    const { account, replaced, missing } = await add();
    assert.deepEqual(account, whole());
    assert.deepEqual([replaced, missing], [false, []]);
    assert.deepEqual(stored(), [asStored()]);
    assert.deepEqual(await store.find(sandbox.address), asStored());
    assert.deepEqual(sandbox.requests, ['POST /token', 'GET /gmail/v1/users/me/profile']);
    assert.equal(notified, 1);
  });

  it('drops the blanks that copying leaves around the token', async () => {
    await add(` ${sandbox.refreshToken}\r\n`);
    assert.deepEqual(stored(), [asStored()]);
  });

  it('stores the refresh token that Google gives in exchange, where it gives one', async () => {
    const token = sandbox.grants.refresh(sandbox.client, sandbox.refreshToken).value;
    // Of no shape by which the log would know it.
    const rotated = 'rotated-refresh-token';
    const body = { access_token: token, expires_in: 3599, refresh_token: rotated, token_type: 'Bearer' };
    sandbox.faults.add({ match: /POST \/token$/, answer: { status: 200, body } });
    await add();
    assert.deepEqual(stored(), [asStored(rotated)]);
    // This answer did not name the scopes either.
    assert.ok(sandbox.requests.includes('POST /tokeninfo'));
    assert.equal(redactor.redact(`new: ${rotated}`), 'new: [hidden]');
  });

  it('hides the secrets in everything that is logged from then on', async () => {
    // Of no shape that would be recognised by itself.
    sandbox.faults.add({ match: /POST \/token/, answer: { status: 400, body: { error: 'invalid_grant' } } });
    await problemOf(add('plain-refresh-token', { clientSecret: 'plain-client-secret' }));
    assert.equal(redactor.redact('plain-refresh-token plain-client-secret'), '[hidden] [hidden]');
  });

  it('replaces an earlier sign-in of the same mailbox', async () => {
    await add();
    const second = sandbox.grants.grant(client.clientId, FULL_SCOPES);
    assert.equal((await add(second)).replaced, true);
    assert.deepEqual(stored(), [asStored(second)]);
    assert.equal((await store.list()).accounts.length, 1);
  });

  it('tells what the level includes and the refresh token does not allow', async () => {
    const readonly = 'https://www.googleapis.com/auth/gmail.readonly';
    const { account, missing } = await add(sandbox.grants.grant(client.clientId, [readonly]));
    assert.deepEqual([account.scopes, missing], [[readonly], ['draft', 'organise', 'send']]);
  });

  it('keeps the permission for filters only where they were ticked', async () => {
    const settings = 'https://www.googleapis.com/auth/gmail.settings.basic';
    const refreshToken = sandbox.grants.grant(client.clientId, [...FULL_SCOPES, settings]);
    assert.deepEqual((await add(refreshToken)).account.scopes, [...FULL_SCOPES]);
    const ticked = { client, level: 'full', filters: true } as const;
    const { account, missing } = await addAccount(store, redactor, { ...ticked, refreshToken }, clock);
    assert.deepEqual([account.scopes, missing], [[...FULL_SCOPES, settings], []]);
    const lacking = await addAccount(store, redactor, { ...ticked, refreshToken: sandbox.refreshToken }, clock);
    assert.deepEqual(lacking.missing, ['filters']);
  });

  it('verifies without storing', async () => {
    const account = await verifyAccount(redactor, { client, refreshToken: sandbox.refreshToken, level: 'full' }, clock);
    assert.deepEqual(account, whole());
    assert.deepEqual([vault.values.size, notified], [0, 0]);
  });

  describe('stores nothing', () => {
    const failures: [string, string, () => Promise<unknown>][] = [
      ['with a wrong refresh token', 'grant_dead', () => add('1//wrong-refresh-token')],
      ['with a revoked one', 'grant_dead', () => add(ended('revoked'))],
      ['with one that asks for a fresh sign-in', 'reauthentication_required', () => add(ended('reauthentication'))],
      ['where the administrator forbids it', 'policy_enforced', () => add(ended('policy'))],
      ['with the token of another client', 'client_mismatch', () => add(granted(sandbox.grants.addClient().id))],
      ['with a wrong client secret', 'client_unknown', () => add(granted(), { clientSecret: 'GOCSPX-wrong-secret' })],
      ['with an unknown client', 'client_unknown', () => add(granted(), { clientId: '1.apps.googleusercontent.com' })],
      ['with a sign-in that may only send', 'scope_missing', () => add(granted(client.clientId, ['gmail.send']))],
      ['with a sign-in that may nothing of Gmail', 'scope_missing', () => add(granted(client.clientId, []))],
    ];
    const granted = (clientId = client.clientId, names?: string[]) =>
      sandbox.grants.grant(clientId, names?.map((name) => `https://www.googleapis.com/auth/${name}`) ?? FULL_SCOPES);
    const ended = (why: Parameters<Sandbox['grants']['end']>[1]) => {
      const token = granted();
      sandbox.grants.end(token, why);
      return token;
    };
    const storesNothing = async (code: string, work: () => Promise<unknown>) => {
      const problem = await problemOf(work);
      assert.equal(problem.code, code);
      assert.deepEqual([...vault.values], []);
      assert.equal(notified, 0);
      const words = `${inspect(problem, { showHidden: true, depth: 9 })} ${JSON.stringify(problem.explain('person'))}`;
      for (const secret of [client.clientSecret, '1//', 'GOCSPX']) {
        // The advice names the shape of a refresh token; no token follows it.
        assert.ok(!words.replaceAll('begins with 1//', '').includes(secret), `tells ${secret}`);
      }
    };
    for (const [kind, code, work] of failures) {
      it(`${kind}: ${code}`, () => storesNothing(code, work));
    }

    it('where nobody answers: offline', async () => {
      const other = await startSandbox();
      await other.close();
      await storesNothing('offline', () => add(sandbox.refreshToken, { sandboxOrigin: other.origin }));
    });

    it('where Gmail refuses to say whose mailbox it is', async () => {
      const error = { code: 403, errors: [{ reason: 'accessNotConfigured' }] };
      sandbox.faults.add({ match: /profile/, answer: { status: 403, body: { error } } });
      await storesNothing('api_disabled', () => add());
    });

    for (const [kind, token] of [
      ['an access token', 'ya29.a0-access-token'],
      ['a blank one', ' \n'],
      ['an API key', 'AIzaSyA-1234567890abcdefghijklmnopqrstu'],
      ['one with a line break inside', '1//refresh\ntoken'],
    ] as const) {
      it(`and asks nobody with ${kind} in place of the refresh token`, async () => {
        await storesNothing('refresh_token_wrong', () => add(token));
        assert.deepEqual(sandbox.requests, []);
      });
    }

    it('in place of an earlier sign-in, which stays', async () => {
      await add();
      const before = [...vault.values];
      assert.equal((await problemOf(add('1//wrong-refresh-token'))).code, 'grant_dead');
      assert.deepEqual([...vault.values], before);
    });

    it('where the secret storage fails, and says that', async () => {
      const fail = () => Promise.reject(new Error(`keyring: ${sandbox.refreshToken}`));
      store = new AccountStore({ ...vault, store: fail });
      await storesNothing('storage_failed', () => add());
    });
  });
});
