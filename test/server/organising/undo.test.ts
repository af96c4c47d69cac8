import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { file, refuse, succeed } from '../../support/mail.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow } from '../../support/window.ts';

const MODIFY = 'gmail_modify_emails';
const UNDO = 'gmail_undo';
const BATCH = /POST \/gmail\/v1\/users\/\w+\/messages\/batchModify/;
const PROFILE = /GET \/gmail\/v1\/users\/me\/profile/;
const forbidden = (message: string) => ({ status: 403, body: { error: { code: 403, message } } });

describe('what is counted and taken back', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  before(async () => {
    sandbox = await startSandbox(systemClock, undefined, ['other@sandbox.example']);
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await opened.close();
  });
  after(() => sandbox.close());

  const fileMany = async (count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1)
      ids.push((await file(sandbox.store, { subject: `Some ${n}` }, { labels: ['INBOX'], at: Date.now() })).id);
    return ids;
  };
  const having = (ids: readonly string[], label: string) =>
    ids.filter((id) => sandbox.store.get(id)?.labelIds.has(label)).length;
  const tokenOf = (refreshToken = sandbox.refreshToken) => sandbox.grants.refresh(sandbox.client, refreshToken).value;
  const profiles = () => sandbox.requests.filter((request) => PROFILE.test(request)).length;
  const start = async (env = environmentMode(sandbox)) => opened.add(await startServer(env));
  const modify = (server: ServerUnderTest, args: object) => server.call(MODIFY, { ...args });

  it('is not what Gmail refused, nor what had nothing to change, in a window and without one', async () => {
    const folder = brokerFolder();
    const window = opened.add(await openWindow(folder));
    await window.store.saveTemporarily(accountOf(sandbox));
    for (const server of [await start(), opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }))]) {
      const message_ids = await fileMany(30);
      sandbox.faults.add({ match: BATCH, times: 1, answer: forbidden('Nope') });
      await refuse(server, MODIFY, { message_ids, action: 'star' }, /^0 messages were changed, and 30 were not/);
      await succeed(server, MODIFY, { message_ids, action: 'unstar' });
      assert.match(await succeed(server, MODIFY, { message_ids, action: 'star' }), /^Starred: 30 messages/);
      await refuse(server, MODIFY, { message_ids, action: 'archive' }, /30 messages were already changed/);
    }
  });

  it('goes by the mailbox of an access token, which it asks for once and before anything is changed', async () => {
    const server = await start(argumentMode(sandbox));
    const ids = await fileMany(51);
    const star = (some: readonly string[], token: string) => ({
      ...{ message_ids: some, action: 'star', google_access_token: token },
    });
    const [first, second] = [tokenOf(), tokenOf()];
    const before = profiles();
    await succeed(server, MODIFY, { ...star(ids.slice(0, 2), first), preview: true });
    assert.equal(profiles() - before, 0);
    await succeed(server, MODIFY, star(ids.slice(0, 50), first));
    const spent = profiles();
    await succeed(server, MODIFY, { ...star([], first), message_ids: undefined, query: 'subject:nothingatall' });
    assert.equal(profiles(), spent);
    // A newer token of the same mailbox resets nothing, and finds what is to be taken back.
    await refuse(
      server,
      MODIFY,
      star(ids.slice(50), second),
      /50 messages were already changed within ten minutes without a question; beyond 50 messages \(10 for spam and trash\)/,
    );
    assert.equal(profiles() - spent, 1);
    const other = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES, 'other@sandbox.example');
    await succeed(server, MODIFY, star(ids.slice(50), tokenOf(other)));
    assert.match(
      await succeed(server, UNDO, { google_access_token: second }),
      /Taken back \(Starred\): 50 messages\.$/,
    );
    assert.equal(having(ids, 'STARRED'), 0);
  });

  it('changes nothing where Gmail does not say whose mailbox it is, and asks again with the next call', async () => {
    const server = await start(argumentMode(sandbox));
    const [ids, token] = [await fileMany(1), tokenOf()];
    const args = { message_ids: ids, action: 'star', google_access_token: token };
    sandbox.faults.add({ match: PROFILE, times: 1, answer: { status: 200, body: {} } });
    await refuse(
      server,
      MODIFY,
      args,
      /^Nothing was changed\. Gmail does not say whose mailbox the access token opens/,
    );
    assert.equal(having(ids, 'STARRED'), 0);
    await succeed(server, MODIFY, args);
    assert.equal(having(ids, 'STARRED'), 1);
  });

  it('says what is left of a label that was deleted since, and reaches the changes before it', async () => {
    const server = await start();
    const ids = await fileMany(2);
    await succeed(server, MODIFY, { message_ids: ids, action: 'star' });
    const labelled = { add_labels: ['Errands'], create_labels: true };
    await succeed(server, MODIFY, { message_ids: ids, action: 'archive', ...labelled });
    await succeed(server, MODIFY, { message_ids: ids, remove_labels: ['Errands'] });
    await succeed(server, MODIFY, { message_ids: ids.slice(0, 1), add_labels: ['Errands'] });
    sandbox.store.removeLabel(sandbox.store.labelId('Errands'));
    assert.equal(
      await succeed(server, UNDO, { changes: 3 }),
      [
        'Taken back (Labelled Errands): 1 message.',
        'The label “Errands” was deleted since, so that no message has it any more.',
        'Taken back (Taken off Errands): 0 messages.',
        'The label “Errands” was deleted since, so that 2 messages could not get it back.',
        'Taken back (Archived; Labelled Errands): 2 messages.',
        'The label “Errands” was deleted since, so that no message has it any more.',
      ].join('\n'),
    );
    assert.equal(having(ids, 'INBOX'), 2);
    assert.match(await succeed(server, UNDO, {}), /^Taken back \(Starred\): 2 messages\.$/);
    await refuse(server, UNDO, {}, /no change to take back/);
  });

  it('is an error where Gmail takes nothing back, and can be tried again', async () => {
    const server = await start();
    const ids = await fileMany(2);
    await succeed(server, MODIFY, { message_ids: ids, action: 'star' });
    await succeed(server, MODIFY, { message_ids: ids, action: 'archive' });
    sandbox.faults.add({ match: BATCH, passing: 1, times: 1, answer: forbidden('Nope') });
    const { isError, text } = await server.call(UNDO, { changes: 2 });
    assert.equal(isError, true);
    assert.match(text, /^Taken back \(Archived\): 2 messages\. Not taken back: Starred, 2 messages \(\w+, \w+\)\. /);
    assert.doesNotMatch(text, /Then try again/);
    assert.deepEqual([having(ids, 'INBOX'), having(ids, 'STARRED')], [2, 2]);
    assert.match(await succeed(server, UNDO, {}), /^Taken back \(Starred\): 2 messages\.$/);
  });

  it('keeps no place for calls that changed nothing', async () => {
    const server = await start();
    const ids = await fileMany(1);
    await succeed(server, MODIFY, { message_ids: ids, action: 'star' });
    // Nothing to change, no such message, refused, and refused by a Gmail that does not tell its history any more.
    await succeed(server, MODIFY, { message_ids: ids, action: 'unarchive' });
    await succeed(server, MODIFY, { message_ids: ['abcdef0123456789'], action: 'archive' });
    sandbox.faults.add({ match: BATCH, times: 2, answer: forbidden('Nope') });
    assert.equal((await modify(server, { message_ids: ids, action: 'archive' })).isError, true);
    sandbox.faults.add({ match: PROFILE, passing: 1, times: 1, answer: forbidden('Nope') });
    assert.equal((await modify(server, { message_ids: ids, action: 'read' })).isError, true);
    assert.match(await succeed(server, UNDO, {}), /^Taken back \(Starred\): 1 message\.$/);
    await refuse(server, UNDO, {}, /no change to take back/);
  });

  it('is taken back once by two servers of a window at a time', async () => {
    const folder = brokerFolder();
    const window = opened.add(await openWindow(folder));
    await window.store.save(accountOf(sandbox));
    const env = { HEADLESS_GMAIL_BROKER: folder };
    const servers = [await start(env), await start(env)] as const;
    const [ids, star] = [await fileMany(1), 'STARRED'];
    await succeed(servers[0], MODIFY, { message_ids: ids, action: 'star' });
    const results = await Promise.all(servers.map((server) => server.call(UNDO, {})));
    assert.deepEqual(results.map(({ isError }) => isError === true).sort(), [false, true]);
    assert.equal(having(ids, star), 0);
    // One that another server is at.
    await succeed(servers[0], MODIFY, { message_ids: ids, action: 'star' });
    const [made] = window.journal.list(sandbox.address);
    window.journal.claim(sandbox.address, made?.id ?? '');
    await refuse(servers[1], UNDO, {}, /^This call has not taken back the change “Starred”\. Another call is/);
    assert.equal(having(ids, star), 1);
    window.journal.release(sandbox.address, made?.id ?? '');
    assert.match(await succeed(servers[1], UNDO, {}), /^Taken back \(Starred\): 1 message\.$/);
  });
});
