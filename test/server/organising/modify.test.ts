import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { file, refuse, rowIds, succeed } from '../../support/mail.ts';
import { argumentMode, environmentMode, startServer } from '../../support/mcp-server.ts';
import { MODIFY, ModifyDesk, selectionOf, UNDO } from './modify-desk.ts';

describe('organising mail', () => {
  const desk = new ModifyDesk();

  it('archives a few by their ids without a question, and takes it back', async () => {
    const { ids } = await desk.fileMany(3);
    assert.match(
      await succeed(desk.server, MODIFY, { message_ids: ids, action: 'archive' }),
      /^Archived: 3 messages\.\n/,
    );
    assert.equal(desk.having(ids, 'INBOX'), 0);
    assert.deepEqual(desk.window.changes, []);
    assert.match(await succeed(desk.server, UNDO, {}), /^Taken back \(Archived\): 3 messages\.$/);
    assert.equal(desk.having(ids, 'INBOX'), 3);
  });

  it('previews a search, and changes the very messages that were shown', async () => {
    const { word, ids } = await desk.fileMany(60);
    const shown = await succeed(desk.server, MODIFY, { query: `subject:${word}`, preview: true });
    assert.match(shown, /^60 messages, 10 of them:\n/);
    assert.equal(rowIds(shown).filter((id) => ids.includes(id)).length, 10);
    assert.equal(desk.having(ids, 'INBOX'), 60);
    const late = await file(desk.sandbox.store, { subject: `${word} late` }, { labels: ['INBOX'], at: Date.now() });
    await succeed(desk.server, MODIFY, { selection: selectionOf(shown), action: 'archive' });
    assert.equal(desk.having(ids, 'INBOX'), 0);
    assert.equal(desk.having([late.id], 'INBOX'), 1);
    const [question] = desk.window.changes;
    assert.equal(desk.window.changes.length, 1);
    assert.match(
      `${question?.title} ${question?.facts.join(' ')}`,
      /Archive 60 messages\? From.*50 that were looked at.*Sender/,
    );
    assert.equal(question?.examples.length, 5);
    assert.match(question?.reason ?? '', /^Within ten minutes, beyond 50 messages \(10 for spam and trash\) /);
    await refuse(
      desk.server,
      MODIFY,
      { selection: 's-none', action: 'archive' },
      /no selection s-none.*preview: true/s,
    );
  });

  it('asks about the 51st message and the 11th that goes out of sight, however they are split up', async () => {
    const other = desk.opened.add(await startServer({ HEADLESS_GMAIL_BROKER: desk.folder }));
    const { ids } = await desk.fileMany(60);
    desk.answer = () => false;
    await succeed(desk.server, MODIFY, { message_ids: ids.slice(0, 6), action: 'trash' });
    await succeed(other, MODIFY, { message_ids: ids.slice(6, 10), action: 'spam' });
    assert.equal(desk.window.changes.length, 0);
    await refuse(other, MODIFY, { message_ids: ids.slice(10, 11), action: 'trash' }, /Nothing was changed\..*said no/s);
    assert.match(desk.window.changes[0]?.title ?? '', /^Move 1 message to the trash\?$/);
    assert.match(
      desk.window.changes[0]?.reason ?? '',
      /^10 messages were already put into spam or the trash within ten/,
    );
    await succeed(desk.server, MODIFY, { message_ids: ids.slice(10, 50), action: 'star' });
    await refuse(desk.server, MODIFY, { message_ids: ids.slice(50, 51), action: 'star' }, /Nothing was changed/);
    assert.deepEqual([desk.having(ids, 'TRASH'), desk.having(ids, 'SPAM'), desk.having(ids, 'STARRED')], [6, 4, 40]);
  });

  it('is refused where nobody can be asked, or nobody says yes, whatever the mode', async () => {
    const { ids } = await desk.fileMany(11);
    const before = desk.sandbox.requests.length;
    const yes = { action: 'accept' as const, content: { change: true } };
    const clients: [object | undefined, RegExp][] = [
      [undefined, /takes a person’s yes/],
      [{ action: 'accept' }, /in another form/],
      [{ action: 'accept', content: { send: true } }, /in another form/],
      [{ action: 'decline' }, /said no/],
      [{ action: 'cancel' }, /without an answer/],
    ];
    for (const mode of [environmentMode(desk.sandbox), argumentMode(desk.sandbox)]) {
      for (const [reply, expected] of clients) {
        const env = { ...mode, GMAIL_CONFIRM_SEND: 'never' };
        const one = desk.opened.add(await startServer(env, reply ? { onQuestion: () => reply as typeof yes } : {}));
        const token = mode.GMAIL_CLIENT_ID
          ? {}
          : { google_access_token: desk.sandbox.grants.refresh(desk.sandbox.client, desk.sandbox.refreshToken).value };
        await refuse(one, MODIFY, { message_ids: ids, action: 'trash', ...token }, expected);
      }
    }
    assert.deepEqual(
      desk.sandbox.requests.slice(before).filter((request) => request.includes('batchModify')),
      [],
    );
    const agreed = desk.opened.add(await startServer(environmentMode(desk.sandbox), { onQuestion: () => yes }));
    await succeed(agreed, MODIFY, { message_ids: ids, action: 'trash' });
    assert.equal(desk.having(ids, 'TRASH'), 11);
  });

  it('changes thousands by one answer; what a failure leaves is named, and the rest is finished by the next call', async () => {
    const { word, ids } = await desk.fileMany(3000);
    const batch = /POST \/gmail\/v1\/users\/\w+\/messages\/batchModify/;
    desk.sandbox.faults.add({ match: batch, times: 2 });
    desk.sandbox.faults.add({
      match: batch,
      times: 1,
      answer: { status: 503, body: { error: { code: 503, message: 'Backend' } } },
    });
    const { isError, text } = await desk.server.call(MODIFY, {
      query: `subject:${word}`,
      action: 'read',
      add_labels: ['Receipts/2026'],
    });
    assert.equal(isError, true);
    assert.match(text, /^2,000 messages were changed, and 1,000 were not: \w+, /);
    const label = desk.sandbox.store.labelId('Receipts/2026');
    assert.equal(desk.having(ids, label), 2000);
    const rest = { selection: selectionOf(text), action: 'read', add_labels: ['Receipts/2026'] };
    assert.match(await succeed(desk.server, MODIFY, rest), /: 1,000 messages\./);
    assert.equal(desk.having(ids, label), 3000);
    await succeed(desk.server, MODIFY, { query: `subject:${word}`, action: 'star' });
    await succeed(desk.server, UNDO, { changes: 3 });
    assert.deepEqual([desk.having(ids, label), desk.having(ids, 'STARRED')], [0, 0]);
  });

  it('goes on where the token ends in between', async () => {
    const { word, ids } = await desk.fileMany(1200);
    desk.sandbox.faults.add({ match: /batchModify/, times: 1 });
    desk.sandbox.faults.add({ match: /batchModify/, times: 1, meanwhile: () => desk.sandbox.grants.endAccessTokens() });
    await succeed(desk.server, MODIFY, { query: `subject:${word}`, action: 'archive' });
    assert.equal(desk.having(ids, 'INBOX'), 0);
  });
});
