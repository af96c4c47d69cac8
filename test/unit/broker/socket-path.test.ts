import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Host, newSocketPath, removeSocket } from '../../../src/broker/socket-path.ts';

describe('the socket’s place', () => {
  let root: string;
  let runtimeDir: string;
  let tempDir: string;
  const here = process.cwd();
  const made: string[] = [];

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'places-'));
    [runtimeDir, tempDir] = [path.join(root, 'run'), path.join(root, 'tmp')];
    await Promise.all([mkdir(runtimeDir), mkdir(tempDir)]);
  });
  afterEach(async () => {
    process.chdir(here);
    // Those that fell back to /tmp lie outside the root.
    for (const socket of made.splice(0)) await rm(path.dirname(socket), { recursive: true, force: true });
    await rm(root, { recursive: true, force: true });
  });

  const place = async (host: Partial<Host> = {}) => {
    const socket = await newSocketPath({ platform: 'linux', runtimeDir, tempDir, ...host });
    if (host.platform !== 'win32') made.push(socket);
    return socket;
  };
  /** The folder in which the socket's own folder was made. */
  const parentOf = (socket: string) => path.dirname(path.dirname(socket));
  /** A folder under the root whose path has that many bytes, filled up with one character. */
  const folderOf = async (bytes: number, character = 'x') => {
    const missing = bytes - Buffer.byteLength(root) - 1;
    const width = Buffer.byteLength(character);
    const folder = path.join(root, `${'y'.repeat(missing % width)}${character.repeat(Math.floor(missing / width))}`);
    await mkdir(folder);
    assert.equal(Buffer.byteLength(folder), bytes);
    return folder;
  };
  /** What mkdtemp and the socket's own name add to the parent's path, in bytes. */
  const ADDED = '/headless-gmail-XXXXXX/s'.length;

  it('is on Windows a pipe with 128 random bits, and no folder is made for it', async () => {
    const pipes = await Promise.all(Array.from({ length: 20 }, () => place({ platform: 'win32' })));
    for (const pipe of pipes) assert.match(pipe, /^\\\\\.\\pipe\\headless-gmail-[0-9a-f]{32}$/);
    assert.equal(new Set(pipes).size, 20);
    assert.deepEqual([await readdir(runtimeDir), await readdir(tempDir)], [[], []]);
  });

  for (const platform of ['linux', 'darwin'] as const) {
    it(`is in XDG_RUNTIME_DIR where there is one, in a fresh folder for its owner alone (${platform})`, async () => {
      const [first, second] = [await place({ platform }), await place({ platform })];
      assert.deepEqual([parentOf(first), parentOf(second)], [runtimeDir, runtimeDir]);
      assert.notEqual(first, second);
      const folder = await stat(path.dirname(first));
      assert.equal(folder.mode & 0o777, 0o700);
      assert.deepEqual(await readdir(path.dirname(first)), []);
      assert.deepEqual(await readdir(tempDir), []);
    });
  }

  it('keeps the folder closed whatever the umask says', async () => {
    const umask = process.umask(0);
    try {
      assert.equal((await stat(path.dirname(await place()))).mode & 0o777, 0o700);
    } finally {
      process.umask(umask);
    }
  });

  for (const missing of [undefined, '']) {
    it(`is in the temporary folder where XDG_RUNTIME_DIR is ${JSON.stringify(missing)}`, async () => {
      assert.equal(parentOf(await place({ runtimeDir: missing })), tempDir);
    });
  }

  it('falls back where XDG_RUNTIME_DIR names no folder, and at last to /tmp', async () => {
    const gone = path.join(root, 'gone');
    assert.equal(parentOf(await place({ runtimeDir: gone })), tempDir);
    assert.equal(parentOf(await place({ runtimeDir: gone, tempDir: gone })), '/tmp');
  });

  for (const character of ['x', 'é']) {
    it(`fills 100 bytes and never more, counted in bytes (${character})`, async () => {
      const longest = await folderOf(100 - ADDED, character);
      const tooLong = await folderOf(101 - ADDED, character);
      const socket = await place({ runtimeDir: longest });
      assert.equal(parentOf(socket), longest);
      assert.equal(Buffer.byteLength(socket), 100);
      assert.equal(parentOf(await place({ runtimeDir: tooLong })), tempDir);
      assert.equal(parentOf(await place({ runtimeDir: tooLong, tempDir: tooLong })), '/tmp');
      assert.deepEqual(await readdir(tooLong), []);
    });
  }

  describe('removed', () => {
    it('is the socket and its folder, and nothing beside it', async () => {
      const [socket, other] = [await place(), await place()];
      await writeFile(socket, '');
      await removeSocket(socket);
      assert.deepEqual(await readdir(runtimeDir), [path.basename(path.dirname(other))]);
    });

    it('may be gone already', async () => {
      const socket = await place();
      await removeSocket(socket);
      await removeSocket(socket);
      assert.deepEqual(await readdir(runtimeDir), []);
    });

    for (const name of [
      'precious',
      'headless-gmail-',
      'headless-gmail-abc',
      'headless-gmail-abcdefg',
      'headless-gmail-abc.ef',
      'my-headless-gmail-abcdef',
      'headless-gmail-abcdef/sub',
    ]) {
      it(`is not a socket in a folder ${name}, which is none of ours`, async () => {
        const file = path.join(root, name, 's');
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, 'precious');
        await removeSocket(file);
        assert.ok((await stat(file)).isFile());
      });
    }

    it('is never a pipe, even where its name looks like a path to one of our folders', async () => {
      // Off Windows such a name is a relative path, so a wrong removal can be seen.
      process.chdir(root);
      const pipe = '\\\\.\\pipe\\x/headless-gmail-abcdef/s';
      await mkdir(path.dirname(pipe), { recursive: true });
      await writeFile(pipe, '');
      await removeSocket(pipe);
      assert.ok((await stat(pipe)).isFile());
    });

    it('is a link alone, not what it leads to', async () => {
      const precious = path.join(root, 'precious');
      await mkdir(precious);
      await writeFile(path.join(precious, 's'), '');
      const link = path.join(runtimeDir, 'headless-gmail-abcdef');
      await symlink(precious, link);
      await removeSocket(path.join(link, 's'));
      assert.deepEqual(await readdir(precious), ['s']);
    });
  });
});
