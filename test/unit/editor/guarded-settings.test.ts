import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { GuardedSettings, type GuardOptions, placeOf } from '../../../src/editor/limits/guarded-settings.ts';
import { storedAccount } from '../../support/account.ts';
import { type MemoryVault, memoryVault } from '../../support/vault.ts';

type Settings = ReturnType<GuardOptions['settings']>;

const ACCOUNT = storedAccount();
const STRICT: Settings = {
  hiddenQuery: 'label:private',
  showsCodes: false,
  maximumAccess: 'draft',
  recordsActivity: true,
};
const LOOSE: Settings = { hiddenQuery: '', showsCodes: true, maximumAccess: 'full', recordsActivity: false };

describe('settings that keep mail out of reach', () => {
  let vault: MemoryVault;
  let store: AccountStore;
  let settings: Settings;
  let isFocused: boolean;
  /** The questions so far, and how the next ones are answered; a question without an answer stands open. */
  let [asked, answers]: [string[][], (boolean | Promise<boolean>)[]] = [[], []];
  let changes = 0;

  beforeEach(() => {
    vault = memoryVault();
    store = new AccountStore(vault);
    settings = { ...STRICT };
    [asked, answers, isFocused, changes] = [[], [], true, 0];
  });

  const newGuard = (place = 'here') =>
    new GuardedSettings({
      store,
      vault,
      place,
      settings: () => settings,
      ask: (lines) => {
        asked.push([...lines]);
        return Promise.resolve(answers.shift() ?? new Promise<boolean>(() => undefined));
      },
      isFocused: () => isFocused,
      onChange: () => {
        changes += 1;
      },
    });
  const holding = (guard: GuardedSettings) => ({
    ...guard.privacy(),
    maximumAccess: guard.maximumLevel(),
    recordsActivity: guard.recordsActivity(),
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  /** A guard of somebody who is signed in with the strict settings. */
  const signedIn = async (place?: string) => {
    await store.save(ACCOUNT);
    const guard = newGuard(place);
    await guard.follow();
    return guard;
  };
  const change = async (guard: GuardedSettings, to: Partial<Settings>) => {
    settings = { ...settings, ...to };
    await guard.follow();
    await turn();
  };

  it('hold as they are where nobody is signed in, without a question and without a trace', async () => {
    const guard = newGuard();
    await guard.follow();
    assert.deepEqual(holding(guard), STRICT);
    await change(guard, LOOSE);
    assert.deepEqual(holding(guard), LOOSE);
    assert.deepEqual([asked, vault.writes], [[], []]);
  });

  it('hold as they are when somebody signs in, and when the next window opens', async () => {
    settings = { ...LOOSE };
    assert.deepEqual(holding(await signedIn()), LOOSE);
    assert.deepEqual(holding(await signedIn()), LOOSE);
    assert.deepEqual(asked, []);
  });

  it('are loosened by an answer alone, and until then the stricter ones hold', async () => {
    const guard = await signedIn();
    const answer = Promise.withResolvers<boolean>();
    answers.push(answer.promise);
    await change(guard, LOOSE);
    assert.deepEqual(holding(guard), STRICT);
    assert.equal(asked.length, 1);
    const text = asked[0]?.join('\n') ?? '';
    assert.match(text, /^Hide no mail from the agent; until now: mail that “label:private” finds/);
    assert.match(text, /Show the agent one-time codes.*\nLet accounts allow the agent up to Full; until now: Draft/);
    assert.match(text, /\nRecord no longer what agents read, send and change/);
    // Whatever happens meanwhile, it is one question.
    await guard.follow();
    assert.equal(asked.length, 1);
    const before = changes;
    answer.resolve(true);
    await turn();
    assert.deepEqual(holding(guard), LOOSE);
    assert.ok(changes > before);
    assert.deepEqual(holding(await signedIn()), LOOSE);
    assert.equal(asked.length, 1);
  });

  it('are tightened at once, while a question stands too, and then it takes an answer to loosen them', async () => {
    settings = { ...LOOSE };
    const guard = await signedIn();
    await change(guard, { showsCodes: false });
    assert.deepEqual([guard.privacy().showsCodes, asked], [false, []]);
    await change(guard, { showsCodes: true });
    assert.deepEqual([guard.privacy().showsCodes, asked.length], [false, 1]);
    const tighter = { hiddenQuery: 'label:private', maximumAccess: 'read', recordsActivity: true } as const;
    await change(guard, tighter);
    assert.deepEqual(holding(guard), { ...tighter, showsCodes: false });
    assert.equal(asked.length, 1);
  });

  it('are not asked about again for a value that was refused, until it changes', async () => {
    const guard = await signedIn();
    answers = [false];
    await change(guard, { maximumAccess: 'full' });
    await guard.follow();
    await (await signedIn()).follow();
    assert.deepEqual([asked.length, guard.maximumLevel()], [1, 'draft']);
    answers = [false];
    await change(guard, { maximumAccess: 'organise' });
    assert.deepEqual([asked.length, guard.maximumLevel()], [2, 'draft']);
    await change(guard, { maximumAccess: 'draft' });
    answers = [true];
    await change(guard, { maximumAccess: 'organise' });
    assert.deepEqual([asked.length, guard.maximumLevel()], [3, 'organise']);
  });

  it('hold that activity is recorded where they were kept before it was', async () => {
    await signedIn();
    const [key, kept] = [...vault.values].find(([name]) => name.startsWith('guard:')) ?? assert.fail();
    const { recordsActivity, ...held } = JSON.parse(kept).held;
    assert.equal(recordsActivity, true);
    vault.values.set(key, JSON.stringify({ ...JSON.parse(kept), held }));
    settings = { ...LOOSE };
    const guard = newGuard();
    await guard.follow();
    // What was held is held on, and no later setting takes its place.
    assert.deepEqual(holding(guard), STRICT);
  });

  it('are as the answer was about, not as they were changed meanwhile', async () => {
    const guard = await signedIn();
    const answer = Promise.withResolvers<boolean>();
    answers.push(answer.promise);
    await change(guard, { maximumAccess: 'organise' });
    await change(guard, { maximumAccess: 'full' });
    answer.resolve(true);
    await turn();
    assert.equal(guard.maximumLevel(), 'draft');
    assert.equal(asked.length, 2);
    assert.match(asked[1]?.join() ?? '', /up to Full/);
  });

  it('hide what the old search finds and what the new one finds, until the person has answered', async () => {
    const guard = await signedIn();
    const answer = Promise.withResolvers<boolean>();
    answers.push(answer.promise);
    await change(guard, { hiddenQuery: 'from:bank' });
    assert.equal(guard.privacy().hiddenQuery, '(label:private) OR (from:bank)');
    answer.resolve(true);
    await turn();
    assert.equal(guard.privacy().hiddenQuery, 'from:bank');
    await change(guard, { hiddenQuery: 'from:bank OR label:private' });
    assert.equal(guard.privacy().hiddenQuery, 'from:bank OR label:private');
    assert.equal(asked.length, 1);
  });

  it('hide everything while the search is misspelt, and go on without a question once it is mended', async () => {
    const guard = await signedIn();
    await change(guard, { hiddenQuery: 'lable:private' });
    assert.equal(guard.privacy().hiddenQuery, 'lable:private');
    await change(guard, { hiddenQuery: 'label:private' });
    assert.equal(guard.privacy().hiddenQuery, 'label:private');
    assert.equal(asked.length, 0);
    await change(guard, { hiddenQuery: 'lable:private' });
    await change(guard, { hiddenQuery: '' });
    assert.deepEqual([guard.privacy().hiddenQuery, asked.length], ['label:private', 1]);
  });

  it('allow reading alone while the level is misspelt, and what they did once it is mended', async () => {
    settings = { ...LOOSE };
    const guard = await signedIn();
    await change(guard, { maximumAccess: undefined });
    assert.equal(guard.maximumLevel(), 'read');
    await change(guard, { maximumAccess: 'full' });
    assert.deepEqual([guard.maximumLevel(), asked], ['full', []]);
  });

  it('are asked about in the window where the person is', async () => {
    const guard = await signedIn();
    isFocused = false;
    await change(guard, LOOSE);
    assert.deepEqual([holding(guard), asked], [STRICT, []]);
    isFocused = true;
    await guard.follow();
    assert.equal(asked.length, 1);
  });

  it('hold in a second window as they were answered in the first', async () => {
    const [first, second] = [await signedIn(), await signedIn()];
    answers = [true];
    await change(first, LOOSE);
    isFocused = false;
    await second.follow();
    assert.deepEqual([holding(second), asked.length], [LOOSE, 1]);
  });

  it('of another computer or profile begin no looser than those that are known, and go their own way', async () => {
    const here = await signedIn();
    settings = { ...LOOSE };
    answers = [true];
    const there = await signedIn('there');
    await turn();
    assert.deepEqual([holding(there), asked.length], [LOOSE, 1]);
    settings = { ...STRICT };
    await here.follow();
    settings = { ...LOOSE };
    await there.follow();
    assert.equal(asked.length, 1);
  });

  it('are free again when everybody has signed out', async () => {
    const guard = await signedIn();
    await store.remove(ACCOUNT.email);
    await guard.follow();
    assert.deepEqual([...vault.values], []);
    await change(guard, LOOSE);
    assert.deepEqual([holding(guard), asked], [LOOSE, []]);
  });

  it('are guarded for the sandbox too, which leaves nothing in the secret storage', async () => {
    await store.saveTemporarily({ ...ACCOUNT, sandboxOrigin: 'http://127.0.0.1:1' });
    const guard = newGuard();
    await guard.follow();
    await change(guard, LOOSE);
    assert.deepEqual([holding(guard), asked.length, vault.writes], [STRICT, 1, []]);
  });

  it('are the strictest while the secret storage does not answer', async () => {
    settings = { ...LOOSE };
    const guard = await signedIn();
    const { get } = vault;
    vault.get = () => Promise.reject(new Error('locked'));
    await guard.follow();
    assert.deepEqual(holding(guard), {
      hiddenQuery: '',
      showsCodes: false,
      maximumAccess: 'read',
      recordsActivity: true,
    });
    vault.get = get;
    await guard.follow();
    assert.deepEqual(holding(guard), LOOSE);
  });

  it('are known without a look into the secret storage', async () => {
    const guard = await signedIn();
    vault.reads.length = 0;
    for (let count = 0; count < 10; count += 1) holding(guard);
    assert.deepEqual(vault.reads, []);
  });

  it('belong to a computer and a profile', async () => {
    const kept = new Map<string, unknown>();
    const profile = {
      keys: () => [...kept.keys()],
      get: <T>(key: string) => kept.get(key) as T,
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
    const place = await placeOf(profile, undefined);
    assert.equal(await placeOf(profile, undefined), place);
    assert.notEqual(await placeOf(profile, 'wsl'), place);
    kept.clear();
    assert.notEqual(await placeOf(profile, undefined), place);
  });
});
