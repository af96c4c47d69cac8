import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holdOn } from '../../../../src/shared/hidden/hidden-query.ts';
import { problemOf } from '../../support.ts';

describe('whether what is hidden hangs on a label', () => {
  const cases: [string, string, ReturnType<typeof holdOn>][] = [
    ['', 'Private', undefined],
    ['  ', 'Private', undefined],
    ['from:bank.example', 'Private', undefined],
    ['label:private', 'Private', 'name'],
    ['in:PRIVATE', 'private', 'name'],
    ['label:"private things"', 'Private Things', 'name'],
    ['label:private-things', 'Private/Things', 'name'],
    ['{from:a@bank.example label:(other private)}', 'Private', 'name'],
    ['-label:open', 'Open', 'name'],
    ['label:private', 'Private/Below', 'name'],
    ['label:private-below', 'Private', undefined],
    ['label:private', 'Private Things', undefined],
    ['label:private', 'Other', undefined],
    ['has:userlabels', 'Other', 'any'],
    ['from:bank.example -has:nouserlabels', 'Other', 'any'],
    ['"has:userlabels"', 'Other', undefined],
  ];
  for (const [query, label, expected] of cases) {
    it(`"${query}" on ${label}: ${expected ?? 'no'}`, () => assert.equal(holdOn(query, label), expected));
  }

  it('is told of no search that is not understood', async () => {
    assert.equal((await problemOf(() => holdOn('label:(private', 'Other'))).code, 'hidden_query_wrong');
  });
});
