import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { file } from '../../support/mail.ts';
import { contentOf, Desk, put } from './support.ts';

const PICTURE = [
  'From: robin.vale@sandbox.example',
  'To: ann@mail.example',
  'Subject: Own',
  'Reply-To: other@mail.example',
  'Importance: high',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary=r',
  '',
  '--r',
  'Content-Type: text/html',
  '',
  'Look <img src="cid:pic">',
  '--r',
  'Content-Type: image/png; name=pic.png',
  'Content-ID: <pic>',
  'Content-Disposition: inline; filename=pic.png',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '--r--',
  '',
].join('\r\n');

const INVITATION = PICTURE.replace('multipart/related', 'multipart/alternative').replace('image/png', 'text/calendar');

describe('a change of a draft', () => {
  let desk: Desk;
  before(async () => {
    desk = await Desk.open();
  });
  after(() => desk.close());

  const begun = async (mime: string) => {
    const { id } = await desk.save({});
    await put(desk, id, mime);
    return id;
  };
  const answer = async (args: object = { quote: true }) => {
    const original = await file(desk.sandbox.store, { subject: 'Plan', text: 'Shall we meet on Friday?' });
    return desk.save({ reply_to_message_id: original.id, body: 'A long answer.', ...args });
  };

  it('begins with nothing at all', async () => {
    const { message } = await desk.save({ signature: false });
    assert.deepEqual([...message.labelIds], ['DRAFT']);
    assert.equal((await contentOf(message)).body.text.trim(), '');
  });

  it('takes the id of its message, as lists show it', async () => {
    const { id, message } = await desk.save({ to: 'ann@mail.example', subject: 'Tea', body: 'x' });
    const changed = await desk.save({ draft_id: message.id, body: 'y' });
    assert.equal(changed.id, id);
    assert.deepEqual([...(await desk.send({ draft_id: changed.message.id })).labelIds], ['SENT']);
  });

  it('of its subject keeps pictures, where answers go, and headers', async () => {
    const { message } = await desk.save({ draft_id: await begun(PICTURE), subject: 'Own 2' });
    const raw = message.raw.toString();
    assert.match(raw, /multipart\/related/);
    assert.match(raw, /^Content-Id: <pic>/im);
    assert.match(raw, /^Content-Disposition: inline/im);
    assert.match(raw, /^Reply-To: other@mail\.example/m);
    assert.match(raw, /^Importance: high/m);
    assert.match((await contentOf(message)).body.html ?? '', /cid:pic/);
  });

  it('of its text leaves out the pictures of the old one', async () => {
    const { message } = await desk.save({ draft_id: await begun(PICTURE), body: 'No picture.' });
    assert.deepEqual((await contentOf(message)).files, []);
  });

  it('is refused where it would break a part, as the draft itself is where recipients read what nobody is shown', async () => {
    const id = await begun(INVITATION);
    await desk.refuse('gmail_create_draft', { draft_id: id, subject: 'x' }, /holds a part .*text\/calendar/);
    const before = desk.window.questions.length;
    await desk.refuse('gmail_send_email', { draft_id: id }, /nobody would be shown \(text\/calendar\)/);
    assert.equal(desk.window.questions.length, before);
  });

  for (const [what, args, isKept] of [
    ['keeps the quoted original', {}, true],
    ['keeps it where it is asked to', { quote: true }, true],
    ['leaves it out where it is told to', { quote: false }, false],
  ] as const) {
    it(`of its text ${what}`, async () => {
      const { id } = await answer();
      const { body } = await contentOf((await desk.save({ draft_id: id, body: 'Short.', ...args })).message);
      assert.match(body.text, /^Short\./);
      assert.deepEqual(
        [/^> Shall we meet on Friday\?$/m.test(body.text), /Friday/.test(body.html ?? '')],
        [isKept, isKept],
      );
      assert.equal(body.text.split('Harbor Studio').length, 2);
    });
  }

  const question = () => ({
    text: desk.question.parts.map(({ text }) => text).join('\n'),
    says: desk.question.notes.some((note) => /original message is quoted/.test(note)),
  });

  it('of its text calls the original one where it is what the answered message says', async () => {
    const { id } = await answer();
    await desk.send({ draft_id: id, body: 'See you.' });
    assert.deepEqual(question(), { text: 'See you.', says: true });
  });

  it('of its text shows whatever else stands there like an original as the words of the writer', async () => {
    const original = await file(desk.sandbox.store, { subject: 'Plan', text: 'Shall we meet on Friday?' });
    const forged = 'x\n\nOn Monday, Boss wrote:\n> I resign. Shall we meet on Friday?';
    const forwarded = 'x\n\n---------- Forwarded message ---------\nI resign.';
    const html_body = '<p>x</p><blockquote>I resign.</blockquote>';
    const mime = `To: ann@mail.example\r\nSubject: a\r\nContent-Type: text/html\r\n\r\n<p>x</p><div class="gmail_quote">I resign.</div>`;
    const drafts = [
      await desk.save({ to: 'ann@mail.example', subject: 'Plan', body: forged, signature: false }),
      await desk.save({ to: 'ann@mail.example', subject: 'Plan', body: forwarded, signature: false }),
      await desk.save({ reply_to_message_id: original.id, body: forged, signature: false }),
      await desk.save({ reply_to_message_id: original.id, body: forged, html_body, signature: false }),
      { id: await begun(mime) },
    ];
    for (const { id } of drafts) {
      await desk.send({ draft_id: id, body: 'See you.', signature: false });
      const { text, says } = question();
      assert.match(text, /See you\.[\s\S]*I resign\./);
      assert.equal(says, false);
      assert.match(desk.question.exact[0]?.text ?? '', /I resign\./);
    }
  });

  it('keeps a forwarded message', async () => {
    const original = await file(desk.sandbox.store, { subject: 'Plan', text: 'Shall we meet on Friday?' });
    const { id } = await desk.save({ forward_message_id: original.id, body: 'For you.' });
    const { body } = await contentOf((await desk.save({ draft_id: id, body: 'Look.' })).message);
    assert.match(body.text, /^Look\.[\s\S]*Forwarded message[\s\S]*Friday/);
    assert.doesNotMatch(body.text, /For you/);
  });

  it('quotes the original later as well, or says plainly why not', async () => {
    const { id } = await answer({});
    const { body } = await contentOf((await desk.save({ draft_id: id, quote: true })).message);
    assert.match(body.text, /^A long answer\.[\s\S]*^> Shall we meet on Friday\?$/m);
    const other = await desk.save({ body: 'No answer.' });
    const { text } = await desk.server.call('gmail_create_draft', { draft_id: other.id, quote: true });
    assert.match(text, /quote means nothing here/);
    assert.doesNotMatch(text, /reply_to_message_id/);
  });

  it('of its sender takes the signature of the new one', async () => {
    const { id } = await desk.save({ to: 'ann@mail.example', subject: 'x', body: 'Hi' });
    const { message } = await desk.save({ draft_id: id, from: 'robin@harbour-choir.example' });
    assert.doesNotMatch(message.raw.toString(), /Harbor Studio/);
    assert.match(message.header('from'), /robin@harbour-choir\.example/);
  });

  it('keeps a signature that is a picture, and the question names it', async () => {
    const { store } = desk.sandbox;
    const [first, ...others] = store.sendAs;
    assert.ok(first);
    const signature = '<img src="https://harbor-studio.example/logo.png">';
    store.sendAs = [{ ...first, signature }, ...others];
    const sent = await desk.send({ to: 'ann@mail.example', subject: 'x', body: 'Hi' });
    store.sendAs = [first, ...others];
    const { body } = await contentOf(sent);
    assert.deepEqual([body.text.trim(), /logo\.png/.test(body.html ?? '')], ['Hi', true]);
    assert.ok(desk.question.notes.some((note) => /signature .* \(a picture\)/.test(note)));
  });

  it('is not called formatted in Gmail', async () => {
    const { id } = await desk.save({ to: 'ann@mail.example', subject: 'x', body: 'Hi' });
    await desk.send({ draft_id: id });
    assert.deepEqual(desk.question.notes, ['Formatted, and sent as it stands in the draft: 1 links, 0 remote images.']);
  });

  it('is signed once where its text ends with the signature', async () => {
    const { message } = await desk.save({ to: 'ann@mail.example', body: 'Hi' });
    const { body } = await contentOf(message);
    const again = await desk.save({ to: 'ann@mail.example', body: body.text });
    assert.equal((await contentOf(again.message)).body.text.split('Harbor Studio').length, 2);
  });
});
