import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GuardDesk, holding, LOOSE, STRICT, turn } from './guard-desk.ts';

describe('settings that keep mail out of reach', () => {
  const desk = new GuardDesk();
  const { change, newGuard, signedIn } = desk;

  it('hold as they are where nobody is signed in, without a question and without a trace', async () => {
    const guard = newGuard();
    await guard.follow();
    assert.deepEqual(holding(guard), STRICT);
    await change(guard, LOOSE);
    assert.deepEqual(holding(guard), LOOSE);
    assert.deepEqual([desk.asked, desk.vault.writes], [[], []]);
  });

  it('hold as they are when somebody signs in, and when the next window opens', async () => {
    desk.settings = { ...LOOSE };
    assert.deepEqual(holding(await signedIn()), LOOSE);
    assert.deepEqual(holding(await signedIn()), LOOSE);
    assert.deepEqual(desk.asked, []);
  });

  it('are loosened by an answer alone, and until then the stricter ones hold', async () => {
    const guard = await signedIn();
    const answer = Promise.withResolvers<boolean>();
    desk.answers.push(answer.promise);
    await change(guard, LOOSE);
    assert.deepEqual(holding(guard), STRICT);
    assert.equal(desk.asked.length, 1);
    const text = desk.asked[0]?.join('\n') ?? '';
    assert.match(text, /^Hide no mail from the agent; until now: mail that “label:private” finds/);
    assert.match(text, /Show the agent one-time codes.*\nLet accounts allow the agent up to Full; until now: Draft/);
    assert.match(text, /\nRecord no longer what agents read, send and change/);
    // Whatever happens meanwhile, it is one question.
    await guard.follow();
    assert.equal(desk.asked.length, 1);
    const before = desk.changes;
    answer.resolve(true);
    await turn();
    assert.deepEqual(holding(guard), LOOSE);
    assert.ok(desk.changes > before);
    assert.deepEqual(holding(await signedIn()), LOOSE);
    assert.equal(desk.asked.length, 1);
  });

  it('are tightened at once, while a question stands too, and then it takes an answer to loosen them', async () => {
    desk.settings = { ...LOOSE };
    const guard = await signedIn();
    await change(guard, { showsCodes: false });
    assert.deepEqual([guard.privacy().showsCodes, desk.asked], [false, []]);
    await change(guard, { showsCodes: true });
    assert.deepEqual([guard.privacy().showsCodes, desk.asked.length], [false, 1]);
    const tighter = { hiddenQuery: 'label:private', maximumAccess: 'read', recordsActivity: true } as const;
    await change(guard, tighter);
    assert.deepEqual(holding(guard), { ...tighter, showsCodes: false });
    assert.equal(desk.asked.length, 1);
  });

  it('are not asked about again for a value that was refused, until it changes', async () => {
    const guard = await signedIn();
    desk.answers = [false];
    await change(guard, { maximumAccess: 'full' });
    await guard.follow();
    await (await signedIn()).follow();
    assert.deepEqual([desk.asked.length, guard.maximumLevel()], [1, 'draft']);
    desk.answers = [false];
    await change(guard, { maximumAccess: 'organise' });
    assert.deepEqual([desk.asked.length, guard.maximumLevel()], [2, 'draft']);
    await change(guard, { maximumAccess: 'draft' });
    desk.answers = [true];
    await change(guard, { maximumAccess: 'organise' });
    assert.deepEqual([desk.asked.length, guard.maximumLevel()], [3, 'organise']);
  });

  it('are as the answer was about, not as they were changed meanwhile', async () => {
    const guard = await signedIn();
    const answer = Promise.withResolvers<boolean>();
    desk.answers.push(answer.promise);
    await change(guard, { maximumAccess: 'organise' });
    await change(guard, { maximumAccess: 'full' });
    answer.resolve(true);
    await turn();
    assert.equal(guard.maximumLevel(), 'draft');
    assert.equal(desk.asked.length, 2);
    assert.match(desk.asked[1]?.join() ?? '', /up to Full/);
  });

  it('hide what the old search finds and what the new one finds, until the person has answered', async () => {
    const guard = await signedIn();
    const answer = Promise.withResolvers<boolean>();
    desk.answers.push(answer.promise);
    await change(guard, { hiddenQuery: 'from:bank' });
    assert.equal(guard.privacy().hiddenQuery, '(label:private) OR (from:bank)');
    answer.resolve(true);
    await turn();
    assert.equal(guard.privacy().hiddenQuery, 'from:bank');
    await change(guard, { hiddenQuery: 'from:bank OR label:private' });
    assert.equal(guard.privacy().hiddenQuery, 'from:bank OR label:private');
    assert.equal(desk.asked.length, 1);
  });

  it('hide everything while the search is misspelt, and go on without a question once it is mended', async () => {
    const guard = await signedIn();
    await change(guard, { hiddenQuery: 'lable:private' });
    assert.equal(guard.privacy().hiddenQuery, 'lable:private');
    await change(guard, { hiddenQuery: 'label:private' });
    assert.equal(guard.privacy().hiddenQuery, 'label:private');
    assert.equal(desk.asked.length, 0);
    await change(guard, { hiddenQuery: 'lable:private' });
    await change(guard, { hiddenQuery: '' });
    assert.deepEqual([guard.privacy().hiddenQuery, desk.asked.length], ['label:private', 1]);
  });

  it('allow reading alone while the level is misspelt, and what they did once it is mended', async () => {
    desk.settings = { ...LOOSE };
    const guard = await signedIn();
    await change(guard, { maximumAccess: undefined });
    assert.equal(guard.maximumLevel(), 'read');
    await change(guard, { maximumAccess: 'full' });
    assert.deepEqual([guard.maximumLevel(), desk.asked], ['full', []]);
  });

  it('are asked about in the window where the person is', async () => {
    const guard = await signedIn();
    desk.isFocused = false;
    await change(guard, LOOSE);
    assert.deepEqual([holding(guard), desk.asked], [STRICT, []]);
    desk.isFocused = true;
    await guard.follow();
    assert.equal(desk.asked.length, 1);
  });
});
