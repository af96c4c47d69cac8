import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rehearse } from '../../../src/mailbox/reading/rehearsal.ts';
import { rehearsing } from '../../../src/result/rehearsal.ts';

describe('a rehearsal', () => {
  it('of rows ends with the answer that it waits for, whatever that is', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    setTimeout(() => resolve('rows'), 5);
    assert.equal(await rehearsing(promise), 'rows');
    await assert.rejects(rehearsing(Promise.reject(new Error('refused'))), /refused/);
    assert.equal(await rehearsing(Promise.resolve('more')), 'more');
  });

  it('of reading can read what it has invented', async () => {
    await assert.doesNotReject(rehearse());
  });
});
