import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { ChangeQuestion } from '../../../src/broker/change-protocol.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { file, refuse, rowIds, succeed } from '../../support/mail.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, type Window } from '../../support/window.ts';

const MODIFY = 'gmail_modify_emails';
const UNDO = 'gmail_undo';

describe('organising mail', () => {
  let sandbox: Sandbox;
  let window: Window;
  let server: ServerUnderTest;
  let folder: string;
  /** How the person answers. */
  let answer: (question: ChangeQuestion) => boolean | Promise<boolean>;
  const opened = new Opened();

  before(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    answer = () => true;
    folder = brokerFolder();
    window = opened.add(await openWindow(folder, { confirmChange: (question) => answer(question) }));
    await window.store.save(accountOf(sandbox));
    server = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await opened.close();
  });
  after(() => sandbox.close());

  let batches = 0;
  /** Files so many small messages with a word of their own. */
  const fileMany = async (count: number, labels = ['INBOX']) => {
    batches += 1;
    const word = `batch${String.fromCharCode(96 + batches)}word`;
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const raw = Buffer.from(
        `From: Sender ${n % 3} <s${n % 3}@mail.example>\r\nSubject: ${word} ${n % 7}\r\nMessage-ID: <${word}-${n}@x>\r\n\r\nHi\r\n`,
      );
      ids.push((await sandbox.store.add(raw, { labelIds: labels, internalDate: Date.now() - n })).id);
    }
    return { word, ids };
  };
  const having = (ids: readonly string[], label: string) =>
    ids.filter((id) => sandbox.store.get(id)?.labelIds.has(label)).length;
  const titles = () => window.changes.map(({ title }) => title);
  const selectionOf = (text: string) => /selection (s-\w+)/.exec(text)?.[1];

  it('archives a few by their ids without a question, and takes it back', async () => {
    const { ids } = await fileMany(3);
    assert.match(await succeed(server, MODIFY, { message_ids: ids, action: 'archive' }), /^Archived: 3 messages\.\n/);
    assert.equal(having(ids, 'INBOX'), 0);
    assert.deepEqual(window.changes, []);
    assert.match(await succeed(server, UNDO, {}), /^Taken back \(Archived\): 3 messages\.$/);
    assert.equal(having(ids, 'INBOX'), 3);
  });

  it('previews a search, and changes the very messages that were shown', async () => {
    const { word, ids } = await fileMany(60);
    const shown = await succeed(server, MODIFY, { query: `subject:${word}`, preview: true });
    assert.match(shown, /^60 messages, 10 of them:\n/);
    assert.equal(rowIds(shown).filter((id) => ids.includes(id)).length, 10);
    assert.equal(having(ids, 'INBOX'), 60);
    const late = await file(sandbox.store, { subject: `${word} late` }, { labels: ['INBOX'], at: Date.now() });
    await succeed(server, MODIFY, { selection: selectionOf(shown), action: 'archive' });
    assert.equal(having(ids, 'INBOX'), 0);
    assert.equal(having([late.id], 'INBOX'), 1);
    const [question] = window.changes;
    assert.equal(window.changes.length, 1);
    assert.match(
      `${question?.title} ${question?.facts.join(' ')}`,
      /Archive 60 messages\? From.*50 that were looked at.*Sender/,
    );
    assert.equal(question?.examples.length, 5);
    assert.match(question?.reason ?? '', /^Within ten minutes, beyond 50 messages \(10 for spam and trash\) /);
    await refuse(server, MODIFY, { selection: 's-none', action: 'archive' }, /no selection s-none.*preview: true/s);
  });

  it('asks about the 51st message and the 11th that goes out of sight, however they are split up', async () => {
    const other = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
    const { ids } = await fileMany(60);
    answer = () => false;
    await succeed(server, MODIFY, { message_ids: ids.slice(0, 6), action: 'trash' });
    await succeed(other, MODIFY, { message_ids: ids.slice(6, 10), action: 'spam' });
    assert.deepEqual(titles(), []);
    await refuse(other, MODIFY, { message_ids: ids.slice(10, 11), action: 'trash' }, /Nothing was changed\..*said no/s);
    assert.match(titles()[0] ?? '', /^Move 1 message to the trash\?$/);
    assert.match(window.changes[0]?.reason ?? '', /^10 messages were already put into spam or the trash within ten/);
    await succeed(server, MODIFY, { message_ids: ids.slice(10, 50), action: 'star' });
    await refuse(server, MODIFY, { message_ids: ids.slice(50, 51), action: 'star' }, /Nothing was changed/);
    assert.deepEqual([having(ids, 'TRASH'), having(ids, 'SPAM'), having(ids, 'STARRED')], [6, 4, 40]);
  });

  it('is refused where nobody can be asked, or nobody says yes, whatever the mode', async () => {
    const { ids } = await fileMany(11);
    const before = sandbox.requests.length;
    const yes = { action: 'accept' as const, content: { change: true } };
    const clients: [object | undefined, RegExp][] = [
      [undefined, /takes a person’s yes/],
      [{ action: 'accept' }, /in another form/],
      [{ action: 'accept', content: { send: true } }, /in another form/],
      [{ action: 'decline' }, /said no/],
      [{ action: 'cancel' }, /without an answer/],
    ];
    for (const mode of [environmentMode(sandbox), argumentMode(sandbox)]) {
      for (const [reply, expected] of clients) {
        const env = { ...mode, GMAIL_CONFIRM_SEND: 'never' };
        const one = opened.add(await startServer(env, reply ? { onQuestion: () => reply as typeof yes } : {}));
        const token = mode.GMAIL_CLIENT_ID
          ? {}
          : { google_access_token: sandbox.grants.refresh(sandbox.client, sandbox.refreshToken).value };
        await refuse(one, MODIFY, { message_ids: ids, action: 'trash', ...token }, expected);
      }
    }
    assert.deepEqual(
      sandbox.requests.slice(before).filter((request) => request.includes('batchModify')),
      [],
    );
    const agreed = opened.add(await startServer(environmentMode(sandbox), { onQuestion: () => yes }));
    await succeed(agreed, MODIFY, { message_ids: ids, action: 'trash' });
    assert.equal(having(ids, 'TRASH'), 11);
  });

  it('changes thousands by one answer; what a failure leaves is named, and the rest is finished by the next call', async () => {
    const { word, ids } = await fileMany(3000);
    const batch = /POST \/gmail\/v1\/users\/\w+\/messages\/batchModify/;
    sandbox.faults.add({ match: batch, times: 2 });
    sandbox.faults.add({
      match: batch,
      times: 1,
      answer: { status: 503, body: { error: { code: 503, message: 'Backend' } } },
    });
    const { isError, text } = await server.call(MODIFY, {
      query: `subject:${word}`,
      action: 'read',
      add_labels: ['Receipts/2026'],
    });
    assert.equal(isError, true);
    assert.match(text, /^2000 messages were changed, and 1000 were not: \w+, /);
    const label = sandbox.store.labelId('Receipts/2026');
    assert.equal(having(ids, label), 2000);
    const rest = { selection: selectionOf(text), action: 'read', add_labels: ['Receipts/2026'] };
    assert.match(await succeed(server, MODIFY, rest), /: 1,000 messages\./);
    assert.equal(having(ids, label), 3000);
    await succeed(server, MODIFY, { query: `subject:${word}`, action: 'star' });
    await succeed(server, UNDO, { changes: 3 });
    assert.deepEqual([having(ids, label), having(ids, 'STARRED')], [0, 0]);
  });

  it('goes on where the token ends in between', async () => {
    const { word, ids } = await fileMany(1200);
    sandbox.faults.add({ match: /batchModify/, times: 1 });
    sandbox.faults.add({ match: /batchModify/, times: 1, meanwhile: () => sandbox.grants.endAccessTokens() });
    await succeed(server, MODIFY, { query: `subject:${word}`, action: 'archive' });
    assert.equal(having(ids, 'INBOX'), 0);
  });

  it('puts nested labels on that it creates, minds no letter case, and refuses Gmail’s own', async () => {
    const { ids } = await fileMany(2);
    const labels = (...names: string[]) => ({ message_ids: ids, add_labels: names });
    await refuse(server, MODIFY, labels('Trips/Oslo'), /no label Trips\/Oslo.*create_labels/s);
    await succeed(server, MODIFY, { ...labels('Trips/Oslo'), create_labels: true });
    await succeed(server, MODIFY, { ...labels('trips / OSLO'), create_labels: true });
    const names = sandbox.store.labels().map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => /^trips/i.test(name)),
      ['Trips', 'Trips/Oslo'],
    );
    assert.equal(having(ids, sandbox.store.labelId('Trips/Oslo')), 2);
    await refuse(server, MODIFY, { ...labels('INBOX'), create_labels: true }, /INBOX is Gmail’s own/);
    await refuse(server, MODIFY, { ...labels('a//b'), create_labels: true }, /a\/\/b is no usable name/);
    await refuse(server, MODIFY, { ...labels('Choir'), remove_labels: ['choir'] }, /put on and taken off at once/);
  });

  it('takes whole threads on request, without their drafts', async () => {
    const first = await file(sandbox.store, { subject: 'whole' }, { labels: ['INBOX'], at: Date.now() });
    const raw = Buffer.from('From: a@x.example\r\nSubject: Re: whole\r\nMessage-ID: <whole-2@x>\r\n\r\nHi\r\n');
    const add = (label: string) =>
      sandbox.store.add(raw, { labelIds: [label], internalDate: Date.now(), threadId: first.threadId });
    const [second, draft] = [await add('INBOX'), await add('DRAFT')];
    await succeed(server, MODIFY, { message_ids: [first.id], action: 'star', whole_threads: true });
    assert.equal(having([first.id, second.id], 'STARRED'), 2);
    assert.equal(having([draft.id], 'STARRED'), 0);
  });

  it('changes the good ones of a call, and names each that it leaves alone with the reason, as its preview does', async () => {
    const { ids } = await fileMany(2);
    const [draft = ''] = (await fileMany(1, ['DRAFT'])).ids;
    const odd = ['NOTANID', 'ABCDEF12', '../../settings/filters', 'line\nbreak', 'r-5'];
    const call = { message_ids: [...ids, ...odd, 'abcdef12', draft], action: 'star' };
    const left = [
      '1 id is of no message that is there: abcdef12.',
      '5 ids are no message ids (those are digits and small letters, as gmail_search_emails lists them): ' +
        'NOTANID, ABCDEF12, ../../settings/filters, line⟨U+000A⟩break, r-5.',
      `1 draft left alone (${draft}): Gmail puts no labels on drafts; trash takes them.`,
    ].join('\n');
    const shown = await succeed(server, MODIFY, { ...call, preview: true });
    assert.match(shown, /^2 messages:\n/);
    assert.ok(shown.includes(left), shown);
    for (const _ of ['at first', 'and again']) {
      const done = await succeed(server, MODIFY, call);
      assert.ok(done.includes(left), done);
      assert.deepEqual([having(ids, 'STARRED'), having([draft], 'STARRED')], [2, 0]);
    }
    const selection = selectionOf(shown);
    assert.match(
      await succeed(server, MODIFY, { selection, action: 'unstar' }),
      /^Unstarred: 2 messages\.\ngmail_undo/,
    );
    const open = await succeed(server, MODIFY, { message_ids: [...ids, draft], preview: true });
    assert.match(open, /^3 messages:\n.*Among them: 1 draft\. Gmail puts no labels on drafts/s);
    await succeed(server, MODIFY, { message_ids: [draft], action: 'trash' });
    assert.equal(having([draft], 'TRASH'), 1);
  });

  it('leaves the drafts of a search alone', async () => {
    const { word, ids } = await fileMany(2);
    const draft = await file(sandbox.store, { subject: word }, { labels: ['DRAFT'] });
    const result = await succeed(server, MODIFY, { query: `subject:${word}`, add_labels: ['Choir'] });
    assert.match(result, new RegExp(`^Labelled Choir: 2 messages\\.\\n1 draft left alone \\(${draft.id}\\)`));
    assert.equal(having(ids, sandbox.store.labelId('Choir')), 2);
  });

  it('says in a preview which labels there are not, and what the change would do about it', async () => {
    const { ids } = await fileMany(1);
    const before = sandbox.store.labels().length;
    const preview = (args: object) => succeed(server, MODIFY, { message_ids: ids, preview: true, ...args });
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
    await refuse(server, MODIFY, refused, /INBOX is Gmail’s own/);
    await refuse(server, MODIFY, { message_ids: ids, add_labels }, /The labels are Choir, /);
    assert.equal(sandbox.store.labels().length, before);
    const many = await fileMany(51);
    await succeed(server, MODIFY, { message_ids: many.ids, add_labels: ['Chior'], create_labels: true });
    assert.match(window.changes[0]?.facts.join(' ') ?? '', /New labels, which are created: Chior \(there is Choir\)\./);
  });

  it('says which ids are of no message, and refuses a call that is not clear', async () => {
    const { ids } = await fileMany(1);
    const result = await succeed(server, MODIFY, { message_ids: [...ids, 'abcdef12'], action: 'star' });
    assert.match(result, /^Starred: 1 message\.\n1 id is of no message that is there: abcdef12\.\n/);
    await refuse(server, MODIFY, { action: 'star' }, /none is named/);
    await refuse(server, MODIFY, { message_ids: ids, query: 'x', action: 'star' }, /message_ids and query are given/);
    await refuse(server, MODIFY, { message_ids: ids }, /not said what to do/);
    await refuse(server, MODIFY, { message_ids: ids, action: 'delete' }, /action is not usable/);
    await refuse(server, UNDO, { changes: 0 }, /changes is not usable/);
  });
});
