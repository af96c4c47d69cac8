import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccessTokens } from '../../../src/accounts/access-tokens.ts';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { Handlers } from '../../../src/broker/broker-server.ts';
import type { Params } from '../../../src/broker/protocol.ts';
import type { Entry } from '../../../src/editor/activity/entries.ts';
import { Recorder } from '../../../src/editor/activity/recorder.ts';
import { brokerHandlers } from '../../../src/editor/agent/broker-handlers.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import type { AccessLevel } from '../../../src/shared/access.ts';
import { ChangeAllowance } from '../../../src/shared/changes/change-allowance.ts';
import { ChangeJournal } from '../../../src/shared/changes/change-journal.ts';
import { asProblem, Problem } from '../../../src/shared/problems.ts';
import { UnitBudgets } from '../../../src/shared/quota/unit-budgets.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { questionOf } from '../../support/question.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';
import { accountOf, MemoryPolicy } from '../../support/window.ts';
import { problemOf, sandboxForAll, silent } from '../support.ts';

const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';
const QUESTION = questionOf();
const QUESTION_NAME = 'b0e42fe7-31a5-4894-a441-007e5256afea';
const never = new AbortController().signal;

describe('what a window does for its servers', () => {
  let sandbox: Sandbox;
  let vault: MemoryVault;
  let store: AccountStore;
  let maximum: AccessLevel;
  let handlers: Handlers;
  /** Account of each question and whether it is the sandbox's, mailboxes with problems and their codes, and mailboxes that work again. */
  let [asked, told, recovered]: [[string, boolean][], [string, string][], string[]] = [[], [], []];

  let now: number;
  let noted: Entry[];
  let refusing: Problem | undefined;
  let policy: MemoryPolicy;
  /** Messages that were let go, by what name calls ended, and where the search that hides mail failed. */
  let [letGo, ended, hidden]: [number, (string | undefined)[], [string, string][]] = [0, [], []];
  let [askedOfChange, changedMail]: [string[], [string, string, number | undefined][]] = [[], []];

  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(() => {
    vault = memoryVault();
    store = new AccountStore(vault);
    maximum = 'full';
    [asked, told, recovered, noted] = [[], [], [], []];
    [letGo, ended, hidden] = [0, [], []];
    [refusing, policy] = [undefined, new MemoryPolicy()];
    [askedOfChange, changedMail, now] = [[], [], 1_000];
    const redactor = new Redactor();
    handlers = brokerHandlers({
      budgets: new UnitBudgets(),
      store,
      tokens: new AccessTokens(store, redactor, silent),
      reporter: {
        background: (email, error) => void told.push([email, asProblem(error).code]),
        recovered: (email) => void recovered.push(email),
      },
      maximumLevel: () => maximum,
      saveFolder: async () => undefined,
      privacy: () => ({ hiddenQuery: 'label:private', showsCodes: false }),
      attachmentFolders: () => [],
      notices: {
        letGo: () => {
          letGo += 1;
          return QUESTION_NAME;
        },
        ended: ({ question }) => void ended.push(question),
      },
      onHidingFailed: (email, query) => void hidden.push([email, query]),
      allowedRecipients: () => [],
      policy: { ...policy, asks: () => policy.asks() },
      recorder: new Recorder({
        log: {
          append: async (entry) => {
            if (refusing) throw refusing;
            noted.push(entry);
          },
        },
        isOn: () => true,
        takesSearches: () => false,
        clock: { now: () => now },
      }),
      allowance: new ChangeAllowance(() => now),
      journal: new ChangeJournal(() => now),
      onChanged: (account, { what, changed }) => void changedMail.push([account, what, changed]),
      changeGate: {
        ask: async (_question, account) => {
          askedOfChange.push(account);
          return true;
        },
      },
      gate: {
        ask: async ({ account = '' }, isSandbox) => {
          asked.push([account, isSandbox]);
          return 'send';
        },
      },
    });
  });

  const save = (change: Partial<Account> = {}) => store.save({ ...accountOf(sandbox), ...change });
  const codeOf = async (work: Promise<unknown>) => (await problemOf(work)).code;

  it('keeps one quota for an account, whatever the case of its letters, and none for a stand-in', async () => {
    await save();
    await store.save({ ...accountOf(sandbox), email: 'real@example.org', sandboxOrigin: undefined });
    const full = { account: 'real@example.org', units: 3_000 };
    await handlers.takeUnits(full, never);
    assert.equal(await codeOf(handlers.takeUnits({ ...full, account: 'Real@example.org' }, never)), 'rate_limited');
    for (let at = 0; at < 3; at += 1) {
      await handlers.getToken({ account: sandbox.address, access: 'read', units: 3_000 }, never);
    }
  });

  it('lets nobody ask of an account that Gmail wants to be left alone, and others do', async () => {
    for (const email of ['real@example.org', 'other@example.org']) {
      await store.save({ ...accountOf(sandbox), email, sandboxOrigin: undefined });
    }
    await handlers.restUnits({ account: 'real@example.org', milliseconds: 60_000 }, never);
    assert.equal(await codeOf(handlers.takeUnits({ account: 'real@example.org', units: 1 }, never)), 'rate_limited');
    await handlers.takeUnits({ account: 'other@example.org', units: 1 }, never);
  });

  it('counts what is changed without a question for each account, whatever the case of its letters', async () => {
    await save();
    await save({ email: 'other@example.org' });
    const take = async (account: string, count: number, kind: 'labels' | 'bin' = 'labels') =>
      (await handlers.takeAllowance({ account, count, kind }, never)).isAllowed;
    assert.deepEqual([await take(sandbox.address, 30), await take(sandbox.address.toUpperCase(), 20)], [true, true]);
    assert.equal(await take(sandbox.address, 1), false);
    const other = { account: 'other@example.org', count: 50 };
    const { ticket = '' } = await handlers.takeAllowance({ ...other, kind: 'labels' }, never);
    await handlers.giveBackAllowance({ ...other, ticket }, never);
    assert.equal(await take('other@example.org', 11, 'bin'), false);
    assert.equal(await take('other@example.org', 10, 'bin'), true);
    now += 10 * 60_000;
    assert.equal(await take(sandbox.address, 50), true);
  });

  it('keeps the changes of each account, tells of them, and asks in its name', async () => {
    await save();
    await save({ email: 'other@example.org', level: 'organise' });
    const change = { client: 'a client', what: 'Archived', add: [], remove: ['INBOX'], own: [], from: '7' };
    const { id } = await handlers.beginChange({ account: 'other@example.org', ids: ['1', '2'], change }, never);
    const end = { id, to: '9', changed: 2 };
    // A window knows of no change that another one has noted.
    assert.equal((await handlers.endChange({ ...end, account: sandbox.address }, never)).isNoted, false);
    assert.equal((await handlers.endChange({ ...end, account: 'other@example.org' }, never)).isNoted, true);
    assert.deepEqual(changedMail, [['other@example.org', 'Archived', 2]]);
    const listOf = async (account: string) => (await handlers.changesMade({ account }, never)).changes;
    assert.deepEqual(await listOf(sandbox.address), []);
    const [made] = await listOf('other@example.org');
    assert.deepEqual([made?.window, made?.requested, made?.undone], [{ from: '7', to: '9' }, 2, undefined]);
    assert.deepEqual((await handlers.changedIds({ account: 'other@example.org', id }, never)).ids, ['1', '2']);
    await handlers.noteUndone({ account: 'other@example.org', id, window: { from: '9', to: '11' } }, never);
    assert.deepEqual((await listOf('other@example.org'))[0]?.undone, { from: '9', to: '11' });
    const question = { account: 'other@example.org', title: 'Archive?', verb: 'Archive', facts: [], examples: [] };
    assert.equal((await handlers.confirmChange(question, never)).agrees, true);
    assert.deepEqual(askedOfChange, ['other@example.org (sandbox, not a real mailbox)']);
  });

  it('lets one server at a time take a change back, and holds no change for one that has ended', async () => {
    await save();
    const account = sandbox.address;
    const change = { client: 'a client', what: 'Archived', add: [], remove: ['INBOX'], own: [], from: '7' };
    const begin = async () => (await handlers.beginChange({ account, ids: ['1'], change }, never)).id;
    const claim = async (id: string) => (await handlers.claimUndo({ account, id }, never)).claim;
    const id = await begin();
    assert.equal(await claim(id), 'under way');
    await handlers.endChange({ account, id, to: '9', changed: 1 }, never);
    assert.deepEqual([await claim(id), await claim(id)], ['claimed', 'under way']);
    await handlers.releaseUndo({ account, id }, never);
    assert.equal(await claim(id), 'claimed');
    now += 5 * 60_000;
    assert.equal(await claim(id), 'claimed');
    await handlers.noteUndone({ account, id, window: { from: '9' } }, never);
    assert.equal(await claim(id), 'taken back');
    // What changed nothing is forgotten; of what is not known it may yet turn out.
    const [none, unknown] = [await begin(), await begin()];
    const nothing = { account, id: none, to: '9', changed: 0 };
    assert.equal((await handlers.endChange(nothing, never)).isNoted, true);
    await handlers.endChange({ account, id: unknown }, never);
    const { changes } = await handlers.changesMade({ account }, never);
    assert.deepEqual(
      changes.map((made) => made.id),
      [unknown, id],
    );
  });

  it('changes no mail of an account that may not organise', async () => {
    await save({ level: 'draft' });
    const refused = handlers.takeAllowance({ account: sandbox.address, count: 1, kind: 'labels' }, never);
    assert.equal(await codeOf(refused), 'level_too_low');
  });

  it('lists the accounts, the default one first, at the level that the administrator leaves', async () => {
    await save({ email: 'first@example.org', level: 'organise', scopes: [READONLY] });
    const { sandboxOrigin: _, ...real } = accountOf(sandbox);
    await store.save({ ...real, email: 'real@example.org' });
    maximum = 'draft';
    await store.change('real@example.org', { level: 'read', defaultSince: Date.now() + 1 });
    assert.deepEqual((await handlers.listAccounts({}, never)).accounts, [
      { email: 'real@example.org', isDefault: true, level: 'read' },
      { email: 'first@example.org', isDefault: false, level: 'draft', scopes: [READONLY], isSandbox: true },
    ]);
  });

  it('hands out a token for what the level allows, and says who works', async () => {
    await save({ level: 'organise' });
    for (const access of ['none', 'read', 'draft', 'organise'] as const) {
      const { account, apiOrigin } = await handlers.getToken({ access }, never);
      assert.deepEqual([account, apiOrigin], [sandbox.address, sandbox.origin]);
    }
    assert.deepEqual(recovered, Array(4).fill(sandbox.address));
    assert.equal(await codeOf(handlers.getToken({ access: 'send' }, never)), 'level_too_low');
  });

  it('asks Google for nothing, and nobody, where the account does not allow it', async () => {
    await save({ level: 'read' });
    const before = sandbox.requests.length;
    for (const refuse of [
      () => handlers.getToken({ access: 'draft' }, never),
      () => handlers.getToken({ access: 'send', refused: 'ya29.x' }, never),
      () => handlers.confirmSend(QUESTION, never),
    ]) {
      assert.equal(await codeOf(refuse()), 'level_too_low');
    }
    await save({ scopes: [READONLY] });
    for (const refuse of [
      () => handlers.getToken({ access: 'send' }, never),
      () => handlers.confirmSend(QUESTION, never),
    ]) {
      assert.equal(await codeOf(refuse()), 'scope_not_granted');
    }
    assert.equal(sandbox.requests.length, before);
    assert.deepEqual([asked, told], [[], []]);
  });

  it('follows the administrator’s limit from one request to the next', async () => {
    await save();
    assert.equal((await handlers.confirmSend(QUESTION, never)).answer, 'send');
    maximum = 'organise';
    assert.equal(await codeOf(handlers.confirmSend(QUESTION, never)), 'level_too_low');
    assert.equal(await codeOf(handlers.getToken({ access: 'send' }, never)), 'level_too_low');
  });

  describe('reads the secret storage for a token', () => {
    const KEY = () => `account:${sandbox.address}`;
    const reads = async (params: Partial<Params<'getToken'>> = {}) => {
      vault.reads.length = 0;
      await handlers.getToken({ access: 'read', ...params }, never);
      return vault.reads;
    };

    it('once where it has one, named or by default, and once more where Google is asked', async () => {
      await save();
      assert.deepEqual(await reads(), [KEY(), KEY()]);
      assert.deepEqual(await reads(), [KEY()]);
      assert.deepEqual(await reads({ account: sandbox.address }), [KEY()]);
    });

    it('once for each account to find the default one, and once for a named one', async () => {
      await save();
      await save({ email: 'other@example.org' });
      await reads();
      assert.deepEqual(await reads(), [KEY(), 'account:other@example.org']);
      assert.deepEqual(await reads({ account: sandbox.address }), [KEY()]);
    });
  });

  it('hands out no token that it has after a sign-out, to whoever names the account or does not', async () => {
    await save();
    for (const params of [{}, { account: sandbox.address }]) {
      const ask = () => handlers.getToken({ access: 'read', ...params }, never);
      await ask();
      await store.remove(sandbox.address);
      assert.equal(await codeOf(ask()), 'signed_out');
      await save();
    }
  });

  it('hands out no token of before a new sign-in', async () => {
    await save();
    const { value } = await handlers.getToken({ access: 'read' }, never);
    const refreshToken = sandbox.grants.grant(sandbox.client.id, [READONLY]);
    await save({ refreshToken, signedInAt: Date.now() + 1000 });
    const fresh = await handlers.getToken({ access: 'read', account: sandbox.address }, never);
    assert.notEqual(fresh.value, value);
    assert.deepEqual(sandbox.grants.find(fresh.value)?.scopes, [READONLY]);
  });

  it('goes by the scopes of the token where the sign-in did not name them', async () => {
    await save({ refreshToken: sandbox.grants.grant(sandbox.client.id, [READONLY]) });
    assert.equal(await codeOf(handlers.getToken({ access: 'send' }, never)), 'scope_not_granted');
    assert.equal((await handlers.getToken({ access: 'read' }, never)).account, sandbox.address);
  });

  it('renews a token at every level', async () => {
    await save({ level: 'read' });
    assert.equal((await handlers.renewToken({}, never)).account, sandbox.address);
  });

  it('says which account the person is asked about, and that it is no real one', async () => {
    await save();
    const { account } = await handlers.confirmSend({ ...QUESTION, account: sandbox.address.toUpperCase() }, never);
    assert.equal(account, sandbox.address);
    assert.deepEqual(asked, [[sandbox.address, true]]);
  });

  it('counts an answer to a withdrawn question for nothing', async () => {
    await save();
    assert.equal(await codeOf(handlers.confirmSend(QUESTION, AbortSignal.abort())), 'cancelled');
  });

  describe('notes', () => {
    const kinds = () => noted.map((entry) => entry.kind);

    it('a token before it is handed out, once for each client that gets it', async () => {
      await save();
      for (const client of ['one', 'one', 'two']) await handlers.getToken({ access: 'read', client }, never);
      await handlers.renewToken({ client: 'one' }, never);
      const clients = noted.map((entry) => entry.kind === 'token' && entry.client);
      assert.deepEqual(clients, ['one', 'two', 'one']);
      assert.deepEqual([noted[0]?.account, noted[0]?.isSandbox], [sandbox.address, true]);
    });

    it('how a question ended, and no question that nobody was asked', async () => {
      await save();
      assert.equal((await handlers.confirmSend(QUESTION, never)).isAsked, true);
      await problemOf(handlers.confirmSend(QUESTION, AbortSignal.abort()));
      const change = { title: 'Archive?', verb: 'Archive', facts: [], examples: [] };
      await handlers.confirmChange(change, never);
      policy = new MemoryPolicy('never');
      assert.equal((await handlers.confirmSend(QUESTION, never)).isAsked, false);
      assert.deepEqual(
        noted.map((entry) => entry.kind === 'answer' && `${entry.question} ${entry.answer}`),
        ['send yes', 'send withdrawn', 'change yes'],
      );
    });

    it('a call with the address of an account of the user’s, and with no other', async () => {
      await save();
      const report = { tool: 'gmail_list_labels', client: 'one', outcome: 'done', approval: 'none' } as const;
      for (const account of [sandbox.address.toUpperCase(), 'mallory@example.com']) {
        await handlers.noteCall({ ...report, account }, never);
      }
      assert.deepEqual(
        noted.map(({ account }) => account),
        [sandbox.address, undefined],
      );
      assert.ok(!JSON.stringify(noted).includes('mallory'));
    });

    it('what became of a message, though the record cannot be written', async () => {
      await save();
      assert.equal((await handlers.confirmSend({ ...QUESTION, kind: 'draft' }, never)).question, undefined);
      const { question } = await handlers.confirmSend(QUESTION, never);
      assert.deepEqual([question, letGo], [QUESTION_NAME, 1]);
      refusing = Problem.of('activity_unwritable', { reason: 'ENOSPC' });
      const report = {
        tool: 'gmail_send_email',
        client: 'one',
        outcome: 'done',
        approval: 'person',
        deed: 'sent',
      } as const;
      await problemOf(handlers.noteCall({ ...report, account: sandbox.address, question: QUESTION_NAME }, never));
      assert.deepEqual(ended, [QUESTION_NAME]);
    });

    it('that the search which hides mail fits nothing, of an account of the user’s', async () => {
      await save();
      const report = { tool: 'gmail_search_emails', client: 'one', outcome: 'failed', approval: 'none' } as const;
      const reason = 'hidden_label_unknown';
      await handlers.noteCall({ ...report, reason, account: 'mallory@example.com' }, never);
      await handlers.noteCall({ ...report, reason: 'offline', account: sandbox.address }, never);
      assert.deepEqual(hidden, []);
      await handlers.noteCall({ ...report, reason, account: sandbox.address }, never);
      assert.deepEqual(hidden, [[sandbox.address, 'label:private']]);
    });

    it('or does nothing: no token, no answer and no call without its line, and the person hears why', async () => {
      await save();
      refusing = Problem.of('activity_unwritable', { reason: 'ENOSPC' });
      const report = { tool: 'gmail_list_labels', client: 'one', outcome: 'done', approval: 'none' } as const;
      for (const work of [
        () => handlers.getToken({ access: 'read' }, never),
        () => handlers.confirmSend(QUESTION, never),
        () => handlers.noteCall({ ...report, account: sandbox.address }, never),
      ]) {
        assert.equal(await codeOf(work()), 'activity_unwritable');
      }
      assert.deepEqual([kinds(), new Set(told.map(([, code]) => code))], [[], new Set(['activity_unwritable'])]);
    });
  });

  it('tells apart an unknown account, one that cannot be read, and none at all', async () => {
    const find = (account?: string) => handlers.getToken({ access: 'read', ...(account ? { account } : {}) }, never);
    assert.equal(await codeOf(find()), 'signed_out');
    assert.equal(await codeOf(find('lena@example.org')), 'signed_out');
    for (let index = 0; index < 12; index += 1) await save({ email: `${index}@example.org`, signedInAt: index });
    await vault.store('account:old@example.org', '{}');
    const unknown = await problemOf(find('lena@example.org'));
    assert.equal(unknown.code, 'account_unknown');
    assert.match(unknown.explain('editor').why, /^Signed in: .*9@example\.org and 2 more\.$/);
    assert.match((await problemOf(find('OLD@example.org'))).explain('editor').what, /^OLD@example\.org is signed out/);
  });

  it('tells the person what keeps a mailbox from working', async () => {
    const refreshToken = sandbox.grants.grant(sandbox.client.id, [READONLY]);
    sandbox.grants.end(refreshToken, 'revoked');
    await save({ refreshToken });
    assert.equal(await codeOf(handlers.getToken({ access: 'read' }, never)), 'grant_dead');
    assert.equal(await codeOf(handlers.renewToken({}, never)), 'grant_dead');
    assert.deepEqual(told, Array(2).fill([sandbox.address, 'grant_dead']));
    assert.deepEqual(recovered, []);
  });
});
