import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Announcement } from '../../../src/broker/announced.ts';
import { announce, prepareFolder, readAnnouncements } from '../../../src/broker/announcement.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { randomToken } from '../../../src/broker/proof.ts';
import { problemOf } from '../support.ts';

/** The id of a process that has ended and was waited for. */
const deadPid = spawnSync(process.execPath, ['-e', '']).pid;

describe('announcements', () => {
  let root: string;
  let folder: string;
  let socket: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'announcements-'));
    folder = path.join(root, 'storage', 'brokers');
    await prepareFolder(folder);
    socket = path.join(root, 'headless-gmail-Ab3dEf', 's');
    await mkdir(path.dirname(socket));
    await writeFile(socket, '');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const announcement = (change: Partial<Announcement> = {}): Announcement => ({
    version: 1,
    pid: process.pid,
    socket,
    nonce: randomToken(),
    focusedAt: 1000,
    ...change,
  });
  const modeOf = async (file: string) => (await lstat(file)).mode & 0o777;
  const exists = (file: string) =>
    lstat(file).then(
      () => true,
      () => false,
    );

  it('are read as they were written, with the file they stand in', async () => {
    const written = [announcement(), announcement({ pid: process.ppid, focusedAt: 2000 })];
    const files = await Promise.all(written.map((one) => announce(folder, one)));
    const found = await readAnnouncements(folder);
    assert.deepEqual(
      found.sort((a, b) => a.focusedAt - b.focusedAt),
      written.map((one, index) => ({ ...one, file: files[index] })),
    );
  });

  it('are for their owner alone whatever the umask says, and leave no draft', async () => {
    const umask = process.umask(0);
    try {
      const file = await announce(folder, announcement());
      assert.equal(await modeOf(file), 0o600);
      assert.deepEqual(await readdir(folder), [path.basename(file)]);
    } finally {
      process.umask(umask);
    }
  });

  it('are replaced in place', async () => {
    const file = await announce(folder, announcement());
    const newer = announcement({ focusedAt: 5000 });
    assert.equal(await announce(folder, newer, file), file);
    assert.deepEqual(await readAnnouncements(folder), [{ ...newer, file }]);
  });

  it('are none where there is no folder', async () => {
    assert.deepEqual(await readAnnouncements(path.join(root, 'gone')), []);
  });

  describe('of a process that is dead', () => {
    it('are removed with the folder of the socket, and others stay', async () => {
      await announce(folder, announcement({ pid: deadPid }));
      const living = announcement({ socket: path.join(root, 'elsewhere', 's') });
      const file = await announce(folder, living);
      assert.deepEqual(await readAnnouncements(folder), [{ ...living, file }]);
      assert.deepEqual(await readdir(folder), [path.basename(file)]);
      assert.equal(await exists(path.dirname(socket)), false);
    });

    it('take nothing along that is not ours', async () => {
      const precious = path.join(root, 'precious', 's');
      await mkdir(path.dirname(precious));
      await writeFile(precious, '');
      await announce(folder, announcement({ pid: deadPid, socket: precious }));
      assert.deepEqual(await readAnnouncements(folder), []);
      assert.deepEqual(await readdir(folder), []);
      assert.ok(await exists(precious));
    });
  });

  describe('that are none', () => {
    const whole = () => announcement();
    const junk: [string, () => string][] = [
      ['empty', () => ''],
      ['no JSON', () => 'hello'],
      ['cut off', () => JSON.stringify(whole()).slice(0, -5)],
      ['null', () => 'null'],
      ['an array', () => JSON.stringify([whole()])],
      ['of another version', () => JSON.stringify({ ...whole(), version: 2 })],
      ['without a socket', () => JSON.stringify({ ...whole(), socket: '' })],
      ['with a socket that is no text', () => JSON.stringify({ ...whole(), socket: 8080 })],
      ['of no process', () => JSON.stringify({ ...whole(), pid: 0 })],
      ['of a process group', () => JSON.stringify({ ...whole(), pid: -1 })],
      ['of half a process', () => JSON.stringify({ ...whole(), pid: 1.5 })],
      ['with a short nonce', () => JSON.stringify({ ...whole(), nonce: 'guess' })],
      ['without a time', () => JSON.stringify({ ...whole(), focusedAt: undefined })],
    ];
    it('are not those of a later version that says more', async () => {
      const file = path.join(folder, 'x.json');
      const known = whole();
      await writeFile(file, JSON.stringify({ ...known, later: 'x' }), { mode: 0o600 });
      assert.deepEqual(await readAnnouncements(folder), [{ ...known, file }]);
    });

    it('stay while the process lives that their name tells: it may be of another version', async () => {
      const file = path.join(folder, `${process.pid}-abc.json`);
      await writeFile(file, JSON.stringify({ ...whole(), version: 2 }), { mode: 0o600 });
      assert.deepEqual(await readAnnouncements(folder), []);
      assert.ok(await exists(file));
    });

    for (const [kind, text] of junk) {
      it(`are removed: ${kind}`, async () => {
        const file = path.join(folder, 'x.json');
        await writeFile(file, text(), { mode: 0o600 });
        assert.deepEqual(await readAnnouncements(folder), []);
        assert.equal(await exists(file), false);
        // What junk names is not believed.
        assert.ok(await exists(socket));
      });
    }

    it('are left alone under another name', async () => {
      const file = path.join(folder, 'notes.txt');
      await writeFile(file, 'mine', { mode: 0o600 });
      assert.deepEqual(await readAnnouncements(folder), []);
      assert.equal(await readFile(file, 'utf8'), 'mine');
    });
  });

  describe('that another user could have written', () => {
    for (const mode of [0o644, 0o640, 0o620, 0o602, 0o601]) {
      it(`are passed over: a file with mode 0${mode.toString(8)}`, async () => {
        await chmod(await announce(folder, announcement()), mode);
        // Nor is anything done on their word.
        await chmod(await announce(folder, announcement({ pid: deadPid })), mode);
        assert.deepEqual(await readAnnouncements(folder), []);
        assert.ok(await exists(socket));
      });
    }

    it('are passed over: a link', async () => {
      const elsewhere = path.join(root, 'elsewhere');
      await prepareFolder(elsewhere);
      await symlink(await announce(elsewhere, announcement()), path.join(folder, 'link.json'));
      assert.deepEqual(await readAnnouncements(folder), []);
    });

    const refused = async (where: string) => {
      assert.equal((await problemOf(readAnnouncements(where))).code, 'folder_unsafe');
      const client = new BrokerClient(where, { onSettings: () => undefined, onChange: () => undefined });
      const asked = client.request('getToken', { access: 'read' }, new AbortController().signal);
      assert.equal((await problemOf(asked)).code, 'folder_unsafe');
    };
    for (const mode of [0o755, 0o770, 0o750, 0o701, 0o720]) {
      it(`are refused: a folder with mode 0${mode.toString(8)}`, async () => {
        await announce(folder, announcement());
        await chmod(folder, mode);
        await refused(folder);
      });
    }

    it('are refused: a folder behind a link, which is not prepared either', async () => {
      const link = path.join(root, 'link');
      await symlink(folder, link);
      await refused(link);
      await chmod(folder, 0o755);
      assert.equal((await problemOf(prepareFolder(link))).code, 'folder_unsafe');
      assert.equal(await modeOf(folder), 0o755);
    });
  });

  describe('folder', () => {
    it('is made for its owner alone', async () => {
      const fresh = path.join(root, 'a', 'b');
      await prepareFolder(fresh);
      assert.equal(await modeOf(fresh), 0o700);
    });

    for (const mode of [0o755, 0o770, 0o777]) {
      it(`is tightened where it is ours and has mode 0${mode.toString(8)}`, async () => {
        const file = await announce(folder, announcement());
        await chmod(folder, mode);
        await prepareFolder(folder);
        assert.equal(await modeOf(folder), 0o700);
        assert.ok((await stat(file)).isFile());
      });
    }
  });
});
