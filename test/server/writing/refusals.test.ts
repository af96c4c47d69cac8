import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { file } from '../../support/mail.ts';
import { addresses, contentOf, Desk } from './support.ts';

const LETTER = { to: 'ann@mail.example', subject: 'Tea', body: 'On Friday?' };
const FORMS = ['gmail_send_email', 'gmail_create_draft'] as const;

/** What is wrong with the letter, and what is said of it. */
const BAD: readonly [string, Record<string, unknown>, RegExp][] = [
  ['a line break in to', { to: 'ann@mail.example\nBcc: eve@evil.example' }, /to contains a line break/],
  ['a line break in cc', { cc: 'bo@mail.example\r\nX: y' }, /cc contains a line break/],
  ['a line break in the subject', { subject: 'Tea\r\nBcc: eve@evil.example' }, /subject contains a line break/],
  ['a line break in from', { from: 'robin.vale@sandbox.example\nX: y' }, /from contains a line break/],
  ['a Unicode line separator', { subject: 'Tea\u2028Bcc: x' }, /subject contains a line break/],
  ['an address that is none', { to: 'ann' }, /ann.* in to is not an e-mail address/],
  ['one that is none among others', { cc: 'bo@mail.example, nobody' }, /in cc is not an e-mail address/],
  ['a group', { to: 'Team: ann@mail.example, bo@mail.example;' }, /in to is a group/],
  ['an address in two forms', { cc: 'Ann@Mail.example' }, /stands among the recipients a second time/],
  ['brackets without end', { to: '()'.repeat(15_000) }, /addresses in to were not read/],
  ['nested brackets', { to: '('.repeat(15_000) }, /addresses in to were not read/],
  ['a name that is another address', { to: '"ceo@corp.example" <eve@evil.example>' }, /which is another address/],
  ['a character that nobody sees', { to: 'ann@mail\u200d.example' }, /nobody can see \(U\+200D\)/],
  ['a subject of 20,000 characters', { subject: 'x'.repeat(20_000) }, /subject is too long: 20000 characters/],
  ['a text that is too long', { body: 'x'.repeat(450_000) }, /text is too long/],
  [
    'an unknown message to answer',
    { reply_to_message_id: '1a2b3c4d5e6f7a8b' },
    /no message with the id 1a2b3c4d5e6f7a8b/,
  ],
  ['an unknown message to forward', { forward_message_id: '1a2b3c4d5e6f7a8b' }, /no message with the id/],
  ['an unknown draft', { draft_id: 'r123' }, /no draft r123 any more/],
  [
    'two origins',
    { draft_id: 'r123', forward_message_id: '1a' },
    /forward_message_id and draft_id cannot be used together/,
  ],
  ['reply_all without a message', { reply_all: true }, /reply_all means nothing here.*reply_to_message_id/],
  ['quote without a message', { quote: true }, /quote means nothing here.*reply_to_message_id/],
  [
    'two senders',
    { from: 'robin.vale@sandbox.example, robin@harbour-choir.example' },
    /from is not usable.*one address/,
  ],
  ['an unknown alias', { from: 'ceo@corp.example' }, /cannot send from ceo@corp\.example/],
  ['an alias that is not confirmed', { from: 'r.vale@old-office.example' }, /has not confirmed that address/],
  ['attachments misspelt', { attachment: [{ path: 'a.txt' }] }, /attachment.*attachments/],
  [
    'the path of an attachment misspelt',
    { attachments: [{ file_path: 'a.txt' }] },
    /no argument file_path in attachments.*takes message_id, part_id, path for each of attachments/,
  ],
  [
    'too many attachments',
    { attachments: Array.from({ length: 51 }, () => ({ path: 'a' })) },
    /at most 50.*a list of 51/,
  ],
  ['a part as a number', { attachments: [{ message_id: '1a', part_id: 1 }] }, /no message with the id 1a/],
  [
    'a part that is none, and says where',
    { attachments: [{ path: 'a' }, { message_id: '1a', part_id: 'one' }] },
    /Got: a list in which part_id of item 2 is \\?"one/,
  ],
  ['an attachment misspelt', { attachments: [{ file: 'a.txt' }] }, /attachments/],
  ['an attachment of half a place', { attachments: [{ message_id: '1a' }] }, /attachments is not usable.*part_id/],
  [
    'an attachment of an unknown message',
    { attachments: [{ message_id: '1a', part_id: '1' }] },
    /no message with the id 1a/,
  ],
  [
    'a file where no folder is named',
    { attachments: [{ path: '/etc/hostname' }] },
    /no such file in the folders.*: none/,
  ],
];

