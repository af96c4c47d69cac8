import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { compiledFolder } from '../../../../src/shared/compiled/folder.ts';

const BUILD = '1.2.3-0123456789abcdef';

describe('the folder for what is compiled', { skip: process.platform === 'win32' }, () => {
  let caches: string;
  let root: string;
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    caches = mkdtempSync(path.join(tmpdir(), 'hg-folder-'));
    // Beside a broker it is in the same place on every system.
    root = path.join(caches, 'storage', 'compiled');
    env = { HEADLESS_GMAIL_BROKER: path.join(caches, 'storage', 'brokers') };
  });
  afterEach(() => rmSync(caches, { recursive: true, force: true }));

  it('is of one build and one Node.js, and others’ builds are deleted there and nothing else', () => {
    for (const name of ['1.2.2', '1.2.3-fedcba9876543210', 'mine'])
      mkdirSync(path.join(root, name), { recursive: true });
    const folder = compiledFolder(env, BUILD);
    assert.equal(folder, path.join(root, BUILD, `${process.version}-${process.arch}`));
    assert.deepEqual(readdirSync(root), ['mine']);
  });

  it('is none where a home is wanted that is no absolute path, and nothing is made below the process’s own', (test) => {
    const before = process.env.HOME;
    const here = process.cwd();
    test.after(() => {
      process.chdir(here);
      if (before === undefined) delete process.env.HOME;
      else process.env.HOME = before;
    });
    process.chdir(caches);
    for (const home of ['.', 'home', '']) {
      process.env.HOME = home;
      assert.equal(compiledFolder({}, BUILD), undefined);
      assert.equal(compiledFolder({ XDG_CACHE_HOME: 'caches' }, BUILD), undefined);
    }
    assert.equal(compiledFolder({ HEADLESS_GMAIL_BROKER: 'storage/brokers' }, BUILD), undefined);
    assert.deepEqual(readdirSync(caches), []);
  });

  it('is none where a folder within it is open to others, a link, or none', () => {
    const folder = compiledFolder(env, BUILD) ?? '';
    const [build, kind] = [path.join(root, BUILD), path.join(folder, 'process')];
    const elsewhere = path.join(caches, 'elsewhere');
    mkdirSync(elsewhere);
    for (const place of [build, folder, kind]) {
      const isRefused = (make: () => void) => {
        rmSync(build, { recursive: true, force: true });
        mkdirSync(path.dirname(place), { recursive: true });
        make();
        assert.equal(compiledFolder(env, BUILD), undefined);
      };
      isRefused(() => {
        mkdirSync(place);
        chmodSync(place, 0o777);
      });
      isRefused(() => symlinkSync(elsewhere, place));
      isRefused(() => writeFileSync(place, ''));
    }
    rmSync(build, { recursive: true, force: true });
    mkdirSync(kind, { recursive: true, mode: 0o700 });
    assert.equal(compiledFolder(env, BUILD), folder);
    assert.ok(existsSync(kind));
  });
});
