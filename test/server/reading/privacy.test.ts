import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import type { Privacy } from '../../../src/shared/privacy.ts';
import { cursorOf, file, rowIds, startMail, succeed } from '../../support/mail.ts';
import { type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow } from '../../support/window.ts';

const CODE = '481 926';
const CSV = { type: 'text/csv', name: 'a.csv', content: 'canary' };
const LARGE = { type: 'text/plain', content: Buffer.alloc(9 * 1024 * 1024, 'a') };

/** A server whose owner hides mail by a search or shows codes; both ways to say so. */
type Start = (privacy: Privacy) => Promise<ServerUnderTest>;

describe('what stays out of reach', () => {
  let sandbox: Sandbox;
  let label: string;
  const opened = new Opened();
  const saving = mkdtempSync(path.join(tmpdir(), 'hg-private-'));

  before(async () => {
    sandbox = await startSandbox();
    label = sandbox.store.labelId('private');
  });
  afterEach(() => opened.close());
  after(async () => {
    await sandbox.close();
    rmSync(saving, { recursive: true });
  });

  const withEnvironment: Start = async ({ hiddenQuery, showsCodes }) => {
    const codes = showsCodes ? { GMAIL_SHOW_CODES: 'always' } : {};
    return opened.add(await startMail(sandbox, { GMAIL_HIDDEN_QUERY: hiddenQuery, GMAIL_SAVE_DIR: saving, ...codes }));
  };
  const withEditor: Start = async (privacy) => {
    const folder = brokerFolder();
    const window = opened.add(await openWindow(folder, { privacy: () => privacy, saveFolder: saving }));
    await window.store.save(accountOf(sandbox));
    return opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
  };

  it('is told at the start of a server whose owner’s search cannot be understood', async () => {
    const server = await withEnvironment({ hiddenQuery: 'lable:private', showsCodes: false });
    await server.client.listTools();
    assert.match(server.stderr(), /\[warn\] .*which mail stays hidden cannot be understood.*lable: is no operator/);
  });

  for (const [where, start] of Object.entries({ environment: withEnvironment, editor: withEditor })) {
    describe(`by the ${where}: hidden mail`, () => {
      let server: ServerUnderTest;
      let secret: StoredMessage;
      let shown: StoredMessage;
      beforeEach(async () => {
        const at = Date.now();
        secret = await file(sandbox.store, { subject: 'canary', files: [CSV] }, { labels: ['INBOX', label], at });
        shown = await file(sandbox.store, { subject: 'Re: beside it' }, { at: at + 1, threadId: secret.id });
        server = await start({ hiddenQuery: 'label:private', showsCodes: false });
      });

      /** Fails where the answer tells a hidden message from one that is not there. */
      const hides = async (name: string, args: (id: string) => Record<string, unknown>, id = secret.id) => {
        const asked = await server.call(name, args(id));
        const unknown = await server.call(name, args('1a2b3c4d5e6f7a8b'));
        assert.equal(asked.isError, unknown.isError);
        assert.equal(asked.text.replaceAll(id, 'ID'), unknown.text.replaceAll('1a2b3c4d5e6f7a8b', 'ID'));
      };

      it('is not in a search', async () => {
        for (const query of [
          'canary',
          'label:private',
          'in:anywhere canary',
          `rfc822msgid:${secret.header('message-id')}`,
        ])
          assert.equal(await succeed(server, 'gmail_search_emails', { query }), 'No messages match.');
        const all = await succeed(server, 'gmail_search_emails', { query: '' });
        assert.ok(rowIds(all).includes(shown.id) && !all.includes('canary'));
      });

      it('cannot be read, nor its files, as if it were not there', async () => {
        await hides('gmail_read_email', (id) => ({ message_ids: [id] }));
        await hides('gmail_read_email', (id) => ({ message_ids: [id, id] }));
        await hides('gmail_get_email_body_chunk', (message_id) => ({ message_id }));
        await hides('gmail_get_attachment', (message_id) => ({ message_id, part_id: '1' }));
        await hides('gmail_get_attachment', (message_id) => ({ message_id, part_id: '9' }));
        await hides('gmail_save_attachment', (message_id) => ({ message_id, part_id: '1' }));
        await hides('gmail_save_attachment', (message_id) => ({ message_id, part_id: '9' }));
        await hides('gmail_save_attachment', (message_id) => ({ message_id }));
      });

      it('cannot be told by its failures', async () => {
        const large = await file(sandbox.store, { subject: 'canary', files: [LARGE] }, { labels: [label] });
        await hides('gmail_read_email', (id) => ({ message_ids: [id] }), large.id);
        await hides('gmail_get_email_body_chunk', (message_id) => ({ message_id }), large.id);
        await hides('gmail_get_email_body_chunk', (thread_id) => ({ thread_id }), large.id);
        await hides('gmail_read_thread', (thread_id) => ({ thread_id }), large.id);
      });

      it('is not in its thread, whose other messages are', async () => {
        const text = await succeed(server, 'gmail_read_thread', { thread_id: secret.id });
        assert.match(text, /: 1 message\.\n[\s\S]*Subject: Re: beside it/);
        assert.ok(!text.includes('canary'));
        const { json } = await server.call('gmail_get_email_body_chunk', { thread_id: secret.id });
        assert.equal(json.message_id, shown.id);
      });

      it('is not among the recent messages', async () => {
        const { text } = await server.call('gmail_get_recent_emails', { max_results: 5 });
        assert.ok(text.includes(shown.id) && !text.includes('canary') && !text.includes(`"id":"${secret.id}"`));
      });

      it('is not among the changes', async () => {
        const removed = await file(sandbox.store, { subject: 'canary' }, { labels: [label] });
        const cursor = cursorOf(await succeed(server, 'gmail_get_changes', {}));
        const open = await file(sandbox.store, { subject: 'open' });
        const gone = await file(sandbox.store, { subject: 'canary' }, { labels: ['INBOX', label] });
        sandbox.store.modify(secret.id, ['STARRED'], []);
        sandbox.store.modify(shown.id, ['STARRED'], []);
        sandbox.store.remove(removed.id);
        const text = await succeed(server, 'gmail_get_changes', { cursor });
        assert.deepEqual(rowIds(text), [open.id]);
        assert.match(text, new RegExp(`\nRelabelled:\n${shown.id} \\+STARRED\n`));
        for (const { id } of [secret, removed, gone]) assert.ok(!text.includes(id));
      });

      it('stays hidden where it was read before it got the label', async () => {
        const late = await file(sandbox.store, { subject: 'late canary' });
        const cursor = cursorOf(await succeed(server, 'gmail_get_changes', {}));
        await succeed(server, 'gmail_read_email', { message_ids: [late.id] });
        sandbox.store.modify(late.id, [label], []);
        assert.ok(!(await succeed(server, 'gmail_get_changes', { cursor })).includes(late.id));
        await hides('gmail_read_email', (id) => ({ message_ids: [id] }), late.id);
      });

      it('stays hidden from the moment that it gets the label, though it was read before', async () => {
        const late = await file(sandbox.store, { subject: 'late canary', files: [CSV] });
        await succeed(server, 'gmail_read_email', { message_ids: [late.id] });
        await succeed(server, 'gmail_get_attachment', { message_id: late.id, part_id: '1' });
        sandbox.store.modify(late.id, [label], []);
        await hides('gmail_read_email', (id) => ({ message_ids: [id] }), late.id);
        await hides('gmail_read_email', (id) => ({ message_ids: [id], offset: 1 }), late.id);
        await hides('gmail_read_thread', (thread_id) => ({ thread_id }), late.id);
        await hides('gmail_get_email_body_chunk', (message_id) => ({ message_id }), late.id);
        await hides('gmail_get_attachment', (message_id) => ({ message_id, part_id: '1' }), late.id);
        await hides('gmail_save_attachment', (message_id) => ({ message_id }), late.id);
      });
    });

    const useless: [string, RegExp][] = [
      ['label:private OR', /which mail stays hidden cannot be understood.*Ask the user to correct the setting/],
      ['lable:private', /cannot be understood.*lable: is no operator of Gmail/],
      ['label:nosuch', /has no such label, so no mail is shown.*the label nosuch;/],
    ];
    for (const [hiddenQuery, words] of useless)
      it(`by the ${where}: nothing is shown where ${hiddenQuery} hides mail`, async () => {
        const server = await start({ hiddenQuery, showsCodes: false });
        const { id } = await file(sandbox.store, {});
        const calls: [string, Record<string, unknown>][] = [
          ['gmail_search_emails', { query: '' }],
          ['gmail_read_email', { message_ids: [id] }],
          ['gmail_read_thread', { thread_id: id }],
          ['gmail_get_attachment', { message_id: id, part_id: '1' }],
          ['gmail_get_recent_emails', {}],
          ['gmail_get_email_body_chunk', { message_id: id }],
        ];
        for (const [name, args] of calls) {
          const { text, isError } = await server.call(name, args);
          assert.equal(isError, true, name);
          assert.match(text, words, name);
        }
      });

    describe(`by the ${where}: a one-time code`, () => {
      const answers = async (privacy: Privacy) => {
        const mail = {
          from: `Bank, code ${CODE} <no-reply@bank.example>`,
          subject: `${CODE} is your code`,
          files: [] as (typeof CSV)[],
        };
        const text = `Your one-time code is ${CODE}. It is valid for ten minutes.`;
        mail.files.push({ type: 'text/plain', name: 'code.txt', content: text });
        const { id } = await file(sandbox.store, { ...mail, text });
        const server = await start(privacy);
        const calls: [string, Record<string, unknown>][] = [
          ['gmail_search_emails', { query: 'subject:code' }],
          ['gmail_read_email', { message_ids: [id] }],
          ['gmail_read_thread', { thread_id: id }],
          ['gmail_get_attachment', { message_id: id, part_id: '1' }],
          ['gmail_get_recent_emails', { max_results: 1 }],
          ['gmail_get_email_body_chunk', { message_id: id }],
        ];
        const found: [string, string][] = [];
        for (const [name, args] of calls) found.push([name, (await server.call(name, args)).text]);
        return found;
      };

      it('is hidden, and the result says so', async () => {
        for (const [name, text] of await answers({ hiddenQuery: '', showsCodes: false })) {
          assert.ok(!/481\s?926/.test(text), `${name}: ${text}`);
          if (/read_|attachment/.test(name)) assert.match(text, /one-time codes or sign-in links were hidden/, name);
        }
      });

      it('is found by no search for it, whole or digit by digit, and no count tells of it', async () => {
        const text = 'Your one-time code is 482913.\n\nIt is valid for ten minutes.';
        const spaced = 'Your one-time code is 4 8 2 9 1 4.\n\nIt is valid for ten minutes.';
        const at = Date.now();
        const whole = await file(sandbox.store, { from: 'Login <no-reply@bank.example>', text }, { at });
        const apart = await file(
          sandbox.store,
          { from: 'Login <no-reply@bank.example>', text: spaced },
          { at: at - 1 },
        );
        const order = 'Thank you for order 739154 of two pairs of boots. They are on their way to you.';
        const boots = await file(sandbox.store, { subject: 'Boots', text: order }, { at: at - 2 });
        const server = await start({ hiddenQuery: '', showsCodes: false });
        const found = async (query: string, more: object = {}) =>
          (await succeed(server, 'gmail_search_emails', { query, ...more })).replace(
            /^(--- (?:end )?)[0-9a-f]{8}/gm,
            '$1',
          );
        const secrets = [whole.id, apart.id];
        assert.deepEqual(rowIds(await found('from:bank.example code')).slice(0, 2), secrets);
        const guesses = ['482913', '"482913"', '+482913', 'subject:482913', '{482913 482914}', '482913 OR 739155'];
        const digits = [
          '"4 8 2 9"',
          '"code is 4 8"',
          '"4 8 2 9 1 4"',
          '4.8.2.9.1.4',
          '（４８２９１３）',
          '(code (482913))',
        ];
        for (const query of [...guesses, ...digits, 'from:bank.example -482913', 'label:inbox "482913"']) {
          assert.equal(await found(query), 'No messages match.', query);
        }
        assert.deepEqual(rowIds(await found('739154')), [boots.id]);
        // A page is as full, and as much the last one, as if the masked ones were not there.
        for (const query of ['{482913 739154}', '739154 OR "4 8 2 9 1 4" OR 482913']) {
          assert.equal(await found(query, { max_results: 1 }), await found('{739154 xyz}', { max_results: 1 }), query);
        }
        const complete = async (value: string) => {
          const ref = { type: 'ref/resource', uri: 'gmail://message/{message_id}' } as const;
          return (await server.client.complete({ ref, argument: { name: 'message_id', value } })).completion.values;
        };
        const subject = 'Your one-time code is 482917';
        const titled = await file(sandbox.store, { from: 'Login <no-reply@bank.example>', subject, text });
        const [first = ''] = await complete('one-time code');
        assert.ok(first.includes(titled.id) && !first.includes('482917'), first);
        assert.deepEqual(await complete('482917'), []);
        for (const { id } of [whole, apart, boots, titled]) sandbox.store.remove(id);
      });

      it('shows where the owner wants that', async () => {
        for (const [name, text] of await answers({ hiddenQuery: '', showsCodes: true }))
          assert.ok(text.includes(CODE), name);
      });
    });
  }
});
