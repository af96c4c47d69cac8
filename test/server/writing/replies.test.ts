import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { threadsForRecipients } from '../../../src/sandbox/store/threading.ts';
import { file, rowIds, succeed } from '../../support/mail.ts';
import { addresses, contentOf, Desk } from './support.ts';

const ALIAS = 'robin@harbour-choir.example';
const SIGNATURE = /-- \nRobin Vale\nHarbor Studio/;

describe('an answer', () => {
  let desk: Desk;
  let own: string;
  before(async () => {
    desk = await Desk.open();
    own = desk.sandbox.address;
  });
  afterEach(() => {
    desk.answer = () => true;
  });
  after(() => desk.close());

  const filed = (headers: Record<string, string> = {}, text = 'Shall we?') =>
    file(desk.sandbox.store, { subject: 'Tea on Friday', text, headers }, { at: Date.now() });

  it('threads by Gmail’s three conditions, from an id as a search gives it', async () => {
    const text = await succeed(desk.server, 'gmail_search_emails', { query: 'Northpier', max_results: 5 });
    const [id = ''] = rowIds(text);
    const original = desk.sandbox.store.get(id) ?? assert.fail(text);
    const sent = await desk.send({ reply_to_message_id: id, body: 'With pleasure.' });
    assert.equal(sent.threadId, original.threadId);
    assert.ok(threadsForRecipients(desk.sandbox.store, sent));
    assert.equal(sent.header('in-reply-to'), original.header('message-id'));
    assert.ok(sent.header('references').endsWith(original.header('message-id')));
  });

  it('carries References whole', async () => {
    const original = await filed({ References: '<a@x.example>\r\n <b@x.example>' });
    const sent = await desk.send({ reply_to_message_id: original.id, body: 'Yes.' });
    const { thread } = await contentOf(sent);
    assert.deepEqual(thread?.references, ['<a@x.example>', '<b@x.example>', original.header('message-id')]);
    assert.equal(sent.header('subject'), 'Re: Tea on Friday');
  });

  it('goes to the sender alone, or to all but one’s own addresses and aliases', async () => {
    const others = {
      To: `${own}, Bo <bo@mail.example>`,
      Cc: `${ALIAS}, robin.vale+choir@sandbox.example, cy@mail.example`,
    };
    const original = await filed(others);
    const alone = await contentOf(await desk.send({ reply_to_message_id: original.id, body: 'Yes.' }));
    assert.deepEqual([addresses(alone.to), addresses(alone.cc)], [['ann@mail.example'], []]);
    const all = await contentOf(await desk.send({ reply_to_message_id: original.id, reply_all: true, body: 'Yes.' }));
    assert.deepEqual(
      [addresses(all.to), addresses(all.cc)],
      [['ann@mail.example'], ['bo@mail.example', 'cy@mail.example']],
    );
  });

  it('goes to whom the header names, whatever address stands in a name that Gmail has decoded', async () => {
    const word = (name: string) => `=?utf-8?b?${Buffer.from(name).toString('base64')}?=`;
    const names = ['Bo <eve@evil.example>', 'eve@evil.example,', 'Bo; Team: eve@evil.example;', 'eve@evil.example'];
    for (const name of names) {
      const original = await filed({
        From: `${word(name)} <forum@mail.example>`,
        Cc: `${word(name)} <cy@mail.example>, ${own}`,
      });
      const args = { reply_to_message_id: original.id, reply_all: true, body: 'Yes.', signature: false };
      const { to, cc } = await contentOf(await desk.send(args));
      assert.deepEqual([to, cc].map(addresses), [['forum@mail.example'], ['cy@mail.example']], name);
      assert.doesNotMatch(JSON.stringify(desk.question), /eve/);
    }
  });

  it('under another subject is remarked on, in the question and in the result', async () => {
    const original = await filed();
    const args = { reply_to_message_id: original.id, body: 'Yes.' };
    const { json } = await desk.server.call('gmail_send_email', { ...args, subject: 'Coffee' });
    assert.match(String(json.note), /subject is another/);
    assert.ok(desk.question.notes.some((note) => note === json.note));
    const { json: same } = await desk.server.call('gmail_send_email', args);
    assert.deepEqual(Object.keys(same), ['messageId', 'threadId', 'labelIds']);
    assert.ok(!desk.question.notes.some((note) => note === json.note));
  });

  it('can be given to whoever has a name of thousands of characters', async () => {
    const original = await filed({ From: `"${'Ann '.repeat(700)}" <ann@mail.example>` });
    const { to } = await contentOf(await desk.send({ reply_to_message_id: original.id, body: 'Yes.' }));
    assert.deepEqual(addresses(to), ['ann@mail.example']);
    assert.match(desk.question.to[0]?.shown ?? '', /^Ann .*<ann@mail\.example>$/);
  });

  it('takes other recipients in place of those that would follow', async () => {
    const original = await filed({ Cc: 'cy@mail.example' });
    const args = { reply_to_message_id: original.id, reply_all: true, body: 'Yes.', cc: 'dee@mail.example' };
    const { to, cc } = await contentOf(await desk.send(args));
    assert.deepEqual([addresses(to), addresses(cc)], [['ann@mail.example'], ['dee@mail.example']]);
  });

  it('goes where Reply-To asks, and the question says so where that is another domain', async () => {
    const original = await filed({ 'Reply-To': 'desk@elsewhere.example' });
    const { to } = await contentOf(await desk.send({ reply_to_message_id: original.id, body: 'Yes.' }));
    assert.deepEqual(addresses(to), ['desk@elsewhere.example']);
    assert.match(desk.question.notes.join('\n'), /another domain than the sender’s: desk@elsewhere\.example/);
    assert.equal(desk.question.asksAlways, true);
  });

  it('to a message of one’s own goes to whom that one went to', async () => {
    const headers = { From: own, To: 'bo@mail.example' };
    const original = await file(desk.sandbox.store, { headers }, { labels: ['SENT'], at: Date.now() });
    const { to } = await contentOf(await desk.send({ reply_to_message_id: original.id, body: 'One more thing.' }));
    assert.deepEqual(addresses(to), ['bo@mail.example']);
  });

  it('to mail that came to an alias comes from that alias', async () => {
    const original = await filed({ To: ALIAS });
    const answer = await desk.send({ reply_to_message_id: original.id, body: 'Yes.' });
    const { from } = await contentOf(answer);
    assert.deepEqual(from, { name: 'Robin (Harbour Choir)', address: ALIAS });
    // Where answers to the alias go stands at Gmail, which adds it to what its own editor writes alone.
    assert.match(String(answer.raw), /^Reply-To: committee@harbour-choir\.example\r?$/m);
    assert.match(desk.question.notes.join('\n'), /Answers go to committee@harbour-choir\.example/);
    assert.match(desk.question.from ?? '', /robin@harbour-choir\.example/);
    const named = await contentOf(await desk.send({ reply_to_message_id: original.id, body: 'Yes.', from: own }));
    assert.equal(named.from?.address, own);
    assert.ok(!desk.question.notes.join('\n').includes('Answers to it'));
  });

  it('comes from no address that is unknown or not confirmed', async () => {
    const { id } = await filed();
    const from = (address: string) => ({ reply_to_message_id: id, body: 'Yes.', from: address });
    await desk.refuse('gmail_send_email', from('r.vale@old-office.example'), /cannot send from .* yet.*not confirmed/);
    await desk.refuse(
      'gmail_send_email',
      from('ceo@corp.example'),
      /cannot send from ceo@corp\.example.*are robin\.vale/,
    );
  });

  it('is signed as Gmail would, in text and HTML, unless the call leaves that out', async () => {
    const { id } = await filed();
    const signed = await contentOf(await desk.send({ reply_to_message_id: id, body: 'Yes.' }));
    assert.match(signed.body.text, SIGNATURE);
    assert.match(signed.body.html ?? '', /<b>Robin Vale<\/b>/);
    assert.match(desk.question.notes.join('\n'), /signature/i);
    const bare = await contentOf(await desk.send({ reply_to_message_id: id, body: 'Yes.', signature: false }));
    assert.deepEqual([bare.body.text, /Robin Vale/.test(bare.body.html ?? '')], ['Yes.', false]);
  });

  it('quotes the readable text below, never the HTML of a stranger, and no masked code', async () => {
    const html =
      '<p>Your code is <b>481 926</b>.</p><p style="display:none">hidden words</p><img src="https://spy.example/x">';
    const original = await file(desk.sandbox.store, { subject: 'Your sign-in code', html }, { at: Date.now() });
    const sent = await desk.send({ reply_to_message_id: original.id, body: 'Not me.', quote: true });
    const { body } = await contentOf(sent);
    assert.match(body.text, /^Not me\.[\s\S]*On .* Ann Example <ann@mail\.example> wrote:\n> Your code is/);
    for (const text of [body.text, body.html ?? '']) assert.doesNotMatch(text, /481|926|hidden words|spy\.example/);
  });

  it('stays in the thread of a message in the trash', async () => {
    const original = await file(desk.sandbox.store, { subject: 'Tea' }, { labels: ['TRASH'], at: Date.now() });
    const sent = await desk.send({ reply_to_message_id: original.id, body: 'Yes.' });
    assert.equal(sent.threadId, original.threadId);
    assert.ok(threadsForRecipients(desk.sandbox.store, sent));
  });

  it('answers the last real message where a draft of the thread is named', async () => {
    const original = await filed();
    const { message } = await desk.save({ reply_to_message_id: original.id, body: 'Perhaps.' });
    const sent = await desk.send({ reply_to_message_id: message.id, body: 'Yes.' });
    assert.equal(sent.header('in-reply-to'), original.header('message-id'));
    assert.deepEqual(addresses((await contentOf(sent)).to), ['ann@mail.example']);
  });

  it('that is declined leaves nothing in the mailbox, and one kept as a draft leaves a draft in the thread', async () => {
    const { id, threadId } = await filed();
    desk.answer = () => false;
    await desk.refuse('gmail_send_email', { reply_to_message_id: id, body: 'Yes.' }, /not sent.*did not confirm/);
    desk.answer = () => 'draft';
    const { json } = await desk.server.call('gmail_send_email', { reply_to_message_id: id, body: 'Later.' });
    assert.match(String(json.error), /not sent.*keep it as a draft/);
    const labels = desk.sandbox.store.thread(threadId).map(({ labelIds }) => [...labelIds].join());
    assert.deepEqual(labels, ['INBOX', 'DRAFT']);
  });

  it('goes to nobody whom the message hides its recipients from, and blank arguments are none', async () => {
    const { id } = await filed({ To: 'undisclosed-recipients:;' });
    const blank = { to: '', cc: ' ', subject: '', draft_id: '', forward_message_id: null };
    const { to, cc, subject } = await contentOf(
      await desk.send({ reply_to_message_id: id, reply_all: true, body: 'Yes.', ...blank }),
    );
    assert.deepEqual([addresses(to), cc, subject], [['ann@mail.example'], [], 'Re: Tea on Friday']);
  });
});

