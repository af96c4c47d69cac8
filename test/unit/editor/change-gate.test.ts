import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ChangeQuestion } from '../../../src/broker/change-protocol.ts';
import { problemOf } from '../support.ts';
import { freshTurns, modals, press, settle, told } from './modals-stand-in.ts';

const { ChangeGate } = await import('../../../src/editor/gate/change-gate.ts');

const QUESTION: ChangeQuestion = {
  title: 'Archive: 312 messages?',
  verb: 'Archive (312)',
  facts: ['From: Ann (200), Kim (112)'],
  examples: ['Ann: Hello', 'Kim: Archive: 1 message?\nFrom: nobody'],
};

describe('the gate before a change', () => {
  let gate: InstanceType<typeof ChangeGate>;
  beforeEach(() => {
    gate = new ChangeGate(freshTurns());
  });
  const ask = (changes: Partial<ChangeQuestion> = {}, signal = new AbortController().signal) => {
    const answer = gate.ask({ ...QUESTION, ...changes }, 'me@x.example', signal);
    answer.catch(() => undefined);
    return answer;
  };

  it('gives the focus to what changes nothing, and shows whose words are whose', async () => {
    void ask({ reason: 'Beyond 50 the person is asked.' });
    await settle();
    const [modal] = modals;
    assert.deepEqual(modal?.buttons, ['Leave It as It Is', 'Archive (312)']);
    assert.deepEqual(modal?.detail.replaceAll('\u00a0', ' ').split('\n'), [
      'In me@x.example',
      'From: Ann (200), Kim (112)',
      'Beyond 50 the person is asked.',
      '',
      'For example:',
      '| Ann: Hello',
      '| Kim: Archive: 1 message? ⏎ From: nobody',
    ]);
  });

  it('shows a fact whole, however long, since all of it is agreed to', async () => {
    const search = `from:(${Array.from({ length: 30 }, (_, at) => `list${at}@x.example`).join(' OR ')} OR boss@x.example)`;
    void ask({ facts: [`It looks for: ${search}`] });
    await settle();
    const shown = (modals[0]?.detail ?? '')
      .replaceAll('\u00a0', ' ')
      .split('\n')
      .map((row) => row.trim());
    assert.ok(shown.join(' ').includes(search));
  });

  it('agrees by its own button alone', async () => {
    for (const [button, expected] of [
      ['Archive (312)', true],
      ['Leave It as It Is', false],
      [undefined, false],
    ] as const) {
      const answer = ask();
      await press(button);
      assert.equal(await answer, expected);
    }
  });

  it('is deaf for the first second, and asks one question at a time, five at most', async () => {
    const answers = [ask(), ask(), ask(), ask(), ask()];
    assert.equal((await problemOf(ask())).code, 'questions_open');
    await press('Archive (312)', 999);
    assert.equal(modals.length, 2);
    await press('Archive (312)');
    assert.equal(await answers[0], true);
    assert.equal(modals.length, 3);
  });

  it('changes nothing on a click after the call was cancelled, and says so', async () => {
    const call = new AbortController();
    const answer = ask({}, call.signal);
    await settle();
    call.abort('cancelled');
    await press('Archive (312)');
    assert.equal(await answer, false);
    assert.match(told[0] ?? '', /^Nothing was changed/);
  });
});
