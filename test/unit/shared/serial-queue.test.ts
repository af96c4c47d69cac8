import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SerialQueue } from '../../../src/shared/turns/serial-queue.ts';

describe('a serial queue', () => {
  it('begins a work when the one before it is over, and hands on what each answers', async () => {
    const queue = new SerialQueue();
    const gate = Promise.withResolvers<void>();
    const done: string[] = [];
    const first = queue.run(async () => {
      await gate.promise;
      done.push('first');
      return 1;
    });
    const second = queue.run(async () => {
      done.push('second');
      return 2;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(done, []);
    gate.resolve();
    assert.deepEqual(await Promise.all([first, second]), [1, 2]);
    assert.deepEqual(done, ['first', 'second']);
  });

  it('goes on after a work that fails, and tells whoever asked for that one', async () => {
    const queue = new SerialQueue();
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const thrown = queue.run(() => {
      throw new Error('at once');
    });
    const after = queue.run(async () => 'went on');
    await assert.rejects(failing, /no/);
    await assert.rejects(thrown, /at once/);
    assert.equal(await after, 'went on');
  });
});
