import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DraftHolds } from '../../../src/shared/turns/draft-holds.ts';

describe('a draft that a call has', () => {
  it('is had by no other call, until it is given back', () => {
    const holds = new DraftHolds();
    holds.take('r1', 'a');
    holds.take('r1', 'a');
    holds.take('r2', 'b');
    assert.throws(() => holds.take('r1', 'b'), /draft_in_question/);
    holds.release('r1', 'b');
    assert.throws(() => holds.take('r1', 'b'), /draft_in_question/);
    holds.release('r1', 'a');
    holds.take('r1', 'b');
  });

  it('is free once the server has gone', () => {
    const holds = new DraftHolds();
    const server = new AbortController();
    holds.take('r1', 'a', server.signal);
    server.abort();
    holds.take('r1', 'b');
    assert.throws(() => holds.take('r2', 'a', server.signal));
  });
});
