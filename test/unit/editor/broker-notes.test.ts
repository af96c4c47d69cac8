import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem } from '../../../src/shared/problems.ts';
import { questionOf } from '../../support/question.ts';
import { MemoryPolicy } from '../../support/window.ts';
import { problemOf } from '../support.ts';
import { codeOf, type Desk, deskPerTest, never, QUESTION_NAME } from './desk.ts';

const QUESTION = questionOf();

describe('what a window notes of its servers', () => {
  let desk: Desk;
  deskPerTest((fresh) => {
    desk = fresh;
  });

  const kinds = () => desk.noted.map((entry) => entry.kind);

  it('a token before it is handed out, once for each client that gets it', async () => {
    await desk.save();
    for (const client of ['one', 'one', 'two']) await desk.handlers.getToken({ access: 'read', client }, never);
    await desk.handlers.renewToken({ client: 'one' }, never);
    const clients = desk.noted.map((entry) => entry.kind === 'token' && entry.client);
    assert.deepEqual(clients, ['one', 'two', 'one']);
    assert.deepEqual([desk.noted[0]?.account, desk.noted[0]?.isSandbox], [desk.sandbox.address, true]);
  });

  it('how a question desk.ended, and no question that nobody was asked', async () => {
    await desk.save();
    assert.equal((await desk.handlers.confirmSend(QUESTION, never)).isAsked, true);
    await problemOf(desk.handlers.confirmSend(QUESTION, AbortSignal.abort()));
    const change = { title: 'Archive?', verb: 'Archive', facts: [], examples: [] };
    await desk.handlers.confirmChange(change, never);
    desk.policy = new MemoryPolicy('never');
    assert.equal((await desk.handlers.confirmSend(QUESTION, never)).isAsked, false);
    assert.deepEqual(
      desk.noted.map((entry) => entry.kind === 'answer' && `${entry.question} ${entry.answer}`),
      ['send yes', 'send withdrawn', 'change yes'],
    );
  });

  it('a call with the address of an account of the user’s, and with no other', async () => {
    await desk.save();
    const report = { tool: 'gmail_list_labels', client: 'one', outcome: 'done', approval: 'none' } as const;
    for (const account of [desk.sandbox.address.toUpperCase(), 'mallory@example.com']) {
      await desk.handlers.noteCall({ ...report, account }, never);
    }
    assert.deepEqual(
      desk.noted.map(({ account }) => account),
      [desk.sandbox.address, undefined],
    );
    assert.ok(!JSON.stringify(desk.noted).includes('mallory'));
  });

  it('what became of a message, though the record cannot be written', async () => {
    await desk.save();
    assert.equal((await desk.handlers.confirmSend({ ...QUESTION, kind: 'draft' }, never)).question, undefined);
    const { question } = await desk.handlers.confirmSend(QUESTION, never);
    assert.deepEqual([question, desk.letGo], [QUESTION_NAME, 1]);
    desk.refusing = Problem.of('activity_unwritable', { reason: 'ENOSPC' });
    const report = {
      tool: 'gmail_send_email',
      client: 'one',
      outcome: 'done',
      approval: 'person',
      deed: 'sent',
    } as const;
    await problemOf(
      desk.handlers.noteCall({ ...report, account: desk.sandbox.address, question: QUESTION_NAME }, never),
    );
    assert.deepEqual(desk.ended, [QUESTION_NAME]);
  });

  it('that the search which hides mail fits nothing, of an account of the user’s', async () => {
    await desk.save();
    const report = { tool: 'gmail_search_emails', client: 'one', outcome: 'failed', approval: 'none' } as const;
    const reason = 'hidden_label_unknown';
    await desk.handlers.noteCall({ ...report, reason, account: 'mallory@example.com' }, never);
    await desk.handlers.noteCall({ ...report, reason: 'offline', account: desk.sandbox.address }, never);
    assert.deepEqual(desk.hidden, []);
    await desk.handlers.noteCall({ ...report, reason, account: desk.sandbox.address }, never);
    assert.deepEqual(desk.hidden, [[desk.sandbox.address, 'label:private']]);
  });

  it('or does nothing: no token, no answer and no call without its line, and the person hears why', async () => {
    await desk.save();
    desk.refusing = Problem.of('activity_unwritable', { reason: 'ENOSPC' });
    const report = { tool: 'gmail_list_labels', client: 'one', outcome: 'done', approval: 'none' } as const;
    for (const work of [
      () => desk.handlers.getToken({ access: 'read' }, never),
      () => desk.handlers.confirmSend(QUESTION, never),
      () => desk.handlers.noteCall({ ...report, account: desk.sandbox.address }, never),
    ]) {
      assert.equal(await codeOf(work()), 'activity_unwritable');
    }
    assert.deepEqual([kinds(), new Set(desk.told.map(([, code]) => code))], [[], new Set(['activity_unwritable'])]);
  });
});
