import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { safeFileName } from '../../../src/server/files/file-name.ts';
import { saveFile } from '../../../src/server/files/save-file.ts';
import { problemOf } from '../support.ts';

const BYTES = Buffer.from('the minutes');
const { signal } = new AbortController();

let root: string;
let folder: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'save-')));
  folder = path.join(root, 'folder');
  await mkdir(folder);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('safeFileName', () => {
  const names: readonly [string, string][] = [
    ['minutes.pdf', 'minutes.pdf'],
    ['Protokoll März.odt', 'Protokoll März.odt'],
    ['議事録.pdf', '議事録.pdf'],
    ['👩‍👩‍👧.png', '👩_👩_👧.png'],
    ['../../x', 'x'],
    [String.raw`..\..\x`, 'x'],
    ['/etc/passwd', 'passwd'],
    [String.raw`C:\Windows\win.ini`, 'win.ini'],
    ['a/b', 'b'],
    ['a/b/', 'b'],
    ['%2e%2e%2fx', '%2e%2e%2fx'],
    ['%2e%2e', '%2e%2e'],
    ['..', 'attachment'],
    ['.', 'attachment'],
    ['', 'attachment'],
    [' \t ', 'attachment'],
    ['///', 'attachment'],
    ['.bashrc', 'bashrc'],
    ['...hidden.txt', 'hidden.txt'],
    ['report.pdf. . ', 'report.pdf'],
    ['a\u0000b\nc.txt', 'a_b_c.txt'],
    ['cod\u202efdp.exe', 'cod_fdp.exe.download'],
    ['a:b?.txt', 'a_b_.txt'],
    ['a.exe:stream', 'a.exe_stream'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['LPT1.tar.gz', '_LPT1.tar.gz'],
    ['console.txt', 'console.txt'],
    ['\ud800.txt', '\ufffd.txt'],
  ];
  for (const [given, expected] of names) {
    it(`makes of ${JSON.stringify(given)} ${expected}`, () => assert.equal(safeFileName(given), expected));
  }

  const running =
    'exe EXE app sh desktop url lnk bat cmd ps1 vbs js jse jar scr com msi reg hta wsf pif command webloc'.split(' ');
  for (const extension of running) {
    it(`lets no .${extension} run by a double click`, () => {
      assert.equal(safeFileName(`invoice.pdf.${extension}`), `invoice.pdf.${extension}.download`);
      assert.equal(safeFileName(`invoice.${extension}. `), `invoice.${extension}.download`);
    });
  }

  it('keeps the extension of a long name, and cuts between characters', () => {
    for (const letter of ['a', 'ä', '議', '👩']) {
      const name = safeFileName(`${letter.repeat(300)}.pdf`);
      assert.ok(Buffer.byteLength(name) <= 150 && Buffer.byteLength(name) > 140, name);
      assert.ok(name.endsWith(`${letter}.pdf`) && name.isWellFormed(), name);
    }
    assert.ok(Buffer.byteLength(safeFileName(`a.${'b'.repeat(5_000)}`)) <= 150);
  });

  it('says what runs after it was cut', () => {
    assert.match(safeFileName(`${'a'.repeat(146)}.exe${'b'.repeat(50)}`), /^a+\.exe\.download$/);
  });
});

describe('saveFile', () => {
  const saved = (name: string) => saveFile(folder, name, BYTES, { signal });
  const inFolder = () => readdir(folder).then((names) => names.sort());
  const isPosix = process.platform !== 'win32';

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
      Array.from({ length: 12 }, (_, i) => saveFile(folder, 'a.pdf', Buffer.from(`text ${i}`), { signal })),
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

  it('names the folder itself where a link leads to it', { skip: !isPosix }, async () => {
    const toFolder = path.join(root, 'link');
    await symlink(folder, toFolder);
    assert.equal((await saveFile(toFolder, 'a.txt', BYTES, { signal })).path, path.join(folder, 'a.txt'));
  });

  for (const [name, place] of [
    ['is not there', () => path.join(root, 'gone')],
    ['is a file', () => path.join(root, 'file')],
    ['is a link to nothing', () => path.join(root, 'dead')],
    ['is no absolute path', () => path.relative(process.cwd(), folder)],
    ['is empty', () => ''],
  ] as const) {
    it(`says so where the folder ${name}`, { skip: !isPosix }, async () => {
      await writeFile(path.join(root, 'file'), 'mine');
      await symlink(path.join(root, 'nowhere'), path.join(root, 'dead'));
      const problem = await problemOf(() => saveFile(place(), 'a.txt', BYTES, { signal }));
      assert.equal(problem.code, 'save_folder_missing');
      assert.deepEqual((await readdir(root)).sort(), ['dead', 'file', 'folder']);
    });
  }

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
    const problem = await problemOf(() => saveFile(folder, 'a.txt', BYTES, { signal: AbortSignal.abort() }));
    assert.equal(problem.code, 'cancelled');
    assert.deepEqual(await inFolder(), []);
  });

  it('leaves nothing where the call is cancelled in the middle', async () => {
    const controller = new AbortController();
    const saving = saveFile(folder, 'a.txt', Buffer.alloc(64 * 1024 * 1024), { signal: controller.signal });
    while ((await inFolder()).length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    assert.equal((await problemOf(() => saving)).code, 'cancelled');
    assert.deepEqual(await inFolder(), []);
  });
});
