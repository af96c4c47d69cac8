import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { cursorOf, file, rowIds, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';
import { PrivacyDesk } from './privacy-desk.ts';

const CSV = { type: 'text/csv', name: 'a.csv', content: 'canary' };
const LARGE = { type: 'text/plain', content: Buffer.alloc(9 * 1024 * 1024, 'a') };

describe('what stays out of reach', () => {
  const desk = new PrivacyDesk();

  it('is told at the start of a server whose owner’s search cannot be understood', async () => {
    const server = await desk.ways.environment({ hiddenQuery: 'lable:private', showsCodes: false });
    await server.client.listTools();
    assert.match(server.stderr(), /\[warn\] .*which mail stays hidden cannot be understood.*lable: is no operator/);
  });

  for (const [where, start] of Object.entries(desk.ways)) {
    describe(`by the ${where}: hidden mail`, () => {
      let server: ServerUnderTest;
      let secret: StoredMessage;
      let shown: StoredMessage;
      beforeEach(async () => {
        const at = Date.now();
        secret = await file(
          desk.sandbox.store,
          { subject: 'canary', files: [CSV] },
          { labels: ['INBOX', desk.label], at },
        );
        shown = await file(desk.sandbox.store, { subject: 'Re: beside it' }, { at: at + 1, threadId: secret.id });
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
        const large = await file(desk.sandbox.store, { subject: 'canary', files: [LARGE] }, { labels: [desk.label] });
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
        const removed = await file(desk.sandbox.store, { subject: 'canary' }, { labels: [desk.label] });
        const cursor = cursorOf(await succeed(server, 'gmail_get_changes', {}));
        const open = await file(desk.sandbox.store, { subject: 'open' });
        const gone = await file(desk.sandbox.store, { subject: 'canary' }, { labels: ['INBOX', desk.label] });
        desk.sandbox.store.modify(secret.id, ['STARRED'], []);
        desk.sandbox.store.modify(shown.id, ['STARRED'], []);
        desk.sandbox.store.remove(removed.id);
        const text = await succeed(server, 'gmail_get_changes', { cursor });
        assert.deepEqual(rowIds(text), [open.id]);
        assert.match(text, new RegExp(`\nRelabelled:\n${shown.id} \\+STARRED\n`));
        for (const { id } of [secret, removed, gone]) assert.ok(!text.includes(id));
      });

      it('stays hidden where it was read before it got the label', async () => {
        const late = await file(desk.sandbox.store, { subject: 'late canary' });
        const cursor = cursorOf(await succeed(server, 'gmail_get_changes', {}));
        await succeed(server, 'gmail_read_email', { message_ids: [late.id] });
        desk.sandbox.store.modify(late.id, [desk.label], []);
        assert.ok(!(await succeed(server, 'gmail_get_changes', { cursor })).includes(late.id));
        await hides('gmail_read_email', (id) => ({ message_ids: [id] }), late.id);
      });

      it('stays hidden from the moment that it gets the label, though it was read before', async () => {
        const late = await file(desk.sandbox.store, { subject: 'late canary', files: [CSV] });
        await succeed(server, 'gmail_read_email', { message_ids: [late.id] });
        await succeed(server, 'gmail_get_attachment', { message_id: late.id, part_id: '1' });
        desk.sandbox.store.modify(late.id, [desk.label], []);
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
        const { id } = await file(desk.sandbox.store, {});
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
  }
});
