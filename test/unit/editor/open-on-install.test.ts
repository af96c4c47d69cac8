import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ExtensionContext } from 'vscode';
import { standInForVscode } from './vscode-stand-in.ts';

let [setting, opened]: [boolean | undefined, unknown[]] = [undefined, []];
standInForVscode({
  workspace: { getConfiguration: () => ({ get: () => setting }) },
  commands: { executeCommand: async (...args: unknown[]) => void opened.push(args) },
});
const { openOnInstall } = await import('../../../src/editor/walkthrough/open-on-install.ts');

describe('the walkthrough after an install', () => {
  let extensionPath: string;
  const kept = new Map<string, unknown>();
  /** The extension as it starts in a window whose extension host began so long ago, in milliseconds. */
  const start = (ago: number) => {
    const globalState = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
    const context = { extension: { id: 'a.b', extensionPath }, globalState } as unknown as ExtensionContext;
    return openOnInstall(context, Date.now() - ago);
  };
  before(async () => {
    extensionPath = await mkdtemp(path.join(tmpdir(), 'hg-installed-'));
  });
  beforeEach(() => {
    kept.clear();
    [setting, opened] = [undefined, []];
  });
  after(() => rm(extensionPath, { recursive: true }));

  it('opens in the window of the install, once', async () => {
    await start(60_000);
    await start(60_000);
    assert.deepEqual(opened, [['workbench.action.openWalkthrough', 'a.b#start']]);
  });

  it('does not open in a window that found the extension installed', async () => {
    await start(-60_000);
    assert.deepEqual(opened, []);
  });

  it('does not open where the person has switched such openings off', async () => {
    setting = false;
    await start(60_000);
    assert.deepEqual(opened, []);
  });
});
