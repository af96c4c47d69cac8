import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demandsOf, meets } from '../../../src/masking/query-demands.ts';

const SHOWN = [
  'Acme <no-reply@acme.example>',
  'Your sign-in code',
  'Hello Renée, your verification codes: [one-time code hidden] and more. 登录验证码 is valid.',
];

describe('what a search demands of words', () => {
  const rows: [string, { words: string[]; isChoice: boolean }[]][] = [
    ['', []],
    ['from:ann in:inbox is:unread has:attachment after:2026/01/31 to:me', []],
    ['invoice acme', [one('invoice'), one('acme')]],
    ['"two words" subject:Tea', [one('two words'), one('tea')]],
    ['a OR b c', [any('a', 'b'), one('c')]],
    ['{a b}', [any('a', 'b')]],
    ['(a OR b)', [any('a', 'b')]],
    ['subject:(a b)', [all('a', 'b')]],
    ['from:(a OR b)', []],
    ['(a b OR c)', [all('a', 'b', 'c')]],
    ['a OR (b c)', [all('a', 'b', 'c')]],
    ['-a -{b c}', [one('a'), all('b', 'c')]],
    ['{a -b}', [any('a')]],
    ['{-a -b}', [all('a', 'b')]],
    ['"is 4" a AROUND 3 b', [one('is 4'), one('a'), one('b')]],
    ['482-913', [one('482 913')]],
  ];
  for (const [query, demands] of rows) {
    it(`of ${JSON.stringify(query)}`, () => {
      const found = demandsOf(query).all.map(({ words, isChoice }) => ({
        words,
        isChoice: isChoice && words.length > 1,
      }));
      assert.deepEqual(found, demands);
    });
  }

  for (const query of ['a OR b', '{a b}', '-a', '(a b)', 'in:inbox -{a b}']) {
    it(`which ${query} leaves open`, () => assert.ok(demandsOf(query).offersChoice));
  }
  for (const query of ['a b', 'in:inbox -in:sent', '{from:ann from:bob}', '']) {
    it(`which ${query || 'nothing'} does not leave open`, () => assert.ok(!demandsOf(query).offersChoice));
  }
});

describe('a mail with something masked', () => {
  const found = (query: string, hidesLetters: boolean) => meets(demandsOf(query), SHOWN, hidesLetters);

  for (const query of [
    'verification',
    'code',
    'renee',
    '验证码',
    '"sign-in code"',
    'zzz OR code',
    'from:bank',
    'valid more',
  ]) {
    it(`is found by what is shown of it: ${query}`, () => assert.ok(found(query, true)));
  }
  const unseen = [
    'KQZWVX',
    '-KQZWVX',
    'code KQZWVX',
    'KQZ OR WVX',
    '(code KQZ OR WVX)',
    '"code is"',
    'hidden',
    'subject:otter',
  ];
  for (const query of unseen) {
    it(`is not found by what is not: ${query}`, () => assert.ok(!found(query, true)));
  }

  it('is found by any letters where numbers alone are masked in it, and by no number', () => {
    for (const query of ['otter', '-otter', 'otter OR zzz']) assert.ok(found(query, false), query);
    for (const query of ['4', '-4', '"codes 4"', '482913 OR zzz']) assert.ok(!found(query, false), query);
  });
});

function one(word: string) {
  return { words: [word], isChoice: false };
}

function all(...words: string[]) {
  return { words, isChoice: false };
}

function any(...words: string[]) {
  return { words, isChoice: words.length > 1 };
}
