import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccessTokens } from '../../../src/accounts/access-tokens.ts';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { SignInMarks } from '../../../src/accounts/sign-in-marks.ts';
import { FULL_SCOPES, type Sandbox } from '../../../src/sandbox/start.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { memoryVault } from '../../support/vault.ts';
import { accountOf } from '../../support/window.ts';
import { problemOf, sandboxForAll, silent } from '../support.ts';

describe('windows that read the secret storage once', () => {
  let sandbox: Sandbox;
  let one: AccountStore;
  let other: AccountStore;
  let notes: Map<string, unknown>;
  let told: number;
  let robin: Account;
  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(async () => {
    notes = new Map();
    told = 0;
    const marks = () =>
      new SignInMarks({
        get: <T>(key: string) => notes.get(key) as T | undefined,
        update: async (key, value) => void (value === undefined ? notes.delete(key) : notes.set(key, value)),
      });
    [one, other] = [new AccountStore(memoryVault(), marks()), new AccountStore(memoryVault(), marks())];
    robin = { ...accountOf(sandbox), signedInAt: 1_000 };
    await Promise.all([one.save(robin), other.save(robin)]);
    await other.lookAgain();
    other.onDidChange(() => {
      told += 1;
    });
  });

  const emails = async (store: AccountStore) => (await store.list()).accounts.map(({ email }) => email);
  const levels = async (store: AccountStore) => (await store.list()).accounts.map(({ level }) => level);

  it('know that an account was signed out in another one, and tell of it at their next look', async () => {
    await other.lookAgain();
    assert.equal(told, 0);
    await one.remove(robin.email);
    assert.deepEqual([await emails(other), await other.find(robin.email)], [[], undefined]);
    await other.lookAgain();
    await other.lookAgain();
    assert.equal(told, 1);
    const tokens = new AccessTokens(other, new Redactor(), silent);
    const { what, why } = (await problemOf(tokens.renew(robin))).explain('person');
    assert.equal(what, `${robin.email} is signed out.`);
    assert.doesNotMatch(why, /Testing/);
  });

  it('know it after everybody was signed out, when all notes are gone but a time', async () => {
    const { accounts } = await one.list();
    await one.remove(robin.email);
    notes.clear();
    await one.allRemoved(accounts);
    assert.deepEqual([...notes.values()], [1_000]);
    assert.deepEqual(await emails(other), []);
    // With a clock that was set back since.
    await one.save({ ...robin, signedInAt: 900 });
    assert.deepEqual([await emails(one), await levels(one)], [[robin.email], ['full']]);
  });

  it('let an account do less at once where another one does, and more only where they have read so', async () => {
    await one.change(robin.email, { level: 'read' });
    assert.deepEqual([await levels(other), (await other.find(robin.email))?.level], [['read'], 'read']);
    await other.lookAgain();
    assert.equal(told, 1);
    await one.change(robin.email, { level: 'full' });
    await other.change(robin.email, { level: 'draft' });
    assert.deepEqual([await levels(one), await levels(other)], [['draft'], ['draft']]);
  });

  it('take a new sign-in after a sign-out for what it is', async () => {
    await one.remove(robin.email);
    await one.save({ ...robin, signedInAt: 2_000 });
    assert.deepEqual(await emails(one), [robin.email]);
    assert.equal(await other.isReplaced(robin), true);
    const refreshToken = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
    sandbox.grants.end(refreshToken, 'revoked');
    await other.save({ ...robin, refreshToken, signedInAt: 1_500 });
    await one.save({ ...robin, signedInAt: 2_000 });
    const dead = await problemOf(new AccessTokens(other, new Redactor(), silent).renew(robin));
    assert.equal(dead.code, 'signed_in_elsewhere');
    assert.match(dead.explain('person').next, /^Reload this window/);
  });

  it('keep no address in the notes', async () => {
    await one.remove(robin.email);
    const kept = JSON.stringify([...notes]);
    assert.ok(notes.size > 0 && !kept.includes(robin.email) && !kept.includes(robin.refreshToken));
  });

  it('go by nothing that lets through more, and by nothing that is no mark', async () => {
    await one.change(robin.email, { level: 'read' });
    for (const key of notes.keys()) notes.set(key, { signedInAt: 1_000, level: 'full' });
    assert.deepEqual(await levels(one), ['read']);
    for (const key of notes.keys()) notes.set(key, { isOut: 'yes' });
    assert.deepEqual(await levels(one), ['read']);
  });
});
