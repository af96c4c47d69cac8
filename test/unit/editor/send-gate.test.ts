import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { SendQuestion } from '../../../src/broker/send-question.ts';
import { questionOf } from '../../support/question.ts';
import { problemOf } from '../support.ts';
import { freshTurns, modals, press, settle, told } from './modals-stand-in.ts';

const { SendGate } = await import('../../../src/editor/gate/send-gate.ts');

describe('the gate', () => {
  let opened: SendQuestion[];
  let kept: SendQuestion[];
  let gate: InstanceType<typeof SendGate>;
  beforeEach(() => {
    [opened, kept] = [[], []];
    const ask = async (question: SendQuestion) => {
      opened.push(question);
      return 'send' as const;
    };
    const keep = async (question: SendQuestion) => void kept.push(question);
    gate = new SendGate({ ask, keep }, freshTurns());
  });
  const ask = (changes: Partial<SendQuestion> = {}, signal = new AbortController().signal) => {
    const answer = gate.ask(questionOf(changes), false, signal);
    answer.catch(() => undefined);
    return answer;
  };

  it('gives the focus, which is the first button’s, to what sends nothing', async () => {
    void ask();
    await settle();
    assert.deepEqual(modals[0]?.buttons, ['Show Message', 'Save as Draft', 'Send']);
    await press(undefined);
    void ask({ kind: 'draft' });
    await settle();
    assert.deepEqual(modals[1]?.buttons, ['Show Message', 'Save as Draft']);
  });

  it('takes each answer', async () => {
    for (const [button, expected] of [
      ['Send', 'send'],
      ['Save as Draft', 'draft'],
      [undefined, 'decline'],
    ] as const) {
      const answer = ask();
      await press(button);
      assert.equal(await answer, expected);
    }
    assert.equal(opened.length, 0);
    const shown = ask();
    await press('Show Message');
    assert.equal(await shown, 'send');
    assert.equal(opened.length, 1);
  });

  it('is deaf for the first second of each opening, to every button', async () => {
    const answer = ask();
    for (const button of ['Send', 'Save as Draft', 'Show Message', undefined]) await press(button, 999);
    assert.equal(modals.length, 5);
    assert.equal(opened.length, 0);
    await press('Send', 1_000);
    assert.equal(await answer, 'send');
  });

  it('takes a key that stays down for no', async () => {
    const answer = ask();
    for (let times = 0; times < 10; times += 1) await press('Send', 30);
    assert.equal(await answer, 'decline');
    assert.equal(modals.length, 10);
  });

  it('asks one question at a time', async () => {
    const [first, second] = [ask({ account: 'one@x.example' }), ask({ account: 'two@x.example' })];
    await settle();
    assert.equal(modals.length, 1);
    await press(undefined);
    assert.equal(await first, 'decline');
    assert.match(modals[1]?.title ?? '', /two@x\.example/);
    await press('Send');
    assert.equal(await second, 'send');
  });

  it('refuses a sixth question while five are open, and takes it once one is answered', async () => {
    const answers = Array.from({ length: 5 }, () => ask());
    assert.equal((await problemOf(ask())).code, 'questions_open');
    await press(undefined);
    await answers[0];
    void ask();
    await settle();
    assert.equal((await problemOf(ask())).code, 'questions_open');
  });

  it('never opens a question that was withdrawn before its turn', async () => {
    const call = new AbortController();
    const [first, second] = [ask(), ask({}, call.signal)];
    call.abort('cancelled');
    await press(undefined);
    assert.equal(await first, 'decline');
    assert.equal(await second, 'decline');
    assert.equal(modals.length, 1);
  });

  it('sends nothing after the question was withdrawn, and keeps a draft where that is asked for', async () => {
    for (const [button, expected, times] of [
      ['Send', 'decline', 1],
      ['Show Message', 'decline', 2],
      ['Save as Draft', 'draft', 2],
      [undefined, 'decline', 2],
    ] as const) {
      const call = new AbortController();
      const answer = ask({}, call.signal);
      await settle();
      call.abort('cancelled');
      await press(button);
      assert.equal(await answer, expected);
      assert.equal(told.length, times);
    }
    assert.match(told[0] ?? '', /^Nothing was sent: .*cancelled/);
    assert.deepEqual([opened, kept], [[], []]);
  });

  it('leaves the text open where the server has gone before the answer, but for Cancel', async () => {
    for (const [button, expected] of [
      ['Send', 1],
      [undefined, 1],
    ] as const) {
      const call = new AbortController();
      const answer = ask({}, call.signal);
      await settle();
      call.abort('gone');
      await press(button);
      assert.equal(await answer, 'decline');
      assert.equal(kept.length, expected);
    }
  });
});
