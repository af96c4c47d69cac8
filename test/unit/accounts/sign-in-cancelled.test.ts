import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';
import { memoryVault } from '../../support/vault.ts';
import { emptyRoom, goThrough, TestBrowser } from './sign-in-support.ts';

it('a sign-in cancelled before it began opens no browser', async () => {
  const sandbox = await startSandbox();
  const room = emptyRoom(sandbox);
  const browser = new TestBrowser((page) => goThrough(page, { address: sandbox.address }));
  await room.signIn(browser, {}, AbortSignal.abort()).catch(() => undefined);
  await sandbox.close();
  assert.equal(browser.opened.length, 0);
});
it('a sign-in cancelled while Gmail is asked for the mailbox stores nothing', async () => {
  const sandbox = await startSandbox();
  const room = emptyRoom(sandbox);
  const cancel = new AbortController();
  sandbox.faults.add({ match: /profile$/, delayMs: 200 });
  const browser = new TestBrowser(
    (page) => goThrough(page, { address: sandbox.address }),
    () => setTimeout(() => cancel.abort(), 120),
  );
  const result = await room.signIn(browser, {}, cancel.signal).then(
    () => 'signed in',
    (e) => e.code,
  );
  const stored = await room.stored();
  await sandbox.close();
  assert.deepEqual([result, stored.length], ['cancelled', 0]);
});
it('a new sign-in keeps the rank of an account that is first only by its age', async () => {
  const store = new AccountStore(memoryVault());
  const of = (email: string, signedInAt: number) => ({
    version: 1 as const,
    email,
    clientId: 'c',
    clientSecret: 's',
    refreshToken: 'r',
    level: 'full' as const,
    signedInAt,
  });
  await store.save(of('a@x', 1));
  await store.save(of('b@x', 2));
  await store.save(of('c@x', 3));
  await store.remove('a@x');
  const before = (await store.list()).accounts.map((a) => a.email);
  await store.save(of('b@x', 4));
  assert.deepEqual(
    (await store.list()).accounts.map((a) => a.email),
    before,
  );
});
