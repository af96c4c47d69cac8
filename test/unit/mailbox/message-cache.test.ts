import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MessageCache } from '../../../src/mailbox/message-cache.ts';

const ME = 'robin@example.org';

function cacheOf(mostBytes: number, longestMs = 1000) {
  const clock = { time: 5000, now: () => clock.time };
  const cache = new MessageCache<string>({ sizeOf: (text) => text.length, mostBytes, longestMs, clock });
  const held = (...ids: string[]) => ids.filter((id) => cache.get(ME, id) !== undefined).join('');
  return { cache, clock, held };
}

describe('the cache of messages', () => {
  it('gives back what was put in', () => {
    const { cache } = cacheOf(100);
    cache.set(ME, 'a', 'text');
    assert.equal(cache.get(ME, 'a'), 'text');
    assert.equal(cache.get(ME, 'b'), undefined);
  });

  it('keeps no more than its bytes: what was used least lately goes', () => {
    const { cache, held } = cacheOf(30);
    for (const id of ['a', 'b', 'c']) cache.set(ME, id, 'x'.repeat(10));
    cache.get(ME, 'a');
    cache.set(ME, 'd', 'x'.repeat(10));
    assert.equal(held('a', 'b', 'c', 'd'), 'acd');
    cache.set(ME, 'e', 'x'.repeat(15));
    assert.equal(held('a', 'b', 'c', 'd', 'e'), 'de');
  });

  it('counts a value that is put in again once', () => {
    const { cache, held } = cacheOf(30);
    cache.set(ME, 'a', 'x'.repeat(10));
    for (let times = 0; times < 5; times += 1) cache.set(ME, 'b', 'x'.repeat(10));
    cache.set(ME, 'c', 'x'.repeat(10));
    assert.equal(held('a', 'b', 'c'), 'abc');
  });

  it('keeps what takes the place of a value no longer than that', () => {
    const { cache, clock, held } = cacheOf(100, 1000);
    cache.set(ME, 'a', 'first');
    clock.time += 600;
    cache.replace(ME, 'a', 'then');
    cache.replace(ME, 'b', 'nothing was there');
    assert.equal(cache.get(ME, 'a'), 'then');
    clock.time += 600;
    assert.equal(held('a', 'b'), '');
  });

  it('does not drop all the rest for one large value', () => {
    const { cache, held } = cacheOf(30);
    cache.set(ME, 'a', 'x');
    cache.set(ME, 'b', 'x'.repeat(16));
    assert.equal(held('a', 'b'), 'a');
    cache.set(ME, 'a', 'x'.repeat(16));
    assert.equal(held('a'), '', 'nor keep what it would replace');
  });

  it('drops a value when its time is over, however often it was used', () => {
    const { cache, clock } = cacheOf(20);
    cache.set(ME, 'a', 'x'.repeat(10));
    clock.time += 1000;
    assert.ok(cache.get(ME, 'a'));
    clock.time += 1;
    assert.equal(cache.get(ME, 'a'), undefined);
    // Its room is free again.
    cache.set(ME, 'b', 'x'.repeat(10));
    cache.set(ME, 'c', 'x'.repeat(10));
    assert.ok(cache.get(ME, 'b'));
  });

  it('drops everything when another account asks', () => {
    const { cache } = cacheOf(100);
    cache.set(ME, 'a', 'mine');
    assert.equal(cache.get('lena@example.org', 'a'), undefined);
    assert.equal(cache.get(ME, 'a'), undefined);
    cache.set(ME, 'a', 'mine');
    cache.set('lena@example.org', 'b', 'hers');
    assert.equal(cache.get(ME, 'a'), undefined);
  });

  it('drops everything when told to', () => {
    const { cache } = cacheOf(100);
    cache.set(ME, 'a', 'x');
    cache.clear();
    assert.equal(cache.get(ME, 'a'), undefined);
  });
});
