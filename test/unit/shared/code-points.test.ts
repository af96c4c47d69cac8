import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunkOf, clip, clipAndCount, lengthOf } from '../../../src/shared/code-points.ts';
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
});

describe('clip', () => {
  const rows: [string, string, number, string][] = [
    ['a short text', 'abc', 3, 'abc'],
    ['blanks around it', '  abc \n', 3, 'abc'],
    ['a longer text', 'abcd', 3, 'abc…'],
    ['a blank where it is cut', 'ab cd', 3, 'ab…'],
    ['astral characters, counted as one', '😀😀😀', 2, '😀😀…'],
    ['nothing', '', 3, ''],
  ];
  for (const [name, text, length, expected] of rows) {
    it(`takes ${name}`, () => assert.equal(clip(text, length), expected));
  }
});

describe('clipAndCount', () => {
  it('leaves a text that is short enough as it is', () => {
    assert.equal(clipAndCount(' ab ', 4), ' ab ');
    assert.equal(clipAndCount('x'.repeat(9), Number.POSITIVE_INFINITY), 'x'.repeat(9));
  });

  it('counts what follows in code points', () => {
    assert.equal(clipAndCount('ab😀😀😀', 3), 'ab😀… (2 more characters)');
    assert.equal(lengthOf('ab😀😀😀'), 5);
  });
});
