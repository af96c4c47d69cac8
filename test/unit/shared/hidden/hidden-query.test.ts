import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkHiddenQuery,
  hideBoth,
  hidesAtLeast,
  isSameLabel,
  labelsIn,
  problemIn,
  unbalanced,
} from '../../../../src/shared/hidden/hidden-query.ts';
import { problemOf } from '../../support.ts';

describe('checkHiddenQuery', () => {
  const good: [string, string][] = [
    ['label:private', 'label:private'],
    [' label:private \n from:bank ', 'label:private from:bank'],
    ['from:(a OR b)', 'from:(a OR b)'],
    ['subject:"a (b"', 'subject:"a (b"'],
    ['label:a-b {from:x from:y} -is:starred', 'label:a-b {from:x from:y} -is:starred'],
    ['„Geheim“', '"Geheim"'],
    ['機密', '機密'],
    ['subject:(a OR b AND NOT x)', 'subject:(a OR b AND NOT x)'],
    ['subject:re:invoice', 'subject:re:invoice'],
    ['"lable:private"', '"lable:private"'],
    ['LABEL:private IS:unread', 'LABEL:private IS:unread'],
    ['has:attachment larger:5M older_than:2y', 'has:attachment larger:5M older_than:2y'],
    ['after:2026/01/31 before:1767225600', 'after:2026/01/31 before:1767225600'],
    ['has:red-bang category:promotions in:anywhere', 'has:red-bang category:promotions in:anywhere'],
    ['holiday AROUND 10 vacation', 'holiday AROUND 10 vacation'],
    ['list:info@example.com deliveredto:me@example.com', 'list:info@example.com deliveredto:me@example.com'],
    ['rfc822msgid:<a.b*c@x>', 'rfc822msgid:<a.b*c@x>'],
    ['🎉 "or"', '🎉 "or"'],
    ['"OR"', '"OR"'],
    ['oregon ands', 'oregon ands'],
  ];
  for (const [query, expected] of good) {
    it(`takes ${query}`, () => assert.equal(checkHiddenQuery(query), expected));
  }

  const wrong: [string, RegExp][] = [
    ['label:"private', /quotation mark/],
    ['(label:private', /not closed/],
    ['label:private)', /closes nothing/],
    ['{label:private)', /closes nothing/],
    [')(', /closes nothing/],
    ['-', /no words/],
    ['""', /no words/],
    ['***', /no words/],
    ['a ()', /between two brackets/],
    ['label:private OR', /edge/],
    ['OR label:private', /edge/],
    ['(OR a) b', /edge/],
    ['a (b AND)', /edge/],
    ['a NOT', /edge/],
    ['a -', /edge/],
    ['a |', /edge/],
    ['label: private', /colon/],
    ['a from:', /colon/],
    ['-(label:) a', /colon/],
    ['lable:private', /lable: is no operator of Gmail/],
    ['-Lable:private', /lable: is no operator/],
    ['label:private foo:bar', /foo: is no operator/],
    ['label:(private foo:bar)', /foo: is no operator/],
    ['http://example.com', /http: is no operator/],
    ['is:privat', /is: has a value/],
    ['has:atachment', /has: has a value/],
    ['category:(social promo)', /category: has a value/],
    ['older_than:2weeks', /older_than: has a value/],
    ['after:yesterday', /after: has a value/],
    ['larger:huge', /larger: has a value/],
    ['label:---', /label: has a value/],
    ['label:private or from:bank', /"or" is a word/],
    ['a and b', /"and" is a word/],
    ['a -Not b', /"-Not" is a word/],
    ['label:priv*', /finds whole words/],
    ['label:private &', /a sign without letters/],
    [`label:private ${'x'.repeat(5000)}`, /more than 5000 characters/],
  ];
  for (const [query, reason] of wrong) {
    it(`refuses ${query}`, async () => {
      const problem = await problemOf(() => checkHiddenQuery(query));
      assert.equal(problem.code, 'hidden_query_wrong');
      assert.match(problem.explain('environment').why, reason);
    });
  }
});

describe('unbalanced', () => {
  for (const query of ['', 'a', '(a {b} "c)")', '()', 'a:(b)', '"("']) {
    it(`finds nothing in ${query}`, () => assert.equal(unbalanced(query), undefined));
  }
  for (const query of ['(', ')', '"', '({)}', '"a" "', '(")"', '}{']) {
    it(`finds something in ${query}`, () => assert.notEqual(unbalanced(query), undefined));
  }
});

describe('labelsIn', () => {
  const rows: [string, string[]][] = [
    ['label:private', ['private']],
    ['-label:(a OR b -c) in:d in:spam label:starred from:x is:read', ['a', 'b', 'c', 'd']],
    ['label:"two words" {label:a label:a}', ['two words', 'a']],
    ['in:anywhere "label:x" subject:label', []],
  ];
  for (const [query, labels] of rows) it(`of ${query}`, () => assert.deepEqual(labelsIn(query), labels));

  it('means the same by different spellings', () => {
    for (const [one, other] of [
      ['Work/Private stuff', 'work-private-stuff'],
      ['A (b)', 'a-b-'],
      ['É', 'é'],
    ] as const)
      assert.ok(isSameLabel(one, other), one);
    for (const [one, other] of [
      ['private', 'privat'],
      ['a_b', 'a-b'],
      ['a', ''],
    ] as const)
      assert.ok(!isSameLabel(one, other), one);
  });
});

describe('of two searches that hide mail', () => {
  const most: [string, string][] = [
    ['label:a', 'label:a'],
    ['label:a OR label:b', 'label:a'],
    ['{label:a label:b}', 'label:b'],
    ['{label:a from:(x y)}', '(from:(x y)) OR label:a'],
    ['(label:a x) OR label:b', 'label:a x'],
    ['label:a', ''],
    ['', ''],
    ['a | b', 'b OR a'],
  ];
  for (const [query, other] of most) {
    it(`${query || 'nothing'} hides what ${other || 'nothing'} hides`, () => {
      assert.equal(hidesAtLeast(query, other), true);
      assert.equal(hidesAtLeast(hideBoth(other, query), query), true);
    });
  }

  const less: [string, string][] = [
    ['', 'label:a'],
    ['label:b', 'label:a'],
    ['label:a x', 'label:a'],
    ['label:a label:b OR x', 'label:a'],
    ['-(label:a OR label:b)', '-label:a'],
    ['label:a', 'label:a OR label:b'],
    ['from:(a OR b)', 'from:a'],
    ['label:', 'label:a'],
  ];
  for (const [query, other] of less) {
    it(`${query || 'nothing'} may hide less than ${other}`, () => assert.equal(hidesAtLeast(query, other), false));
  }

  it('both hide, where neither surely hides what the other does', () => {
    assert.equal(hideBoth('label:a x', 'from:b OR c'), '(label:a x) OR (from:b OR c)');
    assert.equal(hideBoth('label:a', ''), 'label:a');
    assert.equal(problemIn(hideBoth('label:a x', 'from:b OR c')), undefined);
  });

  it('one that cannot be understood hides everything', () => {
    for (const [one, other] of [
      ['lable:a', 'label:b'],
      ['label:b', 'lable:a'],
      ['lable:a', ''],
      ['', 'lable:a'],
    ] as const)
      assert.equal(problemIn(hideBoth(one, other))?.code, 'hidden_query_wrong', `${one}, ${other}`);
  });
});
