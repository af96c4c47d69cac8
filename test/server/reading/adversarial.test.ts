import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADVERSARIAL } from '../../support/adversarial.ts';
import { hostileMailbox } from '../../support/hostile-mail.ts';
import { cursorOf, file } from '../../support/mail.ts';

const READ = 'gmail_read_email';

describe('mail that was made to break its reader', () => {
  const mailbox = hostileMailbox();
  const { call } = mailbox;

  /** Every way to a message, the first two pages of each. */
  async function useEverywhere(id: string): Promise<void> {
    for (const unfold of [false, true]) {
      const { text } = await call(READ, { message_ids: [id], unfold });
      const next = /go on with offset (\d+)\.$/m.exec(text)?.[1];
      assert.notEqual(next, '0', 'a page without any text');
      if (next) await call(READ, { message_ids: [id], unfold, offset: Number(next) });
      const thread = await call('gmail_read_thread', { thread_id: id, unfold });
      const cursor = cursorOf(thread.text);
      if (cursor) {
        const second = await call('gmail_read_thread', { thread_id: id, unfold, cursor });
        assert.notEqual(cursorOf(second.text), cursor, 'a page without any text');
      }
    }
    const { text } = await call('gmail_get_attachment', { message_id: id, part_id: '1' });
    const next = /go on with offset (\d+)\.$/m.exec(text)?.[1];
    if (next) await call('gmail_get_attachment', { message_id: id, part_id: '1', offset: Number(next) });
    await call('gmail_get_attachment', { message_id: id, part_id: '77' });
    await call('gmail_get_email_body_chunk', { message_id: id });
    await call('gmail_search_emails', { query: 'in:anywhere', max_results: 1 });
    await call('gmail_get_recent_emails', { max_results: 1 });
  }

  for (const [what, make] of Object.entries(ADVERSARIAL)) {
    it(`can be asked for: ${what}`, async () => {
      const { id } = await file(mailbox.sandbox.store, make());
      await useEverywhere(id);
      mailbox.sandbox.store.modify(id, [], ['INBOX']);
    });
  }
});
