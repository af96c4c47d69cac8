import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeWordsOf, mayBeFound } from '../../../src/masking/query-words.ts';

describe('the words of a search that could be codes', () => {
  const rows: readonly [string, string[]][] = [
    ['invoice from:ann is:unread', []],
    ['482913', ['482913']],
    ['+482913', ['482913']],
    ['from:bank -482913', ['482913']],
    ['subject:482913', ['482913']],
    ['subject:"code 482913"', ['code 482913']],
    ['from:bank (482913 OR 482914)', ['482913', '482914']],
    ['{482913 482914}', ['482913', '482914']],
    ['482', ['482']],
    ['482-913', ['482 913']],
    ['AB12-CD34', ['ab12 cd34']],
    ['R7K2M', ['r7k2m']],
    ['٤٨٢٩١٣', ['482913']],
    // Digit by digit.
    ['"4 8"', ['4 8']],
    ['"4 8 2', ['4 8 2']],
    ['"code 4 AROUND 2 8"', ['code 4 8']],
    ['filename:codes-48213', ['codes 48213']],
    ['nowhere:482913', ['482913']],
    // Nothing of a mail's words.
    ['after:2026/05/12 before:1778571000 larger:10485760 newer_than:30d', []],
    ['label:2026-invoices rfc822msgid:482913@mail.example', []],
    ['invoice 2026', []],
    ['2 loaves', []],
    ['', []],
  ];
  for (const [query, words] of rows) {
    it(`of ${JSON.stringify(query)} are ${JSON.stringify(words)}`, () => assert.deepEqual(codeWordsOf(query), words));
  }
});

describe('a mail that a search has found', () => {
  const shown = [
    'Bank <no-reply@bank.example>',
    'Sign in',
    'Your code is [one-time code hidden]. Order 55120934, card 4410.',
  ];

  it('is left out where a word is masked in it, wanted or not', () => {
    for (const query of ['482913', 'from:bank 482913', 'from:bank -482913', '482913 OR code', '55120934 482913']) {
      assert.equal(mayBeFound(codeWordsOf(query), shown, true), false, query);
    }
  });

  it('is left out alike whether the guess is right or wrong', () => {
    for (const guess of ['482913', '111111']) assert.equal(mayBeFound(codeWordsOf(guess), shown, true), false);
  });

  it('stays where the words are shown, or none could be a code', () => {
    for (const query of ['55120934', 'card "4410"', 'from:bank code', 'subject:sign', '"order 55120934"']) {
      assert.equal(mayBeFound(codeWordsOf(query), shown, true), true, query);
    }
  });

  it('stays where nothing is masked', () => {
    assert.equal(mayBeFound(codeWordsOf('482913'), ['Invoice', 'see the file'], false), true);
  });
});
