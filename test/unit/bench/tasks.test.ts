import assert from 'node:assert/strict';
import { it } from 'node:test';
import { TOOLS } from '../../../src/server/tools/index.ts';
import { TASKS } from '../../bench/tasks.ts';

it('the bench calls each tool that a server with one account offers', () => {
  const offered = TOOLS.filter((tool) => tool.offered === undefined && tool.access !== 'filters');
  const called = new Set(TASKS.map(({ tool }) => tool));
  assert.deepEqual(
    offered.map(({ name }) => name).filter((name) => !called.has(name)),
    [],
  );
});
