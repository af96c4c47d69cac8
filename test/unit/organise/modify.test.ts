import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ChangeQuestion } from '../../../src/broker/change-protocol.ts';
import { type Modified, modifyMessages, type Preview } from '../../../src/organise/modify.ts';
import type { ModifyRequest } from '../../../src/organise/modify-request.ts';
import { Selections } from '../../../src/organise/selections.ts';
import { MOST_CHANGED } from '../../../src/shared/changes/change-allowance.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { problemOf } from '../support.ts';
import { openRules, ownLabel, StubOrganiser } from './stub-organiser.ts';

describe('changing messages', () => {
  let mail: StubOrganiser;
  let selections: Selections;
  let rules = openRules();
  beforeEach(() => {
    [mail, selections, rules] = [new StubOrganiser(), new Selections(), openRules()];
    mail.messages = ['a', 'b'];
  });

  const run = (request: ModifyRequest) =>
    modifyMessages(request, {
      ...{ organiser: mail.door, rules, selections, source: 'editor' },
      reopen: async () => mail.door,
      onChanged: () => undefined,
    });
  const change = async (request: ModifyRequest) => ((await run(request)) as Modified).lines.join('\n');
  const names = () => mail.labelled.map(({ name }) => name);
  /** Has the person asked, and answers the question. */
  const asked = async (request: ModifyRequest, meanwhile: () => void = () => undefined) => {
    const questions: ChangeQuestion[] = [];
    const open = openRules(async (question) => {
      questions.push(question);
      meanwhile();
    });
    rules = { ...open, take: async () => ({ isAllowed: false, limit: 'labels', recent: 0 }) };
    await run(request);
    const [question] = questions;
    assert.ok(question);
    return question;
  };

  describe('of more than one call takes', () => {
    beforeEach(() => {
      mail.messages = Array.from({ length: MOST_CHANGED + 1 }, (_, at) => `m${at}`);
    });

    it('leaves what is beyond to the next call, which its selection names', async () => {
      const text = await change({ query: 'x', action: 'archive' });
      assert.match(text, /\n1 more message was found: go on with selection s-\w+\./);
      assert.equal(mail.changes[0]?.ids.length, MOST_CHANGED);
      await change({ selection: /s-\w+/.exec(text)?.[0], action: 'archive' });
      assert.deepEqual(mail.changes[1]?.ids, [`m${MOST_CHANGED}`]);
    });

    it('says in the question what is left', async () => {
      mail.hasMore = true;
      const { title, facts } = await asked({ query: 'x', action: 'archive' });
      assert.equal(title, 'Archive 5,000 messages?');
      assert.ok(facts.includes('1 more message is left for the next call.'));
      assert.ok(facts.includes('The search finds still more.'));
    });
  });

  it('says in a preview where the search finds more than are counted', async () => {
    const notes = async () => ((await run({ query: 'x', preview: true })) as Preview).notes;
    assert.deepEqual(await notes(), []);
    mail.hasMore = true;
    assert.deepEqual(await notes(), ['The search finds still more than these.']);
  });

  it('says that the change is made where it could not be noted', async () => {
    const gone = () => Promise.reject(Problem.of('editor_absent', {}));
    const { journal } = rules;
    const text = await change({ query: 'x', action: 'archive' });
    assert.match(text, /^Archived: 2 messages\.$.*^gmail_undo takes it back\.$/ms);
    for (const end of [gone, async () => false]) {
      rules = { ...rules, journal: { ...journal, end } };
      assert.match(
        await change({ query: 'x', action: 'archive' }),
        /^Archived: 2 messages\.\nThe change could not be noted, so that gmail_undo does not take it back\.$/,
      );
    }
    assert.equal(mail.changes.length, 3);
  });

  describe('with labels', () => {
    const put = (...add_labels: string[]): ModifyRequest => ({ query: 'x', add_labels, create_labels: true });

    it('of which one cannot be created, creates none', async () => {
      mail.refused = ['Two/B'];
      assert.equal((await problemOf(run(put('One/A', 'Two/B')))).code, 'google_failed');
      assert.deepEqual([names(), mail.changes], [[], []]);
    });

    it('says which of them stay where they cannot be deleted again', async () => {
      [mail.refused, mail.stuck] = [['Two'], ['One']];
      const problem = await problemOf(run(put('One/A', 'Two')));
      const { what, why, next } = problem.explain('editor');
      assert.match(what, /could not delete again: the label One\.$/);
      assert.doesNotMatch(`${what} ${why} ${next}`, /nothing was changed/i);
      assert.deepEqual(names(), ['One']);
    });

    it('creates none where the change cannot begin', async () => {
      mail.place = () => Promise.reject(Problem.of('google_failed', { status: '503' }));
      assert.equal((await problemOf(run(put('One')))).code, 'google_failed');
      assert.deepEqual(names(), []);
    });

    it('takes one that another call has created while the person was asked', async () => {
      await asked(put('Boats', 'New'), () => mail.labelled.push(ownLabel('boats', 'theirs')));
      assert.deepEqual(names(), ['boats', 'New']);
      assert.deepEqual(mail.changes[0]?.add, ['theirs', 'id of New']);
    });

    it('takes one that another call creates in the same moment, and nothing for one that Gmail refuses', async () => {
      const { createLabel } = mail;
      mail.createLabel = async ({ name }) => {
        const wrong = Problem.of('label_name_wrong', { label: name, reason: 'Google said: Label name exists' });
        if (name === 'Odd') throw wrong;
        if (name !== 'New') return createLabel.call(mail, { name });
        mail.labelled.push(ownLabel('New', 'theirs'));
        throw wrong;
      };
      await change(put('New/Below'));
      assert.deepEqual(names(), ['New', 'New/Below']);
      assert.deepEqual(mail.changes[0]?.add, ['id of New/Below']);
      assert.equal((await problemOf(run(put('Other', 'Odd')))).code, 'label_name_wrong');
      assert.deepEqual(names(), ['New', 'New/Below']);
    });

    it('takes one by its very name before one that has this name as its id', async () => {
      mail.labelled = [ownLabel('Receipts', 'Label_2'), ownLabel('Label_2', 'Label_7')];
      assert.match(await change({ query: 'x', add_labels: ['Label_2'] }), /^Labelled Label_2: /);
      assert.deepEqual(mail.changes[0]?.add, ['Label_7']);
    });

    it('refuses the same one to be put on and taken off, however it is named', async () => {
      mail.labelled = [ownLabel('Boats/Ferries', 'Label_7')];
      for (const [on, off] of [
        ['Boats/Ferries', 'boats / FERRIES'],
        ['boats/ferries', 'Label_7'],
        ['Label_7', 'Boats/Ferries'],
      ] as const) {
        const request = { query: 'x', add_labels: [on], remove_labels: [off] };
        assert.equal((await problemOf(run(request))).code, 'labels_conflict', `${on}, ${off}`);
        assert.equal((await problemOf(run({ ...request, preview: true }))).code, 'labels_conflict');
      }
      assert.deepEqual(mail.changes, []);
    });

    it('asks in the words of the label, whatever is in it', async () => {
      mail.labelled = [ownLabel('10% off'), ownLabel('$& %')];
      const remove_labels = ['$& %'];
      const first = await asked({ query: 'x', add_labels: ['10% off'], remove_labels });
      assert.equal(first.title, 'Label 2 messages 10% off and take $& % off them?');
      assert.equal(first.verb, 'Label 10% off (2)');
      const second = await asked({ query: 'x', action: 'trash', add_labels: ['10% off'] });
      assert.equal(second.title, 'Move 2 messages to the trash and label them 10% off?');
      assert.equal(second.verb, 'Move to the trash (2)');
    });
  });
});
