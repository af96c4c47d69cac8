import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { CallReport } from '../../../src/broker/activity/protocol.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { REPORTED_TOOLS } from '../../../src/shared/activity/deeds.ts';
import { listMail } from '../../support/list-mail.ts';
import { file, rowIds } from '../../support/mail.ts';
import { type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import {
  accountOf,
  brokerFolder,
  MemoryPolicy,
  Opened,
  openWindow,
  type Window,
  type WindowOptions,
} from '../../support/window.ts';

const SETTINGS = 'https://www.googleapis.com/auth/gmail.settings.basic';
const MESSAGE = { to: 'Lena <lena@example.com>', subject: 'Two signs', body: 'Both of them, please.' };
const CLIENT = 'test 1.0.0';

describe('a call is reported to the window', () => {
  let sandbox: Sandbox;
  let folder: string;
  let window: Window;
  let server: ServerUnderTest;
  const opened = new Opened();
  const store = () => sandbox.store;
  /** A window whose person agrees to everything unless told otherwise, and a server of it. */
  const open = async (options: WindowOptions = {}) => {
    const brokers = brokerFolder();
    const usual = { confirm: () => true, confirmChange: () => true, saveFolder: folder };
    window = opened.add(await openWindow(brokers, { ...usual, ...options }));
    const refreshToken = sandbox.grants.grant(sandbox.client.id, [...FULL_SCOPES, SETTINGS]);
    const scopes = [...FULL_SCOPES, SETTINGS];
    await window.store.saveTemporarily({ ...accountOf(sandbox), refreshToken, scopes });
    server = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: brokers }));
  };
  const reports = (): CallReport[] => window.activity.flatMap((entry) => (entry.kind === 'call' ? [entry.call] : []));
  /** What the window was told of this one call. */
  const reported = async (tool: string, args: Record<string, unknown> = {}): Promise<CallReport> => {
    const before = reports().length;
    const { text } = await server.call(tool, args);
    const [report, ...more] = reports().slice(before);
    assert.ok(report && more.length === 0, `${tool} was reported ${more.length} times more, or never: ${text}`);
    return report;
  };
  /** A message with a file, and one of a list. */
  let [letter, news]: StoredMessage[] = [];

  before(async () => {
    sandbox = await startSandbox();
    folder = mkdtempSync(path.join(tmpdir(), 'saved-'));
    const part = { type: 'text/plain', name: 'notes.txt', content: 'Some notes.' };
    letter = await file(store(), { subject: 'With a file', text: 'See below.', files: [part] });
    const address = 'mailto:stop@list.example?subject=Stop%20it&body=Take%20me%20off';
    news = await file(store(), listMail({ addresses: [address], post: null }));
  });
  afterEach(() => opened.close());
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('by every tool', () => {
    beforeEach(() => open());

    it('with what it did, how many, for which client and on whose approval', async () => {
      const [first = '', second = ''] = rowIds((await server.call('gmail_search_emails', { query: 'in:inbox' })).text);
      const { id = '', threadId = '' } = letter ?? {};
      const listId = news?.id ?? '';
      const none = { approval: 'none' } as const;
      const person = { approval: 'person' } as const;
      const calls: [tool: CallReport['tool'], args: object, expected: Partial<CallReport>][] = [
        ['gmail_search_emails', { query: 'in:inbox', max_results: 5 }, { deed: 'found', count: 5, ...none }],
        ['gmail_read_email', { message_ids: [id] }, { deed: 'read', count: 1, messageId: id, ...none }],
        ['gmail_read_email', { message_ids: [id, first] }, { deed: 'read', count: 2, ...none }],
        ['gmail_read_thread', { thread_id: threadId }, { deed: 'read', count: 1, threadId, ...none }],
        [
          'gmail_get_attachment',
          { message_id: id, part_id: '1' },
          { deed: 'looked', count: 1, messageId: id, ...none },
        ],
        [
          'gmail_save_attachment',
          { message_id: id, part_id: '1' },
          { deed: 'saved', count: 1, messageId: id, ...none },
        ],
        ['gmail_save_attachment', { message_id: id }, { deed: 'savedWhole', count: 1, messageId: id, ...none }],
        ['gmail_get_changes', {}, { deed: 'looked', count: 0, ...none }],
        ['gmail_list_labels', {}, { deed: 'listed', ...none }],
        ['gmail_get_recent_emails', { max_results: 2 }, { deed: 'read', count: 2, ...none }],
        ['gmail_get_email_body_chunk', { message_id: id }, { deed: 'read', count: 1, messageId: id, ...none }],
        ['gmail_send_email', MESSAGE, { deed: 'sent', count: 1, ...person }],
        ['gmail_create_draft', MESSAGE, { deed: 'saved', count: 1, ...none }],
        ['gmail_find_address', { name: 'Nobody at all' }, { deed: 'found', count: 0, ...none }],
        [
          'gmail_modify_emails',
          { message_ids: [first, second], preview: true },
          { deed: 'previewed', count: 2, ...none },
        ],
        [
          'gmail_modify_emails',
          { message_ids: [first, second], action: 'archive' },
          { deed: 'archive', count: 2, ...none },
        ],
        ['gmail_undo', {}, { deed: 'undone', count: 2, ...none }],
        [
          'gmail_modify_emails',
          { message_ids: [id], add_labels: ['A'], create_labels: true },
          { deed: 'labelled', count: 1, ...none },
        ],
        ['gmail_manage_label', { operation: 'create', label: 'B' }, { deed: 'create', count: 1, ...none }],
        ['gmail_manage_label', { operation: 'delete', label: 'B' }, { deed: 'delete', count: 1, ...person }],
        ['gmail_unsubscribe', { message_id: listId }, { deed: 'sent', count: 1, ...person }],
        ['gmail_refresh_token', {}, { deed: 'refreshed', count: 1, ...none }],
        ['gmail_list_accounts', {}, { deed: 'listed', count: 1, ...none }],
        [
          'gmail_manage_filter',
          { operation: 'create', from: 'news@list.example', archive: true },
          { deed: 'create', count: 1, ...person },
        ],
        ['gmail_manage_filter', { operation: 'list' }, { deed: 'list', count: 1, ...none }],
      ];
      for (const [tool, args, expected] of calls) {
        const { account: _, count, messageId, threadId: thread, ...report } = await reported(tool, { ...args });
        const { count: wanted, messageId: message, threadId: wantedThread, ...rest } = expected;
        const what = `${tool} ${JSON.stringify(args)}`;
        assert.deepEqual(report, { tool, client: CLIENT, outcome: 'done', ...rest }, what);
        if (wanted !== undefined) assert.equal(count, wanted, what);
        if (message !== undefined) assert.equal(messageId, message, what);
        if (wantedThread !== undefined) assert.equal(thread, wantedThread, what);
      }
      assert.deepEqual(new Set(calls.map(([tool]) => tool)), new Set(REPORTED_TOOLS));
      // The one that was sent can be opened; of several at once none can.
      const sent = reports().find(({ deed, tool }) => tool === 'gmail_send_email' && deed === 'sent');
      assert.ok(
        store()
          .get(sent?.messageId ?? '')
          ?.labelIds.has('SENT'),
      );
      const ofSeveral = reports().find(({ tool, count }) => tool === 'gmail_read_email' && count === 2);
      assert.equal(ofSeveral?.messageId, undefined);
      // Nothing that a mail or the model has said.
      const all = JSON.stringify(window.activity);
      for (const word of [
        'Two signs',
        'lena@',
        'Both of them',
        'in:inbox',
        'With a file',
        'notes.txt',
        'list.example',
        'Nobody',
      ])
        assert.ok(!all.includes(word), word);
      const accounts = new Set(window.activity.filter(({ kind }) => kind !== 'call').map(({ account }) => account));
      assert.deepEqual(accounts, new Set([sandbox.address]));
    });

    it('and by a resource, which is read by one', async () => {
      await server.client.readResource({ uri: `gmail://message/${letter?.id}` });
      assert.deepEqual(
        reports().map(({ tool, count }) => [tool, count]),
        [['gmail_read_email', 1]],
      );
    });
  });

  it('with the search where the person wants that, and with none otherwise', async () => {
    await open({ recordsSearches: true });
    assert.equal((await reported('gmail_search_emails', { query: 'from:lena' })).query, 'from:lena');
    assert.equal((await reported('gmail_find_address', { name: 'Lena' })).query, 'Lena');
    // Not even to the window.
    await open();
    await reported('gmail_search_emails', { query: 'from:lena' });
    const noted = window.requests.filter(({ method }) => method === 'noteCall');
    assert.equal(noted.length, 1);
    assert.ok(!JSON.stringify(noted).includes('lena'));
  });

  it('where it fails, with what kind of failure it was', async () => {
    await open({ confirm: () => false, confirmChange: () => false, maximumLevel: () => 'full' });
    const told = async (tool: string, args: object) => {
      const { outcome, reason } = await reported(tool, { ...args });
      return [outcome, reason];
    };
    assert.deepEqual(await told('gmail_send_email', MESSAGE), ['declined', 'send_declined']);
    const label = { operation: 'create', label: 'Kept' };
    await server.call('gmail_manage_label', label);
    assert.deepEqual(await told('gmail_manage_label', { ...label, operation: 'delete' }), [
      'declined',
      'change_not_agreed',
    ]);
    assert.deepEqual(await told('gmail_read_email', { message_ids: ['none'] }), ['failed', 'not_found']);
    assert.deepEqual(await told('gmail_read_email', { message_ids: 7 }), ['failed', 'argument_invalid']);
    assert.equal((await reported('gmail_read_email', { message_ids: ['none', letter?.id] })).outcome, 'partly');
    await open({ maximumLevel: () => 'read', confirm: () => 'draft' });
    const refused = await reported('gmail_send_email', MESSAGE);
    assert.deepEqual([refused.outcome, refused.reason, refused.deed], ['refused', 'level_too_low', undefined]);
    await open({ confirm: () => 'draft' });
    const kept = await reported('gmail_send_email', MESSAGE);
    assert.deepEqual([kept.outcome, kept.deed, kept.approval], ['done', 'kept', 'person']);
    await open({ policy: new MemoryPolicy('never') });
    assert.equal((await reported('gmail_send_email', MESSAGE)).approval, 'rule');
  });
});
