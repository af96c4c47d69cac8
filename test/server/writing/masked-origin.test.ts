import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { file, type Mail, succeed } from '../../support/mail.ts';
import { Desk } from './support.ts';

const OTP = 'Acme <no-reply@acme.example>';
/** Only the text says that the number of the subject is a code. */
const NAMED: Mail = { from: OTP, subject: '[730418] Acme', text: 'Your verification code is 730418' };
const DASHED: Mail = { from: OTP, subject: 'XKR-WVD from Acme', text: 'Your verification code is XKR-WVD' };
const FILED: Mail = {
  from: OTP,
  subject: 'Your verification code is 730418',
  text: 'It is in the file.',
  files: [{ type: 'text/plain', name: '730418.txt', content: 'nothing' }],
};

describe('what is masked in a message', () => {
  let desk: Desk;
  before(async () => {
    desk = await Desk.open();
  });
  after(() => desk.close());

  const read = (id: string) => succeed(desk.server, 'gmail_read_email', { message_ids: [id], unfold: true });
  const search = (query: string) => succeed(desk.server, 'gmail_search_emails', { query });

  const origins: [string, Mail, RegExp][] = [
    ['a subject in brackets', NAMED, /730.?418/],
    ['a subject of letters', DASHED, /XKR.?WVD/],
  ];
  for (const [what, mail, code] of origins) {
    for (const argument of ['reply_to_message_id', 'forward_message_id']) {
      it(`stays masked in a draft: ${what}, by ${argument}`, async () => {
        const { id } = await file(desk.sandbox.store, mail);
        const { message } = await desk.save({ [argument]: id, body: 'Hello' });
        assert.doesNotMatch(await read(message.id), code);
        assert.doesNotMatch(await search('in:drafts'), code);
        assert.doesNotMatch(await search(`in:drafts ${code.source.replace('.?', '')}`), new RegExp(message.id));
      });
    }
  }

  it('keeps the true subject in an answer that a person confirms, by which it finds its thread', async () => {
    const { id } = await file(desk.sandbox.store, NAMED);
    const sent = await desk.send({ reply_to_message_id: id, body: 'Hello' });
    assert.equal(sent.header('subject'), 'Re: [730418] Acme');
    const { message } = await desk.save({ reply_to_message_id: id, body: 'Hello' });
    assert.doesNotMatch(message.header('subject'), /730418/);
  });

  it('stays masked in the name of a file that is taken over', async () => {
    const { id } = await file(desk.sandbox.store, FILED);
    for (const args of [{ attachments: [{ message_id: id, part_id: '1' }] }, { forward_message_id: id }]) {
      const { message } = await desk.save({ to: 'ann@mail.example', subject: 'A file', body: 'Hello', ...args });
      const text = await read(message.id);
      assert.match(text, /File \d: .*\.txt/);
      assert.doesNotMatch(text, /730418/);
    }
  });

  it('stays masked in a file that is taken over, though only its message tells that it is a code', async () => {
    const files = [{ type: 'text/csv', name: 'b.csv', content: 'x,730418' }];
    const { id } = await file(desk.sandbox.store, { ...FILED, files });
    const attachments = [{ message_id: id, part_id: '1' }];
    const { message } = await desk.save({ to: 'ann@mail.example', subject: 'A file', body: 'Hello', attachments });
    const text = await succeed(desk.server, 'gmail_get_attachment', { message_id: message.id, part_id: '1' });
    assert.match(text, /x,\[one-time code hidden\]/);
  });

  it('stays masked in a draft that another server has written', async () => {
    const original = await file(desk.sandbox.store, NAMED);
    const headers = { 'In-Reply-To': original.header('message-id'), References: original.header('message-id') };
    const draft = await file(
      desk.sandbox.store,
      { subject: 'Re: [730418] Acme', text: 'Hello', headers },
      { labels: ['DRAFT'], threadId: original.threadId },
    );
    assert.doesNotMatch(await search('in:drafts subject:acme'), /730418/);
    assert.doesNotMatch(await read(draft.id), /730418/);
  });

  it('is told to the person where the subject holds it, and where nothing does it is not', async () => {
    const asked = async (mail: Mail, args: (id: string) => Record<string, unknown>) => {
      desk.answer = () => false;
      const { id } = await file(desk.sandbox.store, mail);
      await desk.server.call('gmail_send_email', { body: 'Hello', ...args(id) });
      return desk.question.holdsCodes;
    };
    assert.equal(await asked(NAMED, (id) => ({ reply_to_message_id: id })), true);
    const plain = { from: OTP, subject: '[730419] Ticket', text: 'We look into it.' };
    assert.equal(await asked(plain, (id) => ({ reply_to_message_id: id })), false);
    const { id } = await file(desk.sandbox.store, NAMED);
    const draft = await desk.save({ reply_to_message_id: id, subject: 'Re: [730418] Acme', body: 'Hello' });
    await desk.server.call('gmail_send_email', { draft_id: draft.id, to: 'ann@mail.example' });
    assert.equal(desk.question.holdsCodes, true);
  });
});
