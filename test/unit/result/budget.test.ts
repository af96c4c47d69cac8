import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  fitRows,
  fits,
  fitsBytes,
  largestFitting,
  mostFitting,
  RESULT_BUDGET_BYTES,
} from '../../../src/result/budget.ts';
import { seededRandom } from '../support.ts';

describe('largestFitting', () => {
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
      const render = (length: number) => ' '.repeat(sizes[length] ?? assert.fail(`asked for ${length}`));
      const found = largestFitting(longest, render, fitsBytes);
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
    ['nothing of nothing that does not fit', 0, () => RESULT_BUDGET_BYTES + 1, 0],
    ['up to the last byte', 10_000, (length) => length, RESULT_BUDGET_BYTES],
    ['one of two', 2, (length) => length * 5000, 1],
  ];
  for (const [name, longest, sizeAt, expected] of rows) {
    it(`is ${name}`, () => {
      assert.equal(
        largestFitting(longest, (length) => ' '.repeat(sizeAt(length)), fitsBytes),
        expected,
      );
    });
  }

  it('counts tokens as well, unless bytes alone are asked for', () => {
    const signs = (length: number) => '?!'.repeat(length);
    const found = largestFitting(4000, signs);
    assert.ok(found < largestFitting(4000, signs, fitsBytes));
    assert.ok(fits(signs(found)) && !fits(signs(found + 1)));
  });
});

describe('mostFitting', () => {
  const tooLong = () => ' '.repeat(RESULT_BUDGET_BYTES + 1);

  it('is one where not even that fits, and none where there is none', () => {
    assert.equal(mostFitting(5, tooLong), 1);
    assert.equal(mostFitting(0, tooLong), 0);
  });
});

describe('fitRows', () => {
  const fit = (rows: number, bytesOfRow: number) =>
    fitRows({
      rows,
      snippet: 50,
      render: (count, snippet) => `${count}/${snippet} ${' '.repeat(count * (bytesOfRow + snippet))}`,
    }).text.split(' ')[0];

  it('shows everything where there is room', () => assert.equal(fit(10, 100), '10/50'));
  it('shortens the snippets first', () => assert.match(fit(80, 80) ?? '', /^80\/(?:1\d|2\d)$/));
  it('leaves out the last rows where no snippet has room', () => assert.match(fit(100, 100) ?? '', /^8\d\/0$/));
  it('shows one row whatever it takes, and none of none', () => {
    assert.equal(fit(3, 10_000), '1/0');
    assert.equal(fit(0, 100), '0/50');
  });
});
