import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rehearse } from '../../../src/mailbox/reading/rehearsal.ts';
import { emptyGmail, INVENTED_ROWS } from '../../../src/mailbox/rehearsal/invented-gmail.ts';
import { InventedMailbox } from '../../../src/mailbox/rehearsal/invented-mailbox.ts';

describe('a rehearsal', () => {
  it('of reading can read what it has invented', async () => {
    await assert.doesNotReject(rehearse(() => true));
  });

  it('of reading ends before its next step when it is no longer wanted', async () => {
    const answers = [true, true, false, true];
    await rehearse(() => answers.shift() === true);
    assert.deepEqual(answers, [true]);
  });

  it('of a search finds each invented row, as Gmail would tell it', async () => {
    const mailbox = new InventedMailbox();
    const seen = new Map<string, string>();
    while (seen.size < INVENTED_ROWS.length) {
      const { rows, nextPageToken } = await mailbox.open().search({ query: 'is:unread', limit: 25 });
      assert.ok(rows.length > 0 && nextPageToken);
      for (const { id, subject, snippet } of rows) seen.set(id, `${subject}\n${snippet}`);
    }
    const all = [...seen.values()].join('\n');
    assert.match(all, /Soup at seven/);
    assert.match(all, /\[one-time code hidden\]/);
    assert.doesNotMatch(all, /482 ?913/);
  });

  it('of a search that finds nothing ends with the list', async () => {
    const mailbox = new InventedMailbox(emptyGmail);
    assert.deepEqual(await mailbox.open().search({ query: 'is:unread', limit: 25 }), { rows: [] });
  });
});
