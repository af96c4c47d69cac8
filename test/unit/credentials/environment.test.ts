import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { saveFolderOf, saveFolderProblem, takeEnvironment } from '../../../src/credentials/environment.ts';

describe('the folder that the environment names', () => {
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hg-environment-')));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is refused where it holds everything, also by a link', () => {
    const link = path.join(folder, 'link');
    symlinkSync(homedir(), link);
    for (const wide of [homedir(), path.dirname(homedir()), path.parse(homedir()).root, link]) {
      const env = takeEnvironment({ GMAIL_SAVE_DIR: wide });
      assert.equal(saveFolderProblem(env)?.code, 'save_folder_wide');
      assert.throws(() => saveFolderOf(env), { code: 'save_folder_wide' });
    }
    assert.equal(saveFolderOf(takeEnvironment({ GMAIL_SAVE_DIR: folder })).path, folder);
  });
});
