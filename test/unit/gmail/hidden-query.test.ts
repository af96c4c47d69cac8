import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkHiddenQuery, unbalanced } from '../../../src/gmail/messages/hidden-query.ts';
import { problemOf } from '../support.ts';

describe('checkHiddenQuery', () => {
  const good: [string, string][] = [
    ['label:private', 'label:private'],
    [' label:private \n from:bank ', 'label:private from:bank'],
    ['from:(a OR b)', 'from:(a OR b)'],
    ['subject:"a (b"', 'subject:"a (b"'],
    ['label:a-b {from:x from:y} -is:starred', 'label:a-b {from:x from:y} -is:starred'],
    ['„Geheim“', '"Geheim"'],
    ['機密', '機密'],
    ['"OR"', '"OR"'],
    ['oregon and', 'oregon and'],
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
