import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CallReport, callReportSchema } from '../../../src/broker/activity/protocol.ts';
import { ACTION_NAMES } from '../../../src/organise/actions.ts';
import { FILTER_OPERATIONS } from '../../../src/organise/filters/filter-operations.ts';
import { LABEL_OPERATIONS } from '../../../src/organise/labels/label-operations.ts';
import { TOOLS } from '../../../src/server/tools/index.ts';
import { DEEDS, isChange, isDeedOf, REPORTED_TOOLS, wordsOf } from '../../../src/shared/activity/deeds.ts';

const REPORT: CallReport = {
  tool: 'gmail_read_email',
  account: 'robin@example.org',
  client: 'An editor 1.2',
  deed: 'read',
  count: 3,
  outcome: 'done',
  approval: 'none',
  messageId: '18f0c1d2e3a4b5c6',
};
const isTaken = (report: object) => callReportSchema.safeParse(report).success;

describe('a report of a call', () => {
  it('is names and numbers', () => {
    assert.ok(isTaken(REPORT));
    assert.ok(isTaken({ ...REPORT, reason: 'timed_out', threadId: '18f0', query: 'x'.repeat(500) }));
  });

  const WRONG: [string, object][] = [
    ['a field of its own', { subject: 'Hello' }],
    ['an unknown tool', { tool: 'gmail_read_minds' }],
    ['what another tool does', { deed: 'sent' }],
    ['a name of every object', { deed: 'constructor' }],
    ['a reason in words', { reason: 'Lena did not want it' }],
    ['a reason that is none', { reason: 'toString' }],
    ['an id with words', { messageId: 'Dear Robin' }],
    ['a long id', { threadId: 'a'.repeat(65) }],
    ['a long search', { query: 'x'.repeat(501) }],
    ['a long name of a client', { client: 'x'.repeat(201) }],
    ['a long account', { account: 'x'.repeat(321) }],
    ['half an email', { count: 1.5 }],
    ['fewer than none', { count: -1 }],
    ['another outcome', { outcome: 'splendid' }],
    ['another approval', { approval: 'model' }],
    ['a question in words', { question: 'Shall it be sent?' }],
    ['no client', { client: undefined }],
  ];
  for (const [what, change] of WRONG) {
    it(`is refused with ${what}`, () => assert.ok(!isTaken({ ...REPORT, ...change })));
  }
});

describe('the table of deeds', () => {
  it('has every tool, and no other', () => {
    assert.deepEqual(TOOLS.map(({ name }) => name).sort(), [...REPORTED_TOOLS].sort());
  });

  it('has every action and operation', () => {
    for (const action of ACTION_NAMES) assert.ok(isChange('gmail_modify_emails', action), action);
    for (const operation of LABEL_OPERATIONS) assert.ok(isChange('gmail_manage_label', operation), operation);
    for (const operation of FILTER_OPERATIONS) assert.ok(isDeedOf('gmail_manage_filter', operation), operation);
  });

  it('has words for one and for several, and no sign left in them', () => {
    for (const tool of REPORTED_TOOLS) {
      for (const deed of [undefined, ...Object.keys(DEEDS[tool].deeds)]) {
        for (const count of [undefined, 0, 1, 12]) assert.match(wordsOf(tool, deed, count), /^[A-Z][^%]{5,}$/);
      }
    }
  });

  it('lets no tool that says it only reads have changed something, and no other have only read', () => {
    for (const { name, annotations } of TOOLS) {
      const changes = Object.keys(DEEDS[name].deeds).some((deed) => isChange(name, deed));
      assert.equal(changes, !annotations.readOnlyHint, name);
    }
  });
});
