import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callReportSchema } from '../../../src/broker/activity/protocol.ts';
import { type Ended, reportOf, unnotedProblem } from '../../../src/broker/activity/report.ts';
import { Tally } from '../../../src/broker/activity/tally.ts';
import { Problem, sentence } from '../../../src/shared/problems.ts';

const ended = (change: Partial<Ended> = {}): Ended => ({
  tool: { name: 'gmail_modify_emails' },
  tally: new Tally(),
  client: 'An editor 1.2',
  account: 'robin@example.org',
  notesSearches: false,
  problem: undefined,
  ...change,
});
const did = (...args: Parameters<Tally['did']>): Tally => {
  const tally = new Tally();
  tally.did(...args);
  return tally;
};
const UNCLEAR = Problem.of('send_unclear', { subject: '"Hello"', reason: 'ECONNRESET' });

describe('what a call is reported as', () => {
  const outcomeOf = (change: Partial<Ended>) => reportOf(ended(change)).outcome;
  const offline = Problem.of('offline', { host: 'gmail.googleapis.com', code: 'ENOTFOUND' });

  it('is done, or done in part', () => {
    assert.equal(outcomeOf({}), 'done');
    assert.equal(outcomeOf({ tally: did('archive', 2) }), 'done');
    assert.equal(outcomeOf({ tally: did('archive', 2, { isPartial: true }) }), 'partly');
  });

  it('is failed, or done in part where something was changed before', () => {
    assert.equal(outcomeOf({ problem: offline }), 'failed');
    assert.equal(outcomeOf({ problem: offline, tally: did('previewed', 2) }), 'failed');
    assert.equal(outcomeOf({ problem: offline, tally: did('archive', 2) }), 'partly');
  });

  it('is unclear, declined or refused', () => {
    assert.equal(outcomeOf({ problem: UNCLEAR }), 'unclear');
    assert.equal(outcomeOf({ problem: Problem.of('send_declined', {}) }), 'declined');
    assert.equal(outcomeOf({ problem: Problem.of('recipient_not_allowed', { address: 'a@b.example' }) }), 'refused');
  });

  it('names the question that let it send', () => {
    const tally = new Tally();
    assert.ok(!('question' in reportOf(ended({ tally }))));
    tally.question = 'b0e42fe7-31a5-4894-a441-007e5256afea';
    const report = reportOf(ended({ tally }));
    assert.equal(report.question, tally.question);
    assert.ok(callReportSchema.safeParse(report).success);
  });

  it('is always what the window takes', () => {
    const tally = did('archive', 2, { messageId: 'words of a mail, not an id', threadId: '18f0' });
    tally.searched('x'.repeat(2_000));
    const report = reportOf(ended({ tally, client: 'x'.repeat(500), notesSearches: true, problem: UNCLEAR }));
    assert.deepEqual(callReportSchema.parse(report), report);
    assert.deepEqual([report.messageId, report.threadId, report.query?.length], [undefined, '18f0', 500]);
    assert.ok(callReportSchema.safeParse(reportOf(ended({ account: undefined, client: '' }))).success);
    assert.equal(reportOf(ended({ tally })).query, undefined);
  });
});

describe('what a client reads of a call that was not noted', () => {
  const reason = Problem.of('activity_unwritable', { reason: 'ENOSPC' });
  const read = (change: Partial<Ended>, said: string) => {
    const problem = unnotedProblem({ report: reportOf(ended(change)), said, reason, source: 'editor' });
    return problem && sentence(problem.explain('editor'));
  };

  it('is what was changed, and that it is not noted', () => {
    const text = read({ tally: did('archive', 2) }, 'The result: Archived: 2 messages.') ?? '';
    assert.match(
      text,
      /^Archived 2 emails\. The result: Archived: 2 messages\. That stays true, but .*not be noted.*ENOSPC/,
    );
  });

  it('is what may have been sent', () => {
    const text = read({ problem: UNCLEAR }, sentence(UNCLEAR.explain('editor'))) ?? '';
    assert.match(text, /^It is unknown whether the message was sent\..*not be noted/);
  });

  it('is nothing of what was read', () => {
    const text = read({ tally: did('previewed', 2) }, 'The result: Lena wrote') ?? '';
    assert.match(text, /^The result is withheld.*Nothing was changed/);
    assert.doesNotMatch(text, /Lena/);
  });

  it('is its own error where it did nothing', () => {
    assert.equal(read({ problem: Problem.of('send_declined', {}) }, ''), undefined);
    assert.equal(read({ problem: Problem.of('cancelled', {}) }, ''), undefined);
  });
});
