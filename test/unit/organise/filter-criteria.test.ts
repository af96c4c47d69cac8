import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CriteriaRequest, criteriaOf } from '../../../src/organise/filters/filter-criteria.ts';
import { searchOf } from '../../../src/organise/filters/filter-words.ts';
import { problemOf } from '../support.ts';

describe('the criteria of a filter', () => {
  const taken: [CriteriaRequest, string][] = [
    [{ from: 'news@boats.example' }, 'from:(news@boats.example)'],
    [{ from: ' “Boat  News”  OR boats.example ' }, 'from:("Boat News" OR boats.example)'],
    [{ from: '{a@x.example b@x.example}' }, 'from:({a@x.example b@x.example})'],
    [{ from: 'ann-lee@x-y.example' }, 'from:(ann-lee@x-y.example)'],
    [{ list: 'news.boats.example', query: 'a OR b' }, 'list:(news.boats.example) (a OR b)'],
    [{ subject: 'Weekly news' }, 'subject:(Weekly news)'],
    [{ subject: 'this or that' }, 'subject:("this or that")'],
    [{ subject: 'a OR in:anywhere' }, 'subject:("a OR in:anywhere")'],
    [{ subject: 'Invoice: (open) -2031 "now"' }, 'subject:("Invoice: (open) -2031 now")'],
    [{ subject: '請求' }, 'subject:(請求)'],
    [{ from: 'boats', to: 'robin', has_attachment: true }, 'from:(boats) to:(robin) has:attachment'],
    [{ from: 'boats', query: '-from:me -{x y}' }, 'from:(boats) (-from:me -{x y})'],
  ];
  for (const [request, search] of taken) {
    it(`are ${search}`, () => assert.equal(searchOf(criteriaOf(request)), search));
  }

  const refused: CriteriaRequest[] = [
    ...[{}, { to: 'robin' }, { query: 'news' }, { has_attachment: true }],
    ...[
      '*',
      '@',
      'a',
      'OR',
      'a@x.example OR *',
      'NOT boss',
      '-boss',
      'news (-boss)',
      'news-"boss"',
      'boats) OR (news',
    ].map((from) => ({ from })),
    ...['from:x', 'subject:x OR news', '"open', 'news AROUND 5 boats', 'or news'].map((list) => ({ list })),
    ...['', '?!', '-'].map((subject) => ({ subject })),
    { from: 'boats', to: '-robin' },
    ...['x) OR (y', 'x OR', 'foo:bar', '"x'].map((query) => ({ from: 'boats', query })),
    { from: `${'a'.repeat(396)}` },
  ];
  for (const request of refused) {
    it(`are not ${JSON.stringify(request).slice(0, 60)}`, async () => {
      assert.equal((await problemOf(() => criteriaOf(request))).code, 'filter_criteria_wrong');
    });
  }
});
