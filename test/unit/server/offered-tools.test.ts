import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { type KnownAccount, knownAccessOf } from '../../../src/credentials/account-access.ts';
import { KnownAccounts } from '../../../src/credentials/known-accounts.ts';
import { accountArgument } from '../../../src/server/call/full-input.ts';
import { defineTool } from '../../../src/server/call/tool.ts';
import { offeredTools } from '../../../src/server/offer/offered-tools.ts';
import type { Access } from '../../../src/shared/access.ts';

const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';
/** Tools are known by their titles here: their names are of a table. */
const toolFor = (access: Access, title: string = access, offered: { offered?: 'several accounts' } = {}) =>
  defineTool({
    name: 'gmail_read_email',
    title,
    description: '',
    annotations: { readOnlyHint: true, openWorldHint: false },
    needs: 'access token',
    access,
    ...offered,
    errorsAsJson: false,
    input: () => z.object({}),
    run: async () => '',
  });
const LIST = toolFor('none', 'list', { offered: 'several accounts' });
const KINDS = ['none', 'read', 'draft', 'organise', 'filters', 'send'] as const;
const TOOLS = [...KINDS.map((access) => toolFor(access)), LIST];
const account = (email: string, change: Partial<KnownAccount> = {}): KnownAccount => ({
  email,
  isDefault: false,
  level: 'full',
  ...change,
});
const namesFor = (accounts?: KnownAccount[]) =>
  offeredTools(TOOLS, accounts && knownAccessOf(accounts)).map(({ title }) => title);
const ALL = ['none', 'read', 'draft', 'organise', 'send'];

const MODIFY = 'https://www.googleapis.com/auth/gmail.modify';
const SETTINGS = 'https://www.googleapis.com/auth/gmail.settings.basic';

describe('the tools on offer', () => {
  it('are all that need no choice while nobody is known', () => {
    assert.deepEqual(namesFor(), ALL);
    assert.deepEqual(namesFor([]), ALL);
  });

  for (const [level, count] of [
    ['read', 2],
    ['draft', 3],
    ['organise', 4],
    ['full', 5],
  ] as const) {
    it(`end where the level ${level} does`, () => {
      assert.deepEqual(namesFor([account('a', { level })]), ALL.slice(0, count));
    });
  }

  it('are what the scopes allow of the level', () => {
    assert.deepEqual(namesFor([account('a', { scopes: [READONLY] })]), ['none', 'read']);
    assert.deepEqual(namesFor([account('a', { scopes: [] })]), ['none']);
  });

  it('have filters among them only where these are known to be granted', () => {
    assert.ok(!namesFor([account('a')]).includes('filters'));
    assert.ok(!namesFor([account('a', { scopes: [MODIFY] })]).includes('filters'));
    assert.ok(!namesFor([account('a', { scopes: [MODIFY, SETTINGS], level: 'draft' })]).includes('filters'));
    assert.deepEqual(namesFor([account('a', { scopes: [MODIFY, SETTINGS] })]), [...KINDS]);
    assert.deepEqual(namesFor([account('a'), account('b', { scopes: [MODIFY, SETTINGS] })]), [...KINDS]);
  });

  it('are what at least one of several accounts allows, and the list of them', () => {
    const reading = account('a', { level: 'read', isDefault: true });
    assert.deepEqual(namesFor([reading, account('b', { level: 'draft' })]), ['none', 'read', 'draft', 'list']);
    assert.deepEqual(namesFor([reading]), ['none', 'read']);
  });
});

describe('the argument that names an account', () => {
  it('names the default one where it is known, and is not of the list of accounts', () => {
    const [tool = LIST] = TOOLS;
    assert.equal(
      accountArgument(tool, 'robin@example.org').account?.description,
      'E-mail address of the account to use (default robin@example.org); gmail_list_accounts names all',
    );
    assert.doesNotMatch(accountArgument(tool).account?.description ?? '', /default/);
    assert.deepEqual(accountArgument(LIST, 'robin@example.org'), {});
  });

  it('is offered where there are several', () => {
    const first = account('a', { isDefault: true });
    assert.equal(knownAccessOf([]).defaultAccount, undefined);
    assert.equal(knownAccessOf([first]).defaultAccount, undefined);
    assert.equal(knownAccessOf([first, account('b')]).defaultAccount, 'a');
  });
});

describe('what a window told of its accounts', () => {
  const [A, B] = [[account('a')], [account('b')]];

  it('is asked anew each time, and stands where it no longer answers', async () => {
    const answers = [() => A, () => B, () => assert.fail()];
    const heard: unknown[] = [];
    const known = new KnownAccounts(
      async () => answers.shift()?.() ?? [],
      (accounts) => heard.push(accounts),
    );
    assert.deepEqual([await known.current(), await known.current(), await known.current()], [A, B, B]);
    assert.deepEqual(heard, [A, B]);
  });

  it('is not overtaken by an older answer', async () => {
    const gates = [Promise.withResolvers<KnownAccount[]>(), Promise.withResolvers<KnownAccount[]>()];
    const heard: unknown[] = [];
    let asked = 0;
    const known = new KnownAccounts(
      () => gates[asked++]?.promise ?? Promise.resolve([]),
      (accounts) => heard.push(accounts),
    );
    const refreshes = [known.refresh(), known.refresh()];
    gates[1]?.resolve(B);
    await refreshes[1];
    gates[0]?.resolve(A);
    await refreshes[0];
    assert.deepEqual(heard, [B]);
  });

  it('is waited for 1.5 seconds, and counts when it comes later', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const gate = Promise.withResolvers<KnownAccount[]>();
    const heard: unknown[] = [];
    const known = new KnownAccounts(
      () => gate.promise,
      (accounts) => heard.push(accounts),
    );
    const current = known.current();
    t.mock.timers.tick(5000);
    assert.equal(await current, undefined);
    gate.resolve(A);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(heard, [A]);
  });
});
