import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { CallFigures, PhaseFigures } from '../../bench/calls.ts';
import { comparisonOf, earlierBuild } from '../../bench/comparison.ts';
import { spreadOf } from '../../bench/figures.ts';

const phase = (time: number, bare: number): PhaseFigures => ({
  ...{ time: spreadOf([time]), bare: spreadOf([bare]) },
  ...{ requests: 2, waves: 2, units: 505 },
});

const call = (contender: string, task: string, latency: number, [first, warm]: [number, number]): CallFigures => ({
  ...{ contender, task, tool: 'gmail_search_emails', latency, tokens: 1, bytes: 1 },
  ...{ first: phase(first, 20), warm: phase(warm, 10) },
});

describe('the comparison with an earlier version', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hg-earlier-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('gives what is left of each figure that both have', () => {
    const starts = [
      { contender: 'server', start: spreadOf([60]), ratio: 2 },
      { contender: 'earlier server', start: spreadOf([150]), ratio: 5 },
    ];
    const calls = [
      call('server', 'search', 0, [50, 12]),
      call('server', 'search', 80, [250, 170]),
      call('server', 'draft', 0, [9, 9]),
      call('earlier server', 'search', 0, [200, 50]),
    ];
    const activation = [24, 60].map((time) => ({ extension: spreadOf([time]), control: spreadOf([70]) }));
    assert.deepEqual(comparisonOf({ starts, calls, activation }, 'server', 'earlier server'), [
      { what: 'start to tools/list', now: '60.0', before: '150', left: '40 %' },
      { what: 'search, 0 ms: first', now: '50.0', before: '200', left: '25 %' },
      { what: 'search, 0 ms: warm', now: '12.0', before: '50.0', left: '24 %' },
      { what: 'search, 0 ms: warm, over its requests', now: '2.0', before: '40.0', left: '5 %' },
      { what: 'activation', now: '24.0', before: '60.0', left: '40 %' },
      { what: 'activation of a small one of VS Code', now: '70.0', before: '70.0', left: '100 %' },
    ]);
    assert.deepEqual(comparisonOf({ starts, calls, activation: [] }, 'server', 'another server'), []);
  });

  it('is with a packaged one, and says what to do where it is not', () => {
    assert.throws(() => earlierBuild(folder), /holds no packaged version\. Run `npm ci && npm run package`/);
    mkdirSync(path.join(folder, 'dist'));
    writeFileSync(path.join(folder, 'dist/server.js'), '');
    assert.throws(() => earlierBuild(folder), /holds no packaged version/);
    writeFileSync(path.join(folder, 'headless-gmail-0.0.9.vsix'), '');
    assert.deepEqual(earlierBuild(folder), {
      server: path.join(folder, 'dist/server.js'),
      vsix: path.join(folder, 'headless-gmail-0.0.9.vsix'),
    });
  });
});
