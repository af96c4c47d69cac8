import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOf } from '../../../src/editor/limits/guarded-settings.ts';
import { ACCOUNT, GuardDesk, holding, LOOSE, STRICT, turn } from './guard-desk.ts';

describe('settings that keep mail out of reach and are kept in the secret storage', () => {
  const desk = new GuardDesk();
  const { change, newGuard, signedIn } = desk;

  it('hold that activity is recorded where they were kept before it was', async () => {
    await signedIn();
    const [key, kept] = [...desk.vault.values].find(([name]) => name.startsWith('guard:')) ?? assert.fail();
    const { recordsActivity, ...held } = JSON.parse(kept).held;
    assert.equal(recordsActivity, true);
    desk.vault.values.set(key, JSON.stringify({ ...JSON.parse(kept), held }));
    desk.settings = { ...LOOSE };
    const guard = newGuard();
    await guard.follow();
    // What was held is held on, and no later setting takes its place.
    assert.deepEqual(holding(guard), STRICT);
  });

  it('hold in a second window as they were answered in the first', async () => {
    const [first, second] = [await signedIn(), await signedIn()];
    desk.answers = [true];
    await change(first, LOOSE);
    desk.isFocused = false;
    await second.follow();
    assert.deepEqual([holding(second), desk.asked.length], [LOOSE, 1]);
  });

  it('of another computer or profile begin no looser than those that are known, and go their own way', async () => {
    const here = await signedIn();
    desk.settings = { ...LOOSE };
    desk.answers = [true];
    const there = await signedIn('there');
    await turn();
    assert.deepEqual([holding(there), desk.asked.length], [LOOSE, 1]);
    desk.settings = { ...STRICT };
    await here.follow();
    desk.settings = { ...LOOSE };
    await there.follow();
    assert.equal(desk.asked.length, 1);
  });

  it('are free again when everybody has signed out', async () => {
    const guard = await signedIn();
    await desk.store.remove(ACCOUNT.email);
    await guard.follow();
    assert.deepEqual([...desk.vault.values], []);
    await change(guard, LOOSE);
    assert.deepEqual([holding(guard), desk.asked], [LOOSE, []]);
  });

  it('are guarded for the sandbox too, which leaves nothing in the secret storage', async () => {
    await desk.store.saveTemporarily({ ...ACCOUNT, sandboxOrigin: 'http://127.0.0.1:1' });
    const guard = newGuard();
    await guard.follow();
    await change(guard, LOOSE);
    assert.deepEqual([holding(guard), desk.asked.length, desk.vault.writes], [STRICT, 1, []]);
  });

  it('are the strictest while the secret storage does not answer', async () => {
    desk.settings = { ...LOOSE };
    const guard = await signedIn();
    const { get } = desk.vault;
    desk.vault.get = () => Promise.reject(new Error('locked'));
    await guard.follow();
    assert.deepEqual(holding(guard), {
      hiddenQuery: '',
      showsCodes: false,
      maximumAccess: 'read',
      recordsActivity: true,
    });
    desk.vault.get = get;
    await guard.follow();
    assert.deepEqual(holding(guard), LOOSE);
  });

  it('are known without a look into the secret storage', async () => {
    const guard = await signedIn();
    desk.vault.reads.length = 0;
    for (let count = 0; count < 10; count += 1) holding(guard);
    assert.deepEqual(desk.vault.reads, []);
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
