import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHUNK_LENGTH, chunkOf, longestFitting, RESULT_BUDGET_BYTES } from '../../../src/server/result/budget.ts';
import { seededRandom } from '../support.ts';

const ALPHABET = ['a', ' ', '\n', '\r\n', 'é', 'ß', '日', '\u0301', '😀', '𠀀', '👩‍👩‍👧', '"', '\\', '<'];

function randomText(random: () => number, pieces: number): string {
  return Array.from({ length: pieces }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
}

describe('chunkOf', () => {
  const rows: [string, string, number, number, string, boolean][] = [
    ['a whole short text', 'abc', 0, 1000, 'abc', true],
    ['the start', 'abcdef', 0, 2, 'ab', false],
    ['the middle', 'abcdef', 2, 2, 'cd', false],
    ['the exact end', 'abcdef', 4, 2, 'ef', true],
    ['one short of the end', 'abcdef', 3, 2, 'de', false],
    ['the rest', 'abcdef', 5, 1000, 'f', true],
    ['nothing at the end', 'abcdef', 6, 10, '', true],
    ['nothing past the end', 'abcdef', 7_000_000, 10, '', true],
    ['nothing of an empty text', '', 0, 10, '', true],
    ['whole astral characters', '😀😀😀', 0, 1, '😀', false],
    ['astral characters counted as one', '😀a😀b', 1, 2, 'a😀', false],
    ['astral characters at the end', '😀a😀', 2, 1, '😀', true],
    ['nothing past astral characters', '😀😀', 3, 5, '', true],
    ['a lone surrogate as it is', 'a\ud83db', 1, 1, '\ud83d', false],
  ];
  for (const [name, text, offset, length, expected, isLast] of rows) {
    it(`gives ${name}`, () => {
      assert.deepEqual(chunkOf(text, offset, length), { text: expected, length: [...expected].length, isLast });
    });
  }

  it('joins to the whole, chunk for chunk, without ever cutting a character', () => {
    const random = seededRandom(20_261_101);
    for (let round = 0; round < 200; round += 1) {
      const text = randomText(random, Math.floor(random() * 400));
      const length = 1 + Math.floor(random() * 50);
      let [joined, offset, rounds] = ['', 0, 0];
      for (let isLast = false; !isLast; rounds += 1) {
        const chunk = chunkOf(text, offset, length);
        assert.ok(chunk.text.isWellFormed(), `round ${round}: a character was cut`);
        assert.equal(chunk.length, [...chunk.text].length);
        assert.ok(chunk.isLast || chunk.length === length, `round ${round}: a short chunk in the middle`);
        joined += chunk.text;
        offset += chunk.length;
        isLast = chunk.isLast;
        assert.ok(rounds <= text.length, 'it goes on for ever');
      }
      assert.equal(joined, text);
      assert.equal(rounds, Math.max(1, Math.ceil([...text].length / length)));
    }
  });

  it('gives 1,000 code points for the original contract', () => {
    assert.equal(CHUNK_LENGTH, 1000);
    const chunk = chunkOf('😀'.repeat(1001), 0, CHUNK_LENGTH);
    assert.deepEqual([chunk.length, chunk.text.length, chunk.isLast], [1000, 2000, false]);
  });
});

describe('longestFitting', () => {
  it('stays below the size at which a client cuts out the middle', () => {
    assert.ok(RESULT_BUDGET_BYTES <= 8192 && RESULT_BUDGET_BYTES >= 4096);
  });

  it('is the largest length within the budget, for any way to grow', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 300; round += 1) {
      const longest = Math.floor(random() * 1001);
      const steps = Array.from({ length: longest }, () => (random() < 0.3 ? 0 : Math.floor(random() * 60)));
      const sizes = [Math.floor(random() * 9000)];
      for (const step of steps) sizes.push((sizes.at(-1) ?? 0) + step);
      const found = longestFitting(longest, (length) => sizes[length] ?? assert.fail(`asked for ${length}`));
      const expected = Math.max(
        0,
        sizes.findLastIndex((size) => size <= RESULT_BUDGET_BYTES),
      );
      assert.equal(found, expected, `round ${round}`);
    }
  });

  const rows: [string, number, (length: number) => number, number][] = [
    ['everything where everything fits', 1000, () => RESULT_BUDGET_BYTES, 1000],
    ['nothing where nothing fits', 1000, () => RESULT_BUDGET_BYTES + 1, 0],
    ['nothing of nothing', 0, () => 0, 0],
    ['up to the last byte', 10_000, (length) => length, RESULT_BUDGET_BYTES],
    ['one of two', 2, (length) => length * 5000, 1],
  ];
  for (const [name, longest, sizeAt, expected] of rows) {
    it(`is ${name}`, () => assert.equal(longestFitting(longest, sizeAt), expected));
  }
});
