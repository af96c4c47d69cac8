import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenMessages } from '../../../src/organise/chosen.ts';
import { Selections } from '../../../src/organise/selections.ts';
import { problemOf } from '../support.ts';
import { StubOrganiser } from './stub-organiser.ts';

describe('a selection', () => {
  const found = { ids: ['a', 'b'], hasMore: true };

  it('stands for what was found, half an hour long, in the view that it was found in', async () => {
    let now = 1;
    const selections = new Selections({ now: () => now });
    const name = selections.keep('mine', found);
    assert.deepEqual(selections.get('mine', name).ids, found.ids);
    assert.equal((await problemOf(() => selections.get('another', name))).code, 'selection_gone');
    now += 30 * 60_000 + 1;
    assert.equal((await problemOf(() => selections.get('mine', name))).code, 'selection_gone');
  });

  it('is none that was never given out', async () => {
    const problem = await problemOf(() => new Selections().get('mine', '🚀'.repeat(50)));
    assert.match(problem.explain('editor').what, /^There is no selection (?:🚀){40}…\.$/u);
  });

  it('means none of the messages that are hidden since', async () => {
    const [mail, selections] = [new StubOrganiser(), new Selections()];
    mail.messages = ['b'];
    const selection = selections.keep(mail.view, found);
    const { ids, hasMore } = await chosenMessages({ selection }, mail.door, selections);
    assert.deepEqual([ids, hasMore], [['b'], true]);
  });
});
