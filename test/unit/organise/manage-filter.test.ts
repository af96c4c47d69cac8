import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { manageFilter } from '../../../src/organise/filters/manage-filter.ts';
import { problemOf } from '../support.ts';
import { openRules, ownLabel, StubOrganiser } from './stub-organiser.ts';

describe('creating filters', () => {
  let mail: StubOrganiser;
  let questions = 0;
  beforeEach(() => {
    [mail, questions] = [new StubOrganiser(), 0];
  });
  const create = (...add_labels: string[]) =>
    manageFilter(
      { operation: 'create', from: 'news@boats.example', archive: true, add_labels },
      {
        organiser: mail.door,
        rules: openRules(async () => {
          questions += 1;
        }),
      },
    );
  const names = () => mail.labelled.map(({ name }) => name);

  it('goes up to the thousand that Gmail keeps, and asks nobody beyond', async () => {
    const one = { criteria: {}, action: { add: [], remove: [] } };
    mail.kept = Array.from({ length: 999 }, (_, at) => ({ id: String(at), ...one }));
    const problem = await problemOf(create('One', 'Two'));
    assert.match(problem.explain('editor').why, /there are 999 filters, and Gmail keeps 1000/);
    assert.deepEqual([questions, names(), mail.kept.length], [0, [], 999]);
    assert.equal((await create('One')).kind, 'created');
    assert.equal(mail.kept.length, 1000);
  });

  it('asks nobody about one that there is already', async () => {
    mail.labelled = [ownLabel('One')];
    await create('One');
    const again = await problemOf(create('one'));
    assert.match(again.explain('editor').why, /there is the same one already, filter id of One/);
    assert.equal(questions, 1);
    await create('Two');
    await create('Three', 'Two');
    assert.equal((await problemOf(create('Four', 'Two'))).code, 'filter_refused');
  });

  it('lists and deletes by the id alone, and passes nothing else over', async () => {
    const tools = { organiser: mail.door, rules: openRules() };
    for (const operation of ['list', 'delete'] as const) {
      const problem = await problemOf(manageFilter({ operation, filter_id: 'x', from: 'a@x.example' }, tools));
      assert.match(problem.explain('editor').why, /^Only create takes from\.$/);
    }
  });

  it('leaves nothing where one of several fails', async () => {
    mail.labelled = [ownLabel('Two')];
    mail.refused = ['filter id of Two'];
    assert.equal((await problemOf(create('One', 'Two'))).code, 'filter_refused');
    assert.deepEqual([names(), mail.kept], [['Two'], []]);
  });

  it('says which filter and which label stay where they cannot be deleted again', async () => {
    [mail.refused, mail.stuck] = [['filter id of Two'], ['filter id of One', 'One']];
    const { what, why, next } = (await problemOf(create('One', 'Two'))).explain('editor');
    assert.match(what, /could not delete again: the filter filter id of One, the label One\.$/);
    assert.match(why, /Google said no/);
    assert.doesNotMatch(`${what} ${why} ${next}`, /nothing was changed/i);
    assert.deepEqual(names(), ['One']);
  });
});
