import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { file } from '../../support/mail.ts';
import { addresses, contentOf, Desk, put } from './support.ts';

const PDF = { type: 'application/pdf', name: 'plan.pdf', content: '%PDF-1.7 plan' };

describe('a draft', () => {
  let desk: Desk;
  let original: StoredMessage;
  before(async () => {
    desk = await Desk.open();
    const headers = { Cc: 'cy@mail.example' };
    original = await file(desk.sandbox.store, { subject: 'Plans', headers, files: [PDF] }, { at: Date.now() });
  });
  afterEach(() => {
    desk.answer = () => true;
  });
  after(() => desk.close());

  /** An answer to all with a file, kept as a draft. */
  const answer = () =>
    desk.save({
      reply_to_message_id: original.id,
      reply_all: true,
      bcc: 'dee@mail.example',
      body: 'First words.',
      attachments: [{ message_id: original.id, part_id: '1' }],
    });

  it('needs no recipient, subject or question', async () => {
    const before = desk.window.questions.length;
    const { message } = await desk.save({ body: 'A thought.' });
    assert.deepEqual([...message.labelIds], ['DRAFT']);
    const { to, subject, body } = await contentOf(message);
    assert.deepEqual([to, subject], [[], '']);
    assert.match(body.text, /^A thought\./);
    assert.match(body.html ?? '', /<div>A thought\.<\/div>/);
    assert.equal(desk.window.questions.length, before);
  });

  it('whose saving was cut off is told as unclear, and nothing is put into the mouth of Google', async () => {
    desk.sandbox.faults.add({ match: /^POST .*\/drafts$/, times: 1, cut: true });
    const { isError, text } = await desk.server.call('gmail_create_draft', { body: 'A thought.' });
    assert.equal(isError, true);
    assert.match(text, /ECONNRESET|socket hang up/);
    assert.doesNotMatch(text, /Google said/);
  });

  it('keeps what an update does not name, its files and its place in the thread too', async () => {
    const { id, message } = await answer();
    const changed = await desk.save({ draft_id: id, body: 'Other words.' });
    assert.equal(changed.id, id);
    assert.notEqual(changed.message.id, message.id);
    assert.equal(desk.sandbox.store.get(message.id), undefined);
    assert.equal(changed.message.threadId, original.threadId);
    const { to, cc, bcc, subject, body, files, thread } = await contentOf(changed.message);
    assert.deepEqual([to, cc, bcc].map(addresses), [['ann@mail.example'], ['cy@mail.example'], ['dee@mail.example']]);
    assert.equal(subject, 'Re: Plans');
    assert.match(body.text, /^Other words\./);
    assert.deepEqual(
      files.map(({ name, content }) => [name, content.toString().trim()]),
      [['plan.pdf', '%PDF-1.7 plan']],
    );
    assert.equal(thread?.inReplyTo, original.header('message-id'));
  });

  it('keeps its text, signed once, where only another thing changes', async () => {
    const { id, message } = await answer();
    const { body } = await contentOf(message);
    const changed = await contentOf((await desk.save({ draft_id: id, subject: 'Re: Plans' })).message);
    assert.deepEqual(changed.body, body);
    assert.equal(changed.body.text.split('Harbor Studio').length, 2);
  });

  it('loses what an update empties', async () => {
    const { id } = await answer();
    const { message } = await desk.save({ draft_id: id, cc: '', bcc: '', subject: '', attachments: [] });
    const { to, cc, bcc, subject, files } = await contentOf(message);
    assert.deepEqual([addresses(to), cc, bcc, subject, files], [['ann@mail.example'], [], [], '', []]);
    const empty = await contentOf((await desk.save({ draft_id: id, to: '' })).message);
    assert.deepEqual(empty.to, []);
  });

  it('is sent as it is by its id, and is gone then', async () => {
    const { id, message } = await answer();
    const sent = await desk.send({ draft_id: id });
    assert.deepEqual(desk.sandbox.store.get(message.id), undefined);
    assert.deepEqual([...sent.labelIds], ['SENT']);
    assert.equal(sent.threadId, original.threadId);
    assert.deepEqual(await contentOf(sent), await contentOf(message));
    await desk.refuse('gmail_send_email', { draft_id: id }, /no draft .* any more/);
    await desk.refuse('gmail_create_draft', { draft_id: id, body: 'x' }, /no draft .* any more/);
  });

  it('is sent with a change, once', async () => {
    const drafts = () => desk.ids().filter((line) => line.endsWith('DRAFT')).length;
    const before = drafts();
    const { id } = await answer();
    const sent = await desk.send({ draft_id: id, to: 'eve@mail.example', cc: '', bcc: '' });
    const { to, cc, files } = await contentOf(sent);
    assert.deepEqual([addresses(to), cc, files.length], [['eve@mail.example'], [], 1]);
    assert.equal(drafts(), before);
  });

  it('is not sent without a recipient, and stays', async () => {
    const { id } = await desk.save({ body: 'To nobody yet.' });
    await desk.refuse('gmail_send_email', { draft_id: id }, /has no recipient/);
  });

  for (const [what, args] of [
    ['as it is', {}],
    ['with a change', { subject: 'Re: Plans' }],
  ] as const) {
    it(`sent ${what} asks anew where somebody changed it while the question was open`, async () => {
      const { id } = await answer();
      const sends = () => desk.sandbox.requests.filter((request) => request.includes('/drafts/send')).length;
      const before = sends();
      desk.answer = async () => {
        await put(desk, id, 'To: ann@mail.example\r\nSubject: Plans\r\n\r\nWritten by hand.\r\n');
        return true;
      };
      const { isError, json } = await desk.server.call('gmail_send_email', { draft_id: id, ...args });
      assert.equal(isError, true);
      assert.match(String(json.error), /changed while its sending was confirmed/);
      assert.equal(sends(), before);
      desk.answer = () => true;
      const { body } = await contentOf(await desk.send({ draft_id: id }));
      assert.equal(body.text, 'Written by hand.');
    });
  }

  it('is not sent where its headers name more than a question could', async () => {
    const { id } = await desk.save({ to: 'ann@mail.example', subject: 'x', body: 'y' });
    await put(desk, id, 'To: ann@mail.example, "eve"@evil.example\r\nSubject: x\r\n\r\ny\r\n');
    await desk.refuse('gmail_send_email', { draft_id: id }, /header to stands there more than once, in a form/);
    const { id: mended } = await desk.save({ draft_id: id, to: 'ann@mail.example' });
    assert.equal((await desk.send({ draft_id: mended })).header('to'), 'ann@mail.example');
  });

  it('is changed by no call while the person is asked about it', async () => {
    const { id } = await answer();
    let refused = '';
    desk.answer = async () => {
      refused = (await desk.server.call('gmail_create_draft', { draft_id: id, body: 'Meanwhile.' })).text;
      return false;
    };
    await desk.refuse('gmail_send_email', { draft_id: id }, /did not confirm/);
    assert.match(refused, /was not changed.*being asked right now/);
  });
});
