import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeOf, type Desk, deskPerTest, never } from './desk.ts';

describe('what a window does for the changes of its servers', () => {
  let desk: Desk;
  deskPerTest((fresh) => {
    desk = fresh;
  });

  it('counts what is changed without a question for each account, whatever the case of its letters', async () => {
    await desk.save();
    await desk.save({ email: 'other@example.org' });
    const take = async (account: string, count: number, kind: 'labels' | 'bin' = 'labels') =>
      (await desk.handlers.takeAllowance({ account, count, kind }, never)).isAllowed;
    assert.deepEqual(
      [await take(desk.sandbox.address, 30), await take(desk.sandbox.address.toUpperCase(), 20)],
      [true, true],
    );
    assert.equal(await take(desk.sandbox.address, 1), false);
    const other = { account: 'other@example.org', count: 50 };
    const { ticket = '' } = await desk.handlers.takeAllowance({ ...other, kind: 'labels' }, never);
    await desk.handlers.giveBackAllowance({ ...other, ticket }, never);
    assert.equal(await take('other@example.org', 11, 'bin'), false);
    assert.equal(await take('other@example.org', 10, 'bin'), true);
    desk.now += 10 * 60_000;
    assert.equal(await take(desk.sandbox.address, 50), true);
  });

  it('keeps the changes of each account, tells of them, and asks in its name', async () => {
    await desk.save();
    await desk.save({ email: 'other@example.org', level: 'organise' });
    const change = { client: 'a client', what: 'Archived', add: [], remove: ['INBOX'], own: [], from: '7' };
    const { id } = await desk.handlers.beginChange({ account: 'other@example.org', ids: ['1', '2'], change }, never);
    const end = { id, to: '9', changed: 2 };
    // A window knows of no change that another one has desk.noted.
    assert.equal((await desk.handlers.endChange({ ...end, account: desk.sandbox.address }, never)).isNoted, false);
    assert.equal((await desk.handlers.endChange({ ...end, account: 'other@example.org' }, never)).isNoted, true);
    assert.deepEqual(desk.changedMail, [['other@example.org', 'Archived', 2]]);
    const listOf = async (account: string) => (await desk.handlers.changesMade({ account }, never)).changes;
    assert.deepEqual(await listOf(desk.sandbox.address), []);
    const [made] = await listOf('other@example.org');
    assert.deepEqual([made?.window, made?.requested, made?.undone], [{ from: '7', to: '9' }, 2, undefined]);
    assert.deepEqual((await desk.handlers.changedIds({ account: 'other@example.org', id }, never)).ids, ['1', '2']);
    await desk.handlers.noteUndone({ account: 'other@example.org', id, window: { from: '9', to: '11' } }, never);
    assert.deepEqual((await listOf('other@example.org'))[0]?.undone, { from: '9', to: '11' });
    const question = { account: 'other@example.org', title: 'Archive?', verb: 'Archive', facts: [], examples: [] };
    assert.equal((await desk.handlers.confirmChange(question, never)).agrees, true);
    assert.deepEqual(desk.askedOfChange, ['other@example.org (sandbox, not a real mailbox)']);
  });

  it('lets one server at a time take a change back, and holds no change for one that has ended', async () => {
    await desk.save();
    const account = desk.sandbox.address;
    const change = { client: 'a client', what: 'Archived', add: [], remove: ['INBOX'], own: [], from: '7' };
    const begin = async () => (await desk.handlers.beginChange({ account, ids: ['1'], change }, never)).id;
    const claim = async (id: string) => (await desk.handlers.claimUndo({ account, id }, never)).claim;
    const id = await begin();
    assert.equal(await claim(id), 'under way');
    await desk.handlers.endChange({ account, id, to: '9', changed: 1 }, never);
    assert.deepEqual([await claim(id), await claim(id)], ['claimed', 'under way']);
    await desk.handlers.releaseUndo({ account, id }, never);
    assert.equal(await claim(id), 'claimed');
    desk.now += 5 * 60_000;
    assert.equal(await claim(id), 'claimed');
    await desk.handlers.noteUndone({ account, id, window: { from: '9' } }, never);
    assert.equal(await claim(id), 'taken back');
    // What changed nothing is forgotten; of what is not known it may yet turn out.
    const [none, unknown] = [await begin(), await begin()];
    const nothing = { account, id: none, to: '9', changed: 0 };
    assert.equal((await desk.handlers.endChange(nothing, never)).isNoted, true);
    await desk.handlers.endChange({ account, id: unknown }, never);
    const { changes } = await desk.handlers.changesMade({ account }, never);
    assert.deepEqual(
      changes.map((made) => made.id),
      [unknown, id],
    );
  });

  it('changes no mail of an account that may not organise', async () => {
    await desk.save({ level: 'draft' });
    const refused = desk.handlers.takeAllowance({ account: desk.sandbox.address, count: 1, kind: 'labels' }, never);
    assert.equal(await codeOf(refused), 'level_too_low');
  });
});
