import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { remembering } from '../../../src/masking/remembering.ts';

describe('what is found in texts that come again', () => {
  it('is found once, and anew when many others have come since', () => {
    const looked: string[] = [];
    const find = remembering((text) => {
      looked.push(text);
      return { length: text.length };
    });
    assert.equal(find('one'), find('one'));
    assert.deepEqual(find('one'), { length: 3 });
    assert.deepEqual(looked, ['one']);
    for (let other = 0; other < 100; other += 1) find(`other ${other}`);
    find('one');
    assert.equal(looked.filter((text) => text === 'one').length, 2);
  });

  it('is not kept of a long text', () => {
    const find = remembering((text) => ({ text }));
    const long = 'x'.repeat(100_000);
    assert.notEqual(find(long), find(long));
  });
});
