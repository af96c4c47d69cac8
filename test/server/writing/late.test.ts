import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SendQuestion } from '../../../src/broker/send-question.ts';
import { accountOf } from '../../support/window.ts';
import { Desk } from './support.ts';

const LETTER = { to: 'ann@mail.example', subject: 'Tea', body: 'On Friday?' };

describe('a send whose end is not heard', () => {
  let desk: Desk;
  before(async () => {
    desk = await Desk.open();
  });
  afterEach(() => {
    desk.answer = () => true;
    desk.sandbox.faults.clear();
  });
  after(() => desk.close());

  const named = (subject: string) =>
    desk.sandbox.store.messages().filter((message) => message.header('subject') === subject);

  /** Cancels the call while the question is open, and then lets the person answer. */
  async function answerLate(subject: string, answer: boolean | 'draft', args: object = LETTER): Promise<void> {
    const asked = Promise.withResolvers<void>();
    const decided = Promise.withResolvers<boolean | 'draft'>();
    desk.answer = () => {
      asked.resolve();
      return decided.promise;
    };
    const cancel = new AbortController();
    const call = desk.server.call('gmail_send_email', { ...args, subject }, cancel.signal);
    call.catch(() => undefined);
    await asked.promise;
    cancel.abort();
    await assert.rejects(call);
    // What the server says to the window next has come behind its cancellation.
    assert.equal((await desk.server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    decided.resolve(answer);
  }

  it('is saved as a draft where the person asks for that after the call was cancelled', async () => {
    await answerLate('Late draft', 'draft');
    while (named('Late draft').length === 0) await sleep(5);
    assert.deepEqual(
      named('Late draft').map(({ labelIds }) => [...labelIds]),
      [['DRAFT']],
    );
  });

  it('changes its draft where the person asks for that then, and gives it back', async () => {
    const { id } = await desk.save(LETTER);
    await answerLate('Late change', 'draft', { draft_id: id });
    while (named('Late change').length === 0) await sleep(5);
    for (;;) {
      const { isError } = await desk.server.call('gmail_create_draft', { draft_id: id, body: 'Later.' });
      if (!isError) break;
      await sleep(5);
    }
  });

  it('leaves nothing where the person agrees after the call was cancelled', async () => {
    const before = desk.ids();
    await answerLate('Late yes', true);
    assert.equal((await desk.server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
    assert.deepEqual(desk.ids(), before);
  });

  it('is named when one just like it is asked about again, and asked about always', async () => {
    const { sandbox, window } = desk;
    const refreshToken = sandbox.grants.grant(sandbox.client.id, ['https://www.googleapis.com/auth/gmail.send']);
    await window.store.save({ ...accountOf(sandbox), refreshToken });
    sandbox.faults.add({ match: /^POST .*\/messages\/send$/, times: 1, cut: true, afterTheWork: true });
    const { json } = await desk.server.call('gmail_send_email', LETTER);
    assert.match(String(json.error), /unknown whether the message was sent/);
    const repeat = /may have been sent a few minutes ago/;
    const asked = async (letter: object): Promise<SendQuestion> => {
      desk.answer = () => false;
      await desk.server.call('gmail_send_email', { ...letter });
      return desk.question;
    };
    const again = await asked({ ...LETTER, to: 'Ann <ann@MAIL.example>' });
    assert.deepEqual([repeat.test(again.notes.join()), again.asksAlways], [true, true]);
    assert.doesNotMatch((await asked({ ...LETTER, body: 'On Saturday?' })).notes.join(), repeat);
    await window.store.save(accountOf(sandbox));
  });
});