describe('a message that cannot go', () => {
  let desk: Desk;
  before(async () => {
    desk = await Desk.open();
  });
  after(() => desk.close());

  for (const form of FORMS) {
    for (const [what, wrong, expected] of BAD) {
      it(`${what}: ${form} says so, asks nobody and leaves nothing`, async () => {
        await desk.refuse(form, { ...LETTER, ...wrong }, expected);
        assert.equal(desk.window.questions.length, 0);
      });
    }
  }

  it('has no recipient, no words or no subject', async () => {
    const { to, subject, body } = LETTER;
    await desk.refuse('gmail_send_email', { subject, body }, /has no recipient/);
    await desk.refuse('gmail_send_email', { to, subject }, /has no text/);
    for (const body of [' ', '\u200b', '\ufeff\n']) {
      await desk.refuse('gmail_send_email', { to, subject, body }, /has no text/);
    }
    for (const html_body of ['<p></p>', '&#8203;', '<p>&nbsp;<br></p>', '<img src="https://mail.example/a.png">']) {
      await desk.refuse('gmail_send_email', { to, subject, html_body }, /has no text/);
    }
  });

  it('answers a message without a Message-ID', async () => {
    const raw = Buffer.from('From: ann@mail.example\r\nSubject: Bare\r\n\r\nx\r\n');
    const { id } = await file(desk.sandbox.store, raw);
    await desk.refuse('gmail_send_email', { reply_to_message_id: id, body: 'x' }, /cannot be answered in its thread/);
  });

  it('answers a message that names nobody who could be answered', async () => {
    const { id } = await file(desk.sandbox.store, { from: 'Nobody' });
    await desk.refuse('gmail_send_email', { reply_to_message_id: id, body: 'x' }, /answered message names no address/);
  });

  it('forwards without the original, or one that nobody can read', async () => {
    const { id } = await file(desk.sandbox.store, { text: 'x '.repeat(1_200_000) });
    const args = { forward_message_id: id, to: 'ann@mail.example' };
    await desk.refuse(
      'gmail_send_email',
      { ...args, quote: false },
      /quote is not usable.*always carries the original/,
    );
    await desk.refuse('gmail_send_email', args, /neither quoted nor forwarded.*too large to read.*nothing was sent/);
  });

  it('answers a draft that stands alone', async () => {
    const { message } = await desk.save(LETTER);
    await desk.refuse('gmail_send_email', { reply_to_message_id: message.id, body: 'x' }, /is a draft/);
  });

  it('is too large, which is said before anybody is asked', async () => {
    const content = Buffer.alloc(20 * 1024 * 1024, 'x');
    const files = [{ type: 'text/plain', name: 'large.txt', content }];
    const { id } = await file(desk.sandbox.store, { files });
    const large = { message_id: id, part_id: '1' };
    await desk.refuse('gmail_send_email', { ...LETTER, attachments: [large, large] }, /too large to send/);
    assert.equal(desk.window.questions.length, 0);
  });
});

describe('hidden mail and masked codes', () => {
  let desk: Desk;
  let label: string;
  before(async () => {
    desk = await Desk.open({ privacy: () => ({ hiddenQuery: 'label:private', showsCodes: false }) });
    label = desk.sandbox.store.labelId('private');
  });
  after(() => desk.close());

  it('are not answered, forwarded, quoted or attached: it is as if they were not there', async () => {
    const files = [{ type: 'text/csv', name: 'a.csv', content: 'canary' }];
    const { id } = await file(desk.sandbox.store, { subject: 'canary', files }, { labels: ['INBOX', label] });
    const missing = new RegExp(`no message with the id ${id}`);
    for (const form of FORMS) {
      await desk.refuse(form, { reply_to_message_id: id, body: 'x' }, missing);
      await desk.refuse(form, { reply_to_message_id: id, body: 'x', quote: true }, missing);
      await desk.refuse(form, { forward_message_id: id, to: 'eve@evil.example' }, missing);
      await desk.refuse(form, { ...LETTER, attachments: [{ message_id: id, part_id: '1' }] }, missing);
    }
    assert.equal(desk.window.questions.length, 0);
  });

  it('are not answered by way of a draft in their thread', async () => {
    const secret = await file(desk.sandbox.store, { subject: 'canary' }, { labels: ['INBOX', label] });
    const draft = await file(desk.sandbox.store, {}, { labels: ['DRAFT'], threadId: secret.id });
    await desk.refuse('gmail_send_email', { reply_to_message_id: draft.id, body: 'x' }, /is a draft/);
  });

  it('are not forwarded: the code is masked, and the question warns of one that the writer names', async () => {
    const text = 'Your verification code is 481 926. It expires in ten minutes.';
    const { id } = await file(desk.sandbox.store, { subject: 'Your verification code', text });
    const sent = await contentOf(await desk.send({ forward_message_id: id, to: 'eve@evil.example' }));
    for (const part of [sent.body.text, sent.body.html ?? '']) assert.doesNotMatch(part, /481|926/);
    assert.deepEqual(addresses(sent.to), ['eve@evil.example']);
    await desk.send({ ...LETTER, subject: 'Your verification code', body: text });
    assert.deepEqual([desk.question.holdsCodes, desk.question.asksAlways], [true, true]);
  });
});
