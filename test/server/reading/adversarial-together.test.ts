import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ADVERSARIAL } from '../../support/adversarial.ts';
import { hostileMailbox } from '../../support/hostile-mail.ts';
import { enclosed, file, mimeOf, refuse, startMail, succeed } from '../../support/mail.ts';

const READ = 'gmail_read_email';
const CORPUS = new URL('../../corpus/', import.meta.url);

describe('mail that was made to break its reader, beside other mail', () => {
  const mailbox = hostileMailbox();
  const { call } = mailbox;

  it('can be attached to another, read ten at once, and saved, by one server', async () => {
    const { sandbox } = mailbox;
    await mailbox.server.close();
    const folder = mkdtempSync(path.join(tmpdir(), 'hg-hostile-'));
    mailbox.server = await startMail(sandbox, { GMAIL_SAVE_DIR: folder });
    const ids: string[] = [];
    for (const make of Object.values(ADVERSARIAL)) {
      const mail = make();
      const { id } = await file(sandbox.store, mail);
      ids.push(id);
      const raw = Buffer.isBuffer(mail) ? mail : mimeOf(mail);
      const files = [{ type: 'message/rfc822', name: 'a.eml', content: raw }];
      const around = await file(sandbox.store, { files });
      await call('gmail_get_attachment', { message_id: around.id, part_id: '1' });
      for (const each of [id, around.id]) sandbox.store.modify(each, [], ['INBOX']);
    }
    for (let start = 0; start < ids.length; start += 10) {
      const { text, isError } = await call(READ, { message_ids: ids.slice(start, start + 10) });
      assert.ok(!isError, text);
    }
    const saved = await succeed(mailbox.server, 'gmail_save_attachment', { message_id: ids[0], part_id: '1' });
    assert.match(saved, /^Saved 30\.0 MB/);
    assert.deepEqual(readFileSync(path.join(folder, 'a.zip')), Buffer.alloc(30 * 1024 * 1024, 7));
    rmSync(folder, { recursive: true });
  });

  it('lets the server answer others while it is read', async () => {
    const { id } = await file(mailbox.sandbox.store, ADVERSARIAL['10,000 links']?.() ?? {});
    const answers: string[] = [];
    const reading = call(READ, { message_ids: [id] }).then(() => answers.push('read'));
    // The request for the message has been answered, so that the reading of it has begun.
    const count = mailbox.sandbox.requests.length;
    while (mailbox.sandbox.requests.length === count) await new Promise(setImmediate);
    await mailbox.server.client.listTools();
    answers.push('listed');
    await reading;
    assert.deepEqual(answers, ['listed', 'read']);
  });

  it('is read whole beside others whose texts together are too much for one answer', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 8; n += 1)
      ids.push((await file(mailbox.sandbox.store, { text: `${n} begins. ${'z'.repeat(900 * 1024)}` })).id);
    const text = await succeed(mailbox.server, READ, { message_ids: ids });
    assert.deepEqual(
      ids.filter((_, n) => !text.includes(`\n${n} begins. `)),
      [],
    );
    assert.match(text, /of 921610: go on with offset/);
  });

  it('can be listed together', async () => {
    const { text } = await call('gmail_search_emails', { query: 'in:anywhere', max_results: 100 });
    assert.match(text, /^\d+ messages, newest first/);
  });

  it('every message of the corpus can be read by its id', async () => {
    const names = readdirSync(CORPUS).filter((name) => name.endsWith('.eml'));
    assert.ok(names.length > 150);
    for (const name of names) {
      const { id } = await file(mailbox.sandbox.store, readFileSync(new URL(name, CORPUS)));
      for (const unfold of [false, true]) {
        const { text, isError } = await call(READ, { message_ids: [id], unfold });
        assert.ok(!isError && enclosed(text).length === 1, name);
      }
      assert.ok(!(await call('gmail_read_thread', { thread_id: id })).isError, name);
      await call('gmail_get_email_body_chunk', { message_id: id });
    }
  });

  it('is refused with its size and a way on where it has too much text, and its files are not', async () => {
    const csv = { type: 'text/csv', name: 'a.csv', content: 'a,b' };
    const { id } = await file(mailbox.sandbox.store, { text: 'x'.repeat(9 * 1024 * 1024), files: [csv] });
    const expected =
      /text of the message is too large to read: 9\.0 MB\. At most 2\.0 MB.*attachments can still be saved/;
    await refuse(mailbox.server, READ, { message_ids: [id] }, expected);
    const { id: other } = await file(mailbox.sandbox.store, { text: 'The other one.' });
    const both = await succeed(mailbox.server, READ, { message_ids: [id, other] });
    assert.match(both, new RegExp(`Message ${id}: The text of the message is too large[\\s\\S]*The other one\\.`));
    assert.match(await succeed(mailbox.server, 'gmail_read_thread', { thread_id: id }), /too large to read: 9\.0 MB/);
    const text = await succeed(mailbox.server, 'gmail_get_attachment', { message_id: id, part_id: '1' });
    assert.match(text, /\n\na,b\n---/);
  });
});
