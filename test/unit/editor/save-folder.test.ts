import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { folderAt } from '../../../src/shared/chosen-folder.ts';
import { problemOf } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

let [answer, asked]: [string | undefined, number] = [undefined, 0];
standInForVscode({
  window: {
    showOpenDialog: async () => {
      asked += 1;
      return answer === undefined ? undefined : [{ fsPath: answer }];
    },
    showInformationMessage: async () => undefined,
    setStatusBarMessage: () => undefined,
  },
  ProgressLocation: {},
});
const { SaveFolder } = await import('../../../src/editor/agent/save-folder.ts');

describe('the folder for attachments', () => {
  let folder: string;
  const kept = new Map<string, unknown>();
  const folders = () =>
    new SaveFolder({
      keys: () => [...kept.keys()],
      get: <T>(key: string) => kept.get(key) as T,
      update: async (key: string, value: unknown) => void kept.set(key, value),
    });
  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'hg-folder-')));
  });
  beforeEach(() => {
    kept.clear();
    [answer, asked] = [folder, 0];
  });
  after(() => rm(folder, { recursive: true }));

  it('is asked for once, and kept with what lay at its path then', async () => {
    const first = folders();
    const both = await Promise.all([first.get(), first.get()]);
    assert.deepEqual(both, [folderAt(folder), folderAt(folder)]);
    assert.deepEqual(await folders().get(), folderAt(folder));
    assert.equal(asked, 1);
  });

  it('is none that holds everything, neither chosen now nor before', async () => {
    for (const wide of [homedir(), path.dirname(homedir()), path.parse(folder).root]) {
      answer = wide;
      assert.equal((await problemOf(folders().get())).code, 'save_folder_wide');
      kept.set('chosen-save-folder', folderAt(wide));
      assert.equal(folders().known, undefined);
      kept.clear();
    }
  });

  it('is none where the person gives none, and a problem where it is not there', async () => {
    answer = undefined;
    assert.equal(await folders().get(), undefined);
    answer = path.join(folder, 'gone');
    assert.equal((await problemOf(folders().get())).code, 'save_folder_missing');
    assert.equal(kept.size, 0);
  });
});
