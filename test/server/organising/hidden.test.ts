import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { file, refuse, rowIds, startMail, succeed } from '../../support/mail.ts';
import { startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow } from '../../support/window.ts';

const MODIFY = 'gmail_modify_emails';

describe('organising mail beside what stays out of reach', () => {
  let sandbox: Sandbox;
  let label: string;
  const opened = new Opened();
  before(async () => {
    sandbox = await startSandbox();
    label = sandbox.store.labelId('private');
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());

  const start = (env: Record<string, string> = {}) => startMail(sandbox, env).then((server) => opened.add(server));
  const put = (subject: string, labels: string[] = ['INBOX']) =>
    file(sandbox.store, { subject, text: 'Words.' }, { labels, at: Date.now() });

  it('counts, shows and changes no hidden mail, by search, by id or by thread', async () => {
    const [open, secret] = [await put('canaryone'), await put('canaryone', ['INBOX', label])];
    const inThread = await sandbox.store.add(Buffer.from('Subject: Re: canaryone\r\nMessage-ID: <t@x>\r\n\r\nHi\r\n'), {
      labelIds: ['INBOX', label],
      internalDate: Date.now(),
      threadId: open.threadId,
    });
    const server = await start({ GMAIL_HIDDEN_QUERY: 'label:private' });
    const shown = await succeed(server, MODIFY, { query: 'subject:canaryone', preview: true });
    assert.match(shown, /^1 message:\n/);
    assert.deepEqual(rowIds(shown), [open.id]);
    await succeed(server, MODIFY, { query: 'subject:canaryone', action: 'star', whole_threads: true });
    const result = await succeed(server, MODIFY, { message_ids: [open.id, secret.id], action: 'star' });
    // As of one that does not exist.
    assert.match(result, /1 id is of no message that is there/);
    await succeed(server, MODIFY, { message_ids: [secret.id], action: 'trash' });
    for (const { id } of [secret, inThread])
      assert.deepEqual([...(sandbox.store.get(id)?.labelIds ?? [])].sort(), ['INBOX', label].sort());
  });

  it('puts no label on that hides mail, and says where a change may hide some', async () => {
    const { id } = await put('canaryfive');
    const hiding = await start({ GMAIL_HIDDEN_QUERY: 'label:private' });
    for (const labels of [{ add_labels: ['Private'] }, { remove_labels: ['private'] }]) {
      await refuse(hiding, MODIFY, { message_ids: [id], ...labels }, /The label private stays as it is/);
    }
    assert.deepEqual([...(sandbox.store.get(id)?.labelIds ?? [])], ['INBOX']);
    const starred = await start({ GMAIL_HIDDEN_QUERY: 'is:starred' });
    const text = await succeed(starred, MODIFY, { message_ids: [id], action: 'star' });
    assert.match(text, /^Starred: 1 message\.\nWhat hides mail .* gmail_undo does not take back what is hidden now/);
    const read = await put('canarysix', ['INBOX', 'UNREAD']);
    assert.match(
      await succeed(starred, MODIFY, { message_ids: [read.id], action: 'read' }),
      /\ngmail_undo takes it back\.$/,
    );
  });

  it('takes back nothing of a message that was hidden since', async () => {
    const { id } = await put('canarytwo');
    const server = await start({ GMAIL_HIDDEN_QUERY: 'label:private' });
    await succeed(server, MODIFY, { message_ids: [id], action: 'archive' });
    sandbox.store.modify(id, [label], []);
    assert.match(
      await succeed(server, 'gmail_undo', {}),
      /^Taken back \(Archived\): 0 messages\.\nChanged again, or not there any more, and left alone: 1 message/,
    );
    assert.equal(sandbox.store.get(id)?.labelIds.has('INBOX'), false);
  });

  it('leaves alone what comes to be hidden while the person is asked, and what is hidden when it is taken back', async () => {
    const files = await Promise.all(
      Array.from({ length: 12 }, (_, at) => put(`canaryfour ${['ahoy', 'belay'][at] ?? ''}`)),
    );
    const [ahoy = '', belay = '', ...others] = files.map(({ id }) => id);
    let hiddenQuery = '';
    const folder = brokerFolder();
    const window = opened.add(
      await openWindow(folder, {
        privacy: () => ({ hiddenQuery, showsCodes: false }),
        confirmChange: () => {
          hiddenQuery = 'subject:ahoy';
          return true;
        },
      }),
    );
    await window.store.saveTemporarily(accountOf(sandbox));
    const server = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
    const isIn = (id: string) => sandbox.store.get(id)?.labelIds.has('TRASH');
    const done = await succeed(server, MODIFY, { message_ids: [ahoy, belay, ...others], action: 'trash' });
    // As of one that was deleted meanwhile.
    assert.match(
      done,
      /^Moved to the trash: 11 messages\.\n1 message had nothing to change, or is not there any more\./,
    );
    assert.deepEqual([isIn(ahoy), isIn(belay)], [false, true]);
    hiddenQuery = 'subject:belay';
    sandbox.store.remove(others[0] ?? '');
    const undone = await succeed(server, 'gmail_undo', {});
    assert.match(
      undone,
      /^Taken back \(Moved to the trash\): 9 messages\.\nChanged again, or not there any more, and left alone: 2 messages/,
    );
    assert.deepEqual([isIn(belay), ...others.slice(1).map(isIn)], [true, ...Array(9).fill(false)]);
  });

  it('tells by no count, sample or change whether a masked code is in a message', async () => {
    const code = await file(
      sandbox.store,
      { from: 'Bank <no-reply@bank.example>', subject: 'Your sign-in code', text: 'Your one-time code is 739204.' },
      { labels: ['INBOX'], at: Date.now() },
    );
    const server = await start();
    for (const query of ['739204', '"739204"', 'in:inbox 739204 subject:code']) {
      assert.match(await succeed(server, MODIFY, { query, preview: true }), /^No messages are meant/);
      assert.match(await succeed(server, MODIFY, { query, action: 'star' }), /^No messages are meant/);
    }
    const others = await succeed(server, MODIFY, { query: 'subject:"sign-in code" -739205', preview: true });
    const same = await succeed(server, MODIFY, { query: 'subject:"sign-in code" -739204', preview: true });
    assert.equal(
      others.replace(/s-\w+|[0-9a-f]{8}:|end [0-9a-f]{8}/g, ''),
      same.replace(/s-\w+|[0-9a-f]{8}:|end [0-9a-f]{8}/g, ''),
    );
    assert.equal(sandbox.store.get(code.id)?.labelIds.has('STARRED'), false);
  });

  it('is refused to an account that may only read', async () => {
    const { id } = await put('canarythree');
    const token = sandbox.grants.grant(sandbox.client.id, ['https://www.googleapis.com/auth/gmail.readonly']);
    const server = await start({ GMAIL_REFRESH_TOKEN: token });
    await refuse(server, MODIFY, { message_ids: [id], action: 'star' }, /organising mail/);
    await refuse(server, 'gmail_undo', {}, /organising mail/);
  });
});
