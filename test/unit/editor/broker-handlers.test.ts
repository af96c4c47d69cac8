import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Params } from '../../../src/broker/protocol.ts';
import { questionOf } from '../../support/question.ts';
import { accountOf } from '../../support/window.ts';
import { problemOf } from '../support.ts';
import { codeOf, type Desk, deskPerTest, never } from './desk.ts';

const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';
const QUESTION = questionOf();

describe('what a window does for its servers', () => {
  let desk: Desk;
  deskPerTest((fresh) => {
    desk = fresh;
  });

  it('lists the accounts, the default one first, at the level that the administrator leaves', async () => {
    await desk.save({ email: 'first@example.org', level: 'organise', scopes: [READONLY] });
    const { sandboxOrigin: _, ...real } = accountOf(desk.sandbox);
    await desk.store.save({ ...real, email: 'real@example.org' });
    desk.maximum = 'draft';
    await desk.store.change('real@example.org', { level: 'read', defaultSince: Date.now() + 1 });
    assert.deepEqual((await desk.handlers.listAccounts({}, never)).accounts, [
      { email: 'real@example.org', isDefault: true, level: 'read' },
      { email: 'first@example.org', isDefault: false, level: 'draft', scopes: [READONLY], isSandbox: true },
    ]);
  });

  it('hands out a token for what the level allows, and says who works', async () => {
    await desk.save({ level: 'organise' });
    for (const access of ['none', 'read', 'draft', 'organise'] as const) {
      const { account, apiOrigin } = await desk.handlers.getToken({ access }, never);
      assert.deepEqual([account, apiOrigin], [desk.sandbox.address, desk.sandbox.origin]);
    }
    assert.deepEqual(desk.recovered, Array(4).fill(desk.sandbox.address));
    assert.equal(await codeOf(desk.handlers.getToken({ access: 'send' }, never)), 'level_too_low');
  });

  it('asks Google for nothing, and nobody, where the account does not allow it', async () => {
    await desk.save({ level: 'read' });
    const before = desk.sandbox.requests.length;
    for (const refuse of [
      () => desk.handlers.getToken({ access: 'draft' }, never),
      () => desk.handlers.getToken({ access: 'send', refused: 'ya29.x' }, never),
      () => desk.handlers.confirmSend(QUESTION, never),
    ]) {
      assert.equal(await codeOf(refuse()), 'level_too_low');
    }
    await desk.save({ scopes: [READONLY] });
    for (const refuse of [
      () => desk.handlers.getToken({ access: 'send' }, never),
      () => desk.handlers.confirmSend(QUESTION, never),
    ]) {
      assert.equal(await codeOf(refuse()), 'scope_not_granted');
    }
    assert.equal(desk.sandbox.requests.length, before);
    assert.deepEqual([desk.asked, desk.told], [[], []]);
  });

  it('follows the administrator’s limit from one request to the next', async () => {
    await desk.save();
    assert.equal((await desk.handlers.confirmSend(QUESTION, never)).answer, 'send');
    desk.maximum = 'organise';
    assert.equal(await codeOf(desk.handlers.confirmSend(QUESTION, never)), 'level_too_low');
    assert.equal(await codeOf(desk.handlers.getToken({ access: 'send' }, never)), 'level_too_low');
  });

  describe('reads the secret storage for a token', () => {
    const KEY = () => `account:${desk.sandbox.address}`;
    const reads = async (params: Partial<Params<'getToken'>> = {}) => {
      desk.vault.reads.length = 0;
      await desk.handlers.getToken({ access: 'read', ...params }, never);
      return desk.vault.reads;
    };

    it('once where it has one, named or by default, and once more where Google is asked', async () => {
      await desk.save();
      assert.deepEqual(await reads(), [KEY(), KEY()]);
      assert.deepEqual(await reads(), [KEY()]);
      assert.deepEqual(await reads({ account: desk.sandbox.address }), [KEY()]);
    });

    it('once for each account to find the default one, and once for a named one', async () => {
      await desk.save();
      await desk.save({ email: 'other@example.org' });
      await reads();
      assert.deepEqual(await reads(), [KEY(), 'account:other@example.org']);
      assert.deepEqual(await reads({ account: desk.sandbox.address }), [KEY()]);
    });
  });

  it('hands out no token that it has after a sign-out, to whoever names the account or does not', async () => {
    await desk.save();
    for (const params of [{}, { account: desk.sandbox.address }]) {
      const ask = () => desk.handlers.getToken({ access: 'read', ...params }, never);
      await ask();
      await desk.store.remove(desk.sandbox.address);
      assert.equal(await codeOf(ask()), 'signed_out');
      await desk.save();
    }
  });

  it('hands out no token of before a new sign-in', async () => {
    await desk.save();
    const { value } = await desk.handlers.getToken({ access: 'read' }, never);
    const refreshToken = desk.sandbox.grants.grant(desk.sandbox.client.id, [READONLY]);
    await desk.save({ refreshToken, signedInAt: Date.now() + 1000 });
    const fresh = await desk.handlers.getToken({ access: 'read', account: desk.sandbox.address }, never);
    assert.notEqual(fresh.value, value);
    assert.deepEqual(desk.sandbox.grants.find(fresh.value)?.scopes, [READONLY]);
  });

  it('goes by the scopes of the token where the sign-in did not name them', async () => {
    await desk.save({ refreshToken: desk.sandbox.grants.grant(desk.sandbox.client.id, [READONLY]) });
    assert.equal(await codeOf(desk.handlers.getToken({ access: 'send' }, never)), 'scope_not_granted');
    assert.equal((await desk.handlers.getToken({ access: 'read' }, never)).account, desk.sandbox.address);
  });

  it('renews a token at every level', async () => {
    await desk.save({ level: 'read' });
    assert.equal((await desk.handlers.renewToken({}, never)).account, desk.sandbox.address);
  });

  it('says which account the person is asked about, and that it is no real one', async () => {
    await desk.save();
    const { account } = await desk.handlers.confirmSend(
      { ...QUESTION, account: desk.sandbox.address.toUpperCase() },
      never,
    );
    assert.equal(account, desk.sandbox.address);
    assert.deepEqual(desk.asked, [[desk.sandbox.address, true]]);
  });

  it('counts an answer to a withdrawn question for nothing', async () => {
    await desk.save();
    assert.equal(await codeOf(desk.handlers.confirmSend(QUESTION, AbortSignal.abort())), 'cancelled');
  });

  it('tells apart an unknown account, one that cannot be read, and none at all', async () => {
    const find = (account?: string) =>
      desk.handlers.getToken({ access: 'read', ...(account ? { account } : {}) }, never);
    assert.equal(await codeOf(find()), 'signed_out');
    assert.equal(await codeOf(find('lena@example.org')), 'signed_out');
    for (let index = 0; index < 12; index += 1) await desk.save({ email: `${index}@example.org`, signedInAt: index });
    await desk.vault.store('account:old@example.org', '{}');
    const unknown = await problemOf(find('lena@example.org'));
    assert.equal(unknown.code, 'account_unknown');
    assert.match(unknown.explain('editor').why, /^Signed in: .*9@example\.org and 2 more\.$/);
    assert.match((await problemOf(find('OLD@example.org'))).explain('editor').what, /^OLD@example\.org is signed out/);
  });

  it('keeps one quota for an account, whatever the case of its letters, and none for a stand-in', async () => {
    await desk.save();
    await desk.store.save({ ...accountOf(desk.sandbox), email: 'real@example.org', sandboxOrigin: undefined });
    const full = { account: 'real@example.org', units: 3_000 };
    await desk.handlers.takeUnits(full, never);
    const again = desk.handlers.takeUnits({ ...full, account: 'Real@example.org' }, never);
    assert.equal(await codeOf(again), 'rate_limited');
    for (let at = 0; at < 3; at += 1) {
      await desk.handlers.getToken({ account: desk.sandbox.address, access: 'read', units: 3_000 }, never);
    }
  });

  it('lets nobody ask of an account that Gmail wants to be left alone, and others do', async () => {
    for (const email of ['real@example.org', 'other@example.org']) {
      await desk.store.save({ ...accountOf(desk.sandbox), email, sandboxOrigin: undefined });
    }
    await desk.handlers.restUnits({ account: 'real@example.org', milliseconds: 60_000 }, never);
    const asked = desk.handlers.takeUnits({ account: 'real@example.org', units: 1 }, never);
    assert.equal(await codeOf(asked), 'rate_limited');
    await desk.handlers.takeUnits({ account: 'other@example.org', units: 1 }, never);
  });

  it('tells the person what keeps a mailbox from working', async () => {
    const refreshToken = desk.sandbox.grants.grant(desk.sandbox.client.id, [READONLY]);
    desk.sandbox.grants.end(refreshToken, 'revoked');
    await desk.save({ refreshToken });
    assert.equal(await codeOf(desk.handlers.getToken({ access: 'read' }, never)), 'grant_dead');
    assert.equal(await codeOf(desk.handlers.renewToken({}, never)), 'grant_dead');
    assert.deepEqual(desk.told, Array(2).fill([desk.sandbox.address, 'grant_dead']));
    assert.deepEqual(desk.recovered, []);
  });
});