describe('a forwarded message', () => {
  let desk: Desk;
  let original: StoredMessage;
  before(async () => {
    desk = await Desk.open();
    const files = [
      { type: 'application/pdf', name: 'plan.pdf', content: '%PDF-1.7 plan' },
      { type: 'text/plain', name: 'Übersicht.txt', content: 'all' },
    ];
    original = await file(desk.sandbox.store, { subject: 'Plans', text: 'See both.', files }, { at: Date.now() });
  });
  after(() => desk.close());

  it('carries the text, the headers and the files, and begins a thread', async () => {
    const sent = await desk.send({ forward_message_id: original.id, to: 'bo@mail.example', body: 'For you.' });
    const { subject, body, files, thread } = await contentOf(sent);
    assert.deepEqual([subject, thread], ['Fwd: Plans', undefined]);
    assert.notEqual(sent.threadId, original.threadId);
    assert.match(
      body.text,
      /^For you\.[\s\S]*Forwarded message[\s\S]*From: Ann Example[\s\S]*Subject: Plans[\s\S]*See both\./,
    );
    assert.deepEqual(
      files.map(({ name, type, content }) => [name, type, content.toString().trim()]),
      [
        ['plan.pdf', 'application/pdf', '%PDF-1.7 plan'],
        ['Übersicht.txt', 'text/plain', 'all'],
      ],
    );
    assert.deepEqual(
      desk.question.files.map(({ name }) => name),
      ['plan.pdf', 'Übersicht.txt'],
    );
  });

  it('needs a recipient and no words', async () => {
    await desk.refuse('gmail_send_email', { forward_message_id: original.id }, /has no recipient/);
    const sent = await desk.send({ forward_message_id: original.id, to: 'bo@mail.example', signature: false });
    assert.match((await contentOf(sent)).body.text, /^\s*---------- Forwarded message/);
    // What goes out is then what the question shows.
    assert.match(desk.question.parts[0]?.title ?? '', /No text of its own/);
    assert.match(desk.question.parts[0]?.text ?? '', /See both\./);
    assert.ok(desk.question.notes.some((note) => /original message goes out with it/.test(note)));
  });

  it('takes along more files than anybody attaches', async () => {
    const files = Array.from({ length: 130 }, (_, at) => ({ type: 'text/csv', name: `${at}.csv`, content: 'a' }));
    const { id } = await file(desk.sandbox.store, { files });
    const sent = await desk.send({ forward_message_id: id, to: 'bo@mail.example' });
    assert.deepEqual([(await contentOf(sent)).files.length, desk.question.files.length], [130, 130]);
  });
});
