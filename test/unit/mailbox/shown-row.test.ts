import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MessageRow } from '../../../src/gmail/messages/message-row.ts';
import { rowAgain, showRow } from '../../../src/mailbox/shown-row.ts';
import { renderRow } from '../../../src/result/rows.ts';

const ROW: MessageRow = {
  id: 'm1',
  threadId: 't1',
  date: Date.UTC(2020, 4, 3),
  from: '"Acme \u200blogin" <no-reply@acme.example>',
  to: 'robin@example.org',
  subject: 'Your code\u200e is 482913',
  snippet: 'Your sign-in code: 482913.\nIt lasts ten minutes.',
  unread: true,
  starred: false,
  important: false,
  hasAttachment: true,
  isNewsletter: false,
  historyId: '1',
  labelIds: ['INBOX', 'UNREAD'],
};

describe('a row that is shown', () => {
  it('is cleaned of what nobody sees, and masked, before anything is cut from it', () => {
    const { sender, from, subject, snippet } = showRow(ROW, false).shown;
    assert.equal(sender, 'Acme login');
    assert.equal(from, '"Acme login" <no-reply@acme.example>');
    assert.doesNotMatch(`${subject} ${snippet}`, /482913|\u202e|\n/);
    assert.match(subject, /^Your code is /);
  });

  it('is taken from before where it says the same, with what Gmail says of it now', () => {
    const before = { row: ROW, read: showRow(ROW, false) };
    const read = rowAgain(before, { ...ROW, unread: false, starred: true });
    assert.deepEqual(read?.shown, { ...before.read.shown, unread: false, starred: true });
    assert.deepEqual(read?.secrets, before.read.secrets);
    for (const words of [{ from: 'a@b.example' }, { subject: 'Hi' }, { snippet: 'Hi' }, { date: 1 }]) {
      assert.equal(rowAgain(before, { ...ROW, ...words }), undefined);
    }
  });

  it('shows codes where the user lets it', () => {
    const { subject, snippet } = showRow(ROW, true).shown;
    assert.equal(subject, 'Your code is 482913');
    assert.equal(snippet, 'Your sign-in code: 482913. It lasts ten minutes.');
  });

  for (const name of ['U! Ann', '* Ann', 'Ｕ Ann', 'U']) {
    it(`does not take the name ${name} for flags`, () => {
      const row = showRow(
        { ...ROW, from: `${name} <ann@example.org>`, unread: false, hasAttachment: false },
        false,
      ).shown;
      assert.ok(renderRow(row, 0, ROW.date).includes(` "${name}" | `));
    });
  }

  const senders: [string, string][] = [
    ['Ann <ann@example.org>', 'Ann'],
    ['<ann@example.org>', 'ann@example.org'],
    ['ann@example.org', 'ann@example.org'],
    ['', '(no sender)'],
  ];
  for (const [from, expected] of senders) {
    it(`names the sender ${from || 'that is not there'}`, () => {
      assert.equal(showRow({ ...ROW, from }, false).shown.sender, expected);
    });
  }

  it('is one line, whose cells hold no mark of their edges', () => {
    const { shown: row } = showRow({ ...ROW, subject: 'a | b', snippet: `${'x'.repeat(9)}y` }, true);
    assert.match(renderRow(row, 9, ROW.date), /^\d May \d\d:\d\d U\+ Acme login \| a \/ b \| xxxxxxxxx… \| m1$/);
    assert.match(renderRow(row, 0, ROW.date), /^\d May \d\d:\d\d U\+ Acme login \| a \/ b \| m1$/);
  });
});
