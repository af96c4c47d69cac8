import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { file, refuse, succeed } from '../../support/mail.ts';
import { MODIFY, ModifyDesk, selectionOf, UNDO } from './modify-desk.ts';

describe('the messages and labels that a change is about', () => {
  const desk = new ModifyDesk();

  it('puts nested labels on that it creates, minds no letter case, and refuses Gmail’s own', async () => {
    const { ids } = await desk.fileMany(2);
    const labels = (...names: string[]) => ({ message_ids: ids, add_labels: names });
    await refuse(desk.server, MODIFY, labels('Trips/Oslo'), /no label Trips\/Oslo.*create_labels/s);
    await succeed(desk.server, MODIFY, { ...labels('Trips/Oslo'), create_labels: true });
    await succeed(desk.server, MODIFY, { ...labels('trips / OSLO'), create_labels: true });
    const names = desk.sandbox.store.labels().map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => /^trips/i.test(name)),
      ['Trips', 'Trips/Oslo'],
    );
    assert.equal(desk.having(ids, desk.sandbox.store.labelId('Trips/Oslo')), 2);
    await refuse(desk.server, MODIFY, { ...labels('INBOX'), create_labels: true }, /INBOX is Gmail’s own/);
    await refuse(desk.server, MODIFY, { ...labels('a//b'), create_labels: true }, /a\/\/b is no usable name/);
    await refuse(desk.server, MODIFY, { ...labels('Choir'), remove_labels: ['choir'] }, /put on and taken off at once/);
  });

  it('takes whole threads on request, without their drafts', async () => {
    const first = await file(desk.sandbox.store, { subject: 'whole' }, { labels: ['INBOX'], at: Date.now() });
    const raw = Buffer.from('From: a@x.example\r\nSubject: Re: whole\r\nMessage-ID: <whole-2@x>\r\n\r\nHi\r\n');
    const add = (label: string) =>
      desk.sandbox.store.add(raw, { labelIds: [label], internalDate: Date.now(), threadId: first.threadId });
    const [second, draft] = [await add('INBOX'), await add('DRAFT')];
    await succeed(desk.server, MODIFY, { message_ids: [first.id], action: 'star', whole_threads: true });
    assert.equal(desk.having([first.id, second.id], 'STARRED'), 2);
    assert.equal(desk.having([draft.id], 'STARRED'), 0);
  });

  it('changes the good ones of a call, and names each that it leaves alone with the reason, as its preview does', async () => {
    const { ids } = await desk.fileMany(2);
    const [draft = ''] = (await desk.fileMany(1, ['DRAFT'])).ids;
    const odd = ['NOTANID', 'ABCDEF12', '../../settings/filters', 'line\nbreak', 'r-5'];
    const call = { message_ids: [...ids, ...odd, 'abcdef12', draft], action: 'star' };
    const left = [
      '1 id is of no message that is there: abcdef12.',
      '5 ids are no message ids (those are digits and small letters, as gmail_search_emails lists them): ' +
        'NOTANID, ABCDEF12, ../../settings/filters, line⟨U+000A⟩break, r-5.',
      `1 draft left alone (${draft}): Gmail puts no labels on drafts; trash takes them.`,
    ].join('\n');
    const shown = await succeed(desk.server, MODIFY, { ...call, preview: true });
    assert.match(shown, /^2 messages:\n/);
    assert.ok(shown.includes(left), shown);
    for (const _ of ['at first', 'and again']) {
      const done = await succeed(desk.server, MODIFY, call);
      assert.ok(done.includes(left), done);
      assert.deepEqual([desk.having(ids, 'STARRED'), desk.having([draft], 'STARRED')], [2, 0]);
    }
    const selection = selectionOf(shown);
    assert.match(
      await succeed(desk.server, MODIFY, { selection, action: 'unstar' }),
      /^Unstarred: 2 messages\.\ngmail_undo/,
    );
    const open = await succeed(desk.server, MODIFY, { message_ids: [...ids, draft], preview: true });
    assert.match(open, /^3 messages:\n.*Among them: 1 draft\. Gmail puts no labels on drafts/s);
    await succeed(desk.server, MODIFY, { message_ids: [draft], action: 'trash' });
    assert.equal(desk.having([draft], 'TRASH'), 1);
  });

  it('leaves the drafts of a search alone', async () => {
    const { word, ids } = await desk.fileMany(2);
    const draft = await file(desk.sandbox.store, { subject: word }, { labels: ['DRAFT'] });
    const result = await succeed(desk.server, MODIFY, { query: `subject:${word}`, add_labels: ['Choir'] });
    assert.match(result, new RegExp(`^Labelled Choir: 2 messages\\.\\n1 draft left alone \\(${draft.id}\\)`));
    assert.equal(desk.having(ids, desk.sandbox.store.labelId('Choir')), 2);
  });

  it('says in a preview which labels there are not, and what the change would do about it', async () => {
    const { ids } = await desk.fileMany(1);
    const before = desk.sandbox.store.labels().length;
    const preview = (args: object) => succeed(desk.server, MODIFY, { message_ids: ids, preview: true, ...args });
    const [add_labels, remove_labels] = [['Chior', 'Vessels/Sloops'], ['Chior']];
    assert.match(
      await preview({ add_labels, create_labels: true }),
      /New labels, which the change would create: Chior \(there is Choir\), Vessels\/Sloops\./,
    );
    assert.match(
      await preview({ add_labels }),
      /no labels Chior .* to put on, and create_labels is not true; .*refused/,
    );
    assert.match(await preview({ remove_labels }), /no labels Chior \(there is Choir\) to take off; .*refused/);
    assert.doesNotMatch(await preview({ add_labels: ['choir'] }), /labels/);
    const refused = { message_ids: ids, preview: true, add_labels: ['INBOX'] };
    await refuse(desk.server, MODIFY, refused, /INBOX is Gmail’s own/);
    await refuse(desk.server, MODIFY, { message_ids: ids, add_labels }, /The labels are Choir, /);
    assert.equal(desk.sandbox.store.labels().length, before);
    const many = await desk.fileMany(51);
    await succeed(desk.server, MODIFY, { message_ids: many.ids, add_labels: ['Chior'], create_labels: true });
    assert.match(
      desk.window.changes[0]?.facts.join(' ') ?? '',
      /New labels, which are created: Chior \(there is Choir\)\./,
    );
  });

  it('says which ids are of no message, and refuses a call that is not clear', async () => {
    const { ids } = await desk.fileMany(1);
    const result = await succeed(desk.server, MODIFY, { message_ids: [...ids, 'abcdef12'], action: 'star' });
    assert.match(result, /^Starred: 1 message\.\n1 id is of no message that is there: abcdef12\.\n/);
    await refuse(desk.server, MODIFY, { action: 'star' }, /none is named/);
    await refuse(
      desk.server,
      MODIFY,
      { message_ids: ids, query: 'x', action: 'star' },
      /message_ids and query are given/,
    );
    await refuse(desk.server, MODIFY, { message_ids: ids }, /not said what to do/);
    await refuse(desk.server, MODIFY, { message_ids: ids, action: 'delete' }, /action is not usable/);
    await refuse(desk.server, UNDO, { changes: 0 }, /changes is not usable/);
  });
});
