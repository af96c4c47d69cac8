import assert from 'node:assert/strict';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { clearYoung } from '../../../src/mailbox/reading/bound-heap.ts';

it('the room for new objects is looked through at once when it is to be cleared', async () => {
  const kinds: unknown[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) kinds.push('detail' in entry ? (entry.detail as { kind: number }).kind : 0);
  });
  observer.observe({ entryTypes: ['gc'] });
  // What came before, and how the test itself was loaded, is none of it.
  await turn();
  kinds.length = 0;
  clearYoung();
  await turn();
  await turn();
  observer.disconnect();
  assert.ok(kinds.includes(constants.NODE_PERFORMANCE_GC_MINOR), `seen: ${kinds.join()}`);
});
