import assert from 'node:assert/strict';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { saveFile } from '../../../src/files/save-file.ts';
import { type ChosenFolder, folderAt } from '../../../src/shared/chosen-folder.ts';
import { problemOf } from '../support.ts';

const isPosix = process.platform !== 'win32';
const BYTES = Buffer.from('the minutes');
const { signal } = new AbortController();

let root: string;
let folder: string;
let chosen: ChosenFolder;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'save-')));
  folder = path.join(root, 'folder');
  await mkdir(folder);
  chosen = folderAt(folder) ?? assert.fail();
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('saveFile', () => {
  const saved = (name: string) => saveFile(chosen, name, BYTES, { signal });
  const inFolder = () => readdir(folder).then((names) => names.sort());

  it('writes a file that its owner alone may read and nobody may run', async () => {
    const file = await saved('minutes.pdf');
    assert.deepEqual(file, { path: path.join(folder, 'minutes.pdf'), size: BYTES.length });
    assert.deepEqual(await readFile(file.path), BYTES);
    if (isPosix) assert.equal((await stat(file.path)).mode & 0o777, 0o600);
    assert.deepEqual(await inFolder(), ['minutes.pdf']);
  });

  for (const name of ['../../x', String.raw`..\x`, '/etc/x', 'a/x', '../folder/../x']) {
    it(`stays in the folder for ${name}`, async () => {
      assert.equal((await saved(name)).path, path.join(folder, 'x'));
      assert.deepEqual(await inFolder(), ['x']);
      assert.deepEqual(await readdir(root), ['folder']);
    });
  }

  it('overwrites nothing', async () => {
    await writeFile(path.join(folder, 'a.pdf'), 'mine');
    await mkdir(path.join(folder, 'a (2).pdf'));
    assert.equal((await saved('a.pdf')).path, path.join(folder, 'a (3).pdf'));
    assert.equal(await readFile(path.join(folder, 'a.pdf'), 'utf8'), 'mine');
  });

  it('gives two files of one name that are saved at once two names', async () => {
    const files = await Promise.all(
      Array.from({ length: 12 }, (_, i) => saveFile(chosen, 'a.pdf', Buffer.from(`text ${i}`), { signal })),
    );
    assert.equal(new Set(files.map((file) => file.path)).size, 12);
    const texts = await Promise.all(files.map((file) => readFile(file.path, 'utf8')));
    assert.deepEqual(
      texts,
      Array.from(files, (_, i) => `text ${i}`),
    );
    assert.equal((await inFolder()).length, 12);
  });

  it('follows no link that has the name already', { skip: !isPosix }, async () => {
    const outside = path.join(root, 'outside.txt');
    await writeFile(outside, 'mine');
    await symlink(outside, path.join(folder, 'a.txt'));
    await symlink(path.join(root, 'nowhere.txt'), path.join(folder, 'a (2).txt'));
    assert.equal((await saved('a.txt')).path, path.join(folder, 'a (3).txt'));
    assert.equal(await readFile(outside, 'utf8'), 'mine');
    assert.deepEqual((await readdir(root)).sort(), ['folder', 'outside.txt']);
  });

  it('keeps both endings of an archive that has the name already', async () => {
    await writeFile(path.join(folder, 'a.tar.gz'), 'mine');
    assert.equal((await saved('a.tar.gz')).path, path.join(folder, 'a (2).tar.gz'));
  });

  it('says so where the folder is not there any more', async () => {
    await rm(folder, { recursive: true });
    assert.equal((await problemOf(() => saved('a.txt'))).code, 'save_folder_missing');
    await writeFile(folder, 'mine');
    assert.equal((await problemOf(() => saved('a.txt'))).code, 'save_folder_missing');
    assert.equal(await readFile(folder, 'utf8'), 'mine');
  });

  describe('where the folder was put aside', { skip: !isPosix }, () => {
    let [aside, other] = ['', ''];
    beforeEach(async () => {
      [aside, other] = [path.join(root, 'aside'), path.join(root, 'other')];
      await mkdir(other);
    });
    const putAside = async (instead: 'a link' | 'a folder') => {
      await rename(folder, aside);
      await (instead === 'a link' ? symlink(other, folder) : mkdir(folder));
    };
    const nothingIsLeft = async () => {
      for (const place of [aside, other, folder]) assert.deepEqual(await readdir(place), [], place);
    };

    for (const instead of ['a link', 'a folder'] as const) {
      it(`before a save, for ${instead}, saves nothing`, async () => {
        await putAside(instead);
        assert.equal((await problemOf(() => saved('a.txt'))).code, 'save_folder_changed');
        await nothingIsLeft();
      });

      it(`during a save, for ${instead}, leaves the file nowhere`, { skip: process.platform !== 'linux' }, async () => {
        const saving = saveFile(chosen, 'a.txt', Buffer.alloc(64 * 1024 * 1024), { signal });
        const failed = problemOf(saving);
        while ((await inFolder()).length === 0) await new Promise((resolve) => setImmediate(resolve));
        await putAside(instead);
        assert.equal((await failed).code, 'save_folder_changed');
        await nothingIsLeft();
      });
    }

    it('a link that leads back to it does not make it the folder that was chosen', async () => {
      await rename(folder, aside);
      await symlink(aside, folder);
      assert.equal((await problemOf(() => saved('a.txt'))).code, 'save_folder_changed');
      await nothingIsLeft();
    });
  });

  it('says so where the folder cannot be written to', { skip: !isPosix }, async () => {
    await chmod(root, 0o711);
    await chmod(folder, 0o555);
    const isRoot = process.geteuid?.() === 0;
    // Nothing is forbidden to root, so it becomes somebody else for the moment.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const problem = await problemOf(() => saved('a.txt'));
      assert.equal(problem.code, 'save_failed');
      assert.match(problem.explain('person').why, /EACCES|EPERM|permission/);
    } finally {
      if (isRoot) process.seteuid?.(0);
      await chmod(folder, 0o755);
    }
    assert.deepEqual(await inFolder(), []);
  });

  it('leaves nothing where the call was cancelled before', async () => {
    const problem = await problemOf(() => saveFile(chosen, 'a.txt', BYTES, { signal: AbortSignal.abort() }));
    assert.equal(problem.code, 'cancelled');
    assert.deepEqual(await inFolder(), []);
  });

  it('leaves nothing where the call is cancelled in the middle', async () => {
    const controller = new AbortController();
    const saving = saveFile(chosen, 'a.txt', Buffer.alloc(64 * 1024 * 1024), { signal: controller.signal });
    while ((await inFolder()).length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    assert.equal((await problemOf(() => saving)).code, 'cancelled');
    assert.deepEqual(await inFolder(), []);
  });
});

describe('folderAt', () => {
  it('knows a folder by where it is, without the links on the way, and by its numbers', {
    skip: !isPosix,
  }, async () => {
    const link = path.join(root, 'link');
    await symlink(folder, link);
    assert.deepEqual(folderAt(link), chosen);
    assert.deepEqual([chosen.path, chosen.inode], [folder, String((await stat(folder, { bigint: true })).ino)]);
  });

  for (const [name, place] of [
    ['is not there', () => path.join(root, 'gone')],
    ['is a file', () => path.join(root, 'file')],
    ['is no absolute path', () => path.relative(process.cwd(), folder)],
    ['is empty', () => ''],
  ] as const) {
    it(`finds none where it ${name}`, async () => {
      await writeFile(path.join(root, 'file'), 'mine');
      assert.equal(folderAt(place()), undefined);
    });
  }
});
