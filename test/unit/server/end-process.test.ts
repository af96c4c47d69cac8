import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

const FILE = new URL('../../../src/server/end-process.ts', import.meta.url).href;

/** `kInterpreted` of V8's `OptimizationStatus` (src/runtime/runtime.h). */
const INTERPRETED = 1 << 7;

/** Calls a function again and again, and tells in the end how it is run. */
const WORK = `
  const often = (times) => { let sum = 0; for (let k = 0; k < times; k += 1) sum = (sum * 31 + k) % 1009; return sum; };
  const work = () => { for (let k = 0; k < 2000; k += 1) often(50); };
  setInterval(work, 5);
  process.once('exit', () => console.log(%GetOptimizationStatus(often)));
`;

/** Ends when V8 has compiled that function, however long that takes. */
const WHEN_COMPILED = `setInterval(() => %GetOptimizationStatus(often) & ${INTERPRETED} || process.exit(0), 5)`;

/** How that function is run in the end by a process that ends so. */
function statusAfter(end: string): number {
  const script = `import { endProcess } from '${FILE}'; ${WORK} ${end}`;
  const args = ['--allow-natives-syntax', '--input-type=module', '--eval', script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 });
  assert.equal(status, 0, stderr);
  return Number(stdout);
}

describe('the end of the process', () => {
  it('lets V8 compile nothing more beside the main thread, which would wait for it without end', () => {
    assert.equal(statusAfter(WHEN_COMPILED) & INTERPRETED, 0);
    assert.equal(statusAfter('endProcess()') & INTERPRETED, INTERPRETED);
  });
});
