import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Entry } from '../../../src/activity/entries.ts';
import { entryWords, logLine, pageOf } from '../../../src/activity/entry-words.ts';
import type { CallReport } from '../../../src/broker/activity/protocol.ts';

const AT = new Date(2026, 10, 27, 14, 5).getTime();
const ROBIN = 'robin@example.org';
const REPORT: CallReport = {
  tool: 'gmail_read_email',
  client: 'An editor 1.2',
  deed: 'read',
  count: 3,
  outcome: 'done',
  approval: 'none',
};
const called = (change: Partial<CallReport> = {}, about: object = { account: ROBIN }): Entry => ({
  kind: 'call',
  at: AT,
  ...about,
  call: { ...REPORT, ...change },
});
const labelOf = (change: Partial<CallReport>) => entryWords(called(change)).label;

describe('a line of the record', () => {
  it('says what was done, whose mail it was, when, by whom and on whose approval', () => {
    const { label, description, detail } = entryWords(called());
    assert.equal(label, 'Read 3 emails');
    assert.match(description, /\b0?[25]:?05.* · robin@example\.org$/);
    assert.match(detail, /^gmail_read_email · done · needs no question · “An editor 1\.2” · .*2026/);
  });

  it('counts', () => {
    assert.equal(labelOf({ count: 1 }), 'Read an email');
    assert.equal(labelOf({ count: 0 }), 'Read 0 emails');
    assert.equal(labelOf({ tool: 'gmail_modify_emails', deed: 'archive', count: 1_200 }), 'Archived 1,200 emails');
    assert.equal(labelOf({ tool: 'gmail_modify_emails', deed: 'trash', count: 1 }), 'Moved an email to the trash');
    assert.equal(labelOf({ tool: 'gmail_send_email', deed: 'sent', count: 1 }), 'Sent an email');
  });

  it('says what was not done, and why', () => {
    const send = { tool: 'gmail_send_email', deed: undefined, count: undefined } as const;
    const { label, detail } = entryWords(called({ ...send, outcome: 'failed', reason: 'timed_out' }));
    assert.equal(label, 'Send an email: failed');
    assert.match(detail, / · failed \(timed out\) · /);
    assert.equal(labelOf({ ...send, outcome: 'declined', reason: 'send_declined' }), 'Send an email: you said no');
    assert.equal(labelOf({ ...send, outcome: 'refused', reason: 'level_too_low' }), 'Send an email: not allowed');
    assert.equal(
      labelOf({ ...send, outcome: 'unclear', reason: 'send_unclear' }),
      'Send an email: nobody knows whether it was done',
    );
    const trash = { tool: 'gmail_modify_emails', deed: 'trash', outcome: 'partly' } as const;
    assert.equal(labelOf(trash), 'Moved 3 emails to the trash, and not all of it');
  });

  it('names the approval', () => {
    const approvals = (['person', 'rule', 'none'] as const).map(
      (approval) => entryWords(called({ approval })).detail.split(' · ')[2],
    );
    assert.deepEqual(approvals, [
      'after your yes',
      'without a question, by your choice of when sending asks',
      'needs no question',
    ]);
    assert.doesNotMatch(entryWords(called({ outcome: 'declined' })).detail, /yes|needs no question/);
  });

  it('names the search where it was noted, and the sandbox', () => {
    const { description, detail } = entryWords(called({ query: 'from:lena' }, { account: ROBIN, isSandbox: true }));
    assert.match(detail, /searched for “from:lena”/);
    assert.match(description, / · robin@example\.org \(sandbox\)$/);
    assert.match(entryWords(called({}, {})).description, / · no account$/);
  });

  it('shows no icon that a client or a search has written', () => {
    const { detail } = entryWords(called({ client: '$(check) Trusted', query: '$(warning) x' }));
    assert.match(detail, /“\$ \(check\) Trusted” .*“\$ \(warning\) x”/);
  });

  it('lets no client write the words of an approval', () => {
    const client = 'Code” · gmail_send_email · done · after your yes · “';
    const { detail } = entryWords(called({ client }));
    assert.match(detail, /^gmail_read_email · done · needs no question · “Code\s+gmail_send_email [^·“”]*” · /);
    assert.match(entryWords(called({ client: ' ' })).detail, / · a program without a name · /);
  });

  it('tells of tokens and of answers', () => {
    const token = entryWords({ kind: 'token', at: AT, account: ROBIN, client: 'An editor 1.2' });
    assert.equal(token.label, 'Handed out an access token');
    assert.match(token.detail, /^“An editor 1\.2” · /);
    const answers = (['send', 'draft', 'change'] as const).flatMap((question) =>
      (['yes', 'no', 'draft', 'withdrawn'] as const).map(
        (answer) => entryWords({ kind: 'answer', at: AT, account: ROBIN, question, answer }).label,
      ),
    );
    assert.equal(answers[0], 'You agreed to send an email');
    assert.equal(answers[2], 'You chose to keep an email as a draft');
    assert.equal(answers[11], 'The question about a change of mail was withdrawn');
  });

  it('goes into the log by the same words, without what was searched for', () => {
    const line = logLine(called({ query: 'from:lena', tool: 'gmail_search_emails', deed: 'found' }));
    const words =
      'Searched mail: 3 emails · robin@example.org · gmail_search_emails · done · needs no question · “An editor 1.2”';
    assert.equal(line, words);
    const token = logLine({ kind: 'token', at: AT, account: ROBIN, client: 'An editor 1.2' });
    assert.equal(token, 'Handed out an access token · robin@example.org · “An editor 1.2” · good for up to an hour');
  });

  it('leads to the message in the mailbox of its account, or to the thread', () => {
    const base = 'https://mail.google.com/mail/u/?authuser=robin%40example.org#all/';
    assert.equal(pageOf(called({ messageId: '18f0', threadId: '18ef' })), `${base}18f0`);
    assert.equal(pageOf(called({ threadId: '18ef' })), `${base}18ef`);
    assert.equal(pageOf(called()), undefined);
    assert.equal(pageOf(called({ messageId: '18f0' }, {})), undefined);
    assert.equal(pageOf({ kind: 'token', at: AT, account: ROBIN, client: '' }), undefined);
  });
});
