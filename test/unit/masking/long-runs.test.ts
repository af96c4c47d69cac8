import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hitsIn } from '../../../src/masking/codes/lexicon.ts';
import { fold } from '../../../src/masking/fold.ts';

/** Around what the patterns take at a time, and far more. */
const LENGTHS = [4, 63, 64, 65, 66, 127, 128, 129, 130, 192, 193, 5000];

describe('codes beside one another', () => {
  const codesOf = (length: number) => Array.from({ length }, (_, n) => String(482_913 + n * 7));
  const foundIn = (text: string) => fold(text).tokens.map(({ raw }) => raw);

  for (const length of LENGTHS) {
    it(`are each one, ${length} of them`, () => {
      const codes = codesOf(length);
      assert.deepEqual(foundIn(`Backup: ${codes.join(' ')}.`), codes);
    });

    it(`are ${length - 1} where the last of ${length} goes on as a word`, () => {
      const codes = codesOf(length);
      assert.deepEqual(foundIn(`Backup: ${codes.join(' ')}ab.`), [...codes.slice(0, -1), `${codes.at(-1)}ab`]);
    });

    it(`are none where one of ${length} has another length`, () => {
      const codes = codesOf(length);
      for (const other of ['4829', '48291377']) {
        assert.deepEqual(foundIn(`Backup: ${[other, ...codes].join(' ')}.`), []);
        assert.deepEqual(foundIn(`Backup: ${[...codes, other].join(' ')}.`), []);
      }
    });
  }

  it('may be counted by short numbers', () => {
    assert.deepEqual(foundIn('1 482913 2 482920 3 482927'), ['482913', '482920', '482927']);
  });
});

describe('words that mean something', () => {
  it('are not the ends of words that are far longer than any', () => {
    assert.equal(hitsIn('code').length, 1);
    for (const length of LENGTHS.filter((each) => each > 40)) {
      assert.deepEqual(hitsIn(`${'x'.repeat(length)}code ${'\u0301'.repeat(length)}`), [], `${length}`);
    }
  });
});
