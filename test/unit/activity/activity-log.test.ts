import assert from 'node:assert/strict';
import { appendFile, chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ActivityLog } from '../../../src/activity/activity-log.ts';
import type { Entry } from '../../../src/activity/entries.ts';
import { problemOf } from '../support.ts';

/** A line that is told from others by its time. */
const entryAt = (at: number, client = 'An editor 1.2'): Entry => ({
  kind: 'call',
  at,
  account: 'robin@example.org',
  call: { tool: 'gmail_read_email', client, deed: 'read', count: 3, outcome: 'done', approval: 'none' },
});
const times = ({ entries }: { entries: Entry[] }) => entries.map(({ at }) => at);

describe('the record of activity', () => {
  let root: string;
  let folder: string;
  let log: ActivityLog;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'activity-'));
    folder = path.join(root, 'activity');
    log = new ActivityLog(folder);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const files = async () => (await readdir(folder)).sort();
  const last = async () => path.join(folder, (await files()).at(-1) ?? '');

  it('is empty before the first line, and leaves no trace then', async () => {
    assert.deepEqual(await log.read(), { entries: [], unreadable: 0 });
    await log.clear();
    assert.deepEqual(await readdir(root), []);
  });

  it('gives back whole what was added, the newest first, in the next window too', async () => {
    for (const at of [1, 2, 3]) await log.append(entryAt(at));
    const { entries, unreadable } = await new ActivityLog(folder).read();
    assert.deepEqual([entries, unreadable], [[entryAt(3), entryAt(2), entryAt(1)], 0]);
  });

  it('is for its owner alone', { skip: process.platform === 'win32' }, async () => {
    await log.append(entryAt(1));
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(await last())).mode & 0o777, 0o600);
  });

  it('loses no line of two windows that write at once, while files fill up', async () => {
    const windows = [log, new ActivityLog(folder)];
    const long = 'x'.repeat(200);
    // More than one file takes, and less than are kept.
    const all = Array.from({ length: 900 }, (_, index) => index);
    await Promise.all(
      windows.map(async (window, which) => {
        for (const at of all.filter((each) => each % 2 === which)) await window.append(entryAt(at, long));
      }),
    );
    assert.ok((await files()).length > 1);
    const { entries, unreadable } = await log.read();
    assert.deepEqual([new Set(times({ entries })), unreadable], [new Set(all), 0]);
  });

  it('keeps the last thousand, and no more than a bounded number of bytes', async () => {
    // As many bytes as some thousands of lines take, in a few.
    const text = `${JSON.stringify(entryAt(0))}\n`.repeat(700);
    for (let at = 1; at <= 8; at += 1) {
      await log.append(entryAt(at));
      await appendFile(await last(), text);
    }
    await log.append(entryAt(9));
    const sizes = await Promise.all((await files()).map(async (name) => (await stat(path.join(folder, name))).size));
    assert.equal(sizes.length, 3);
    assert.ok(sizes.reduce((sum, size) => sum + size) < 600_000, `${sizes}`);
    const { entries } = await log.read();
    assert.equal(entries.length, 1_000);
    assert.deepEqual(
      entries.slice(0, 3).map(({ at }) => at),
      [9, 8, 7],
    );
  });

  it('passes over lines that were cut off or are no lines of its own, and counts them', async () => {
    await log.append(entryAt(1));
    await appendFile(await last(), '{"kind":"call","at":2,"acc');
    await log.append(entryAt(3));
    const { call, ...rest } = entryAt(4) as Extract<Entry, { kind: 'call' }>;
    for (const wrong of [
      'nonsense',
      '[]',
      '{"kind":"spell","at":5}',
      JSON.stringify(entryAt(9e15)),
      JSON.stringify({ ...rest, call: { ...call, subject: 'Hello' } }),
    ])
      await appendFile(await last(), `${wrong}\n`);
    assert.deepEqual([times(await log.read()), (await log.read()).unreadable], [[3, 1], 6]);
  });

  it('is led astray by no file with a number that it never reaches', async () => {
    await log.append(entryAt(1));
    await writeFile(path.join(folder, 'activity-999999999999.jsonl'), 'x'.repeat(200_000));
    await log.append(entryAt(2));
    assert.deepEqual(times(await log.read()), [2, 1]);
  });

  it('is gone once it is cleared, and goes on afterwards', async () => {
    for (const at of [1, 2]) await log.append(entryAt(at));
    await writeFile(path.join(folder, 'notes.txt'), 'not its own');
    await log.clear();
    assert.deepEqual(await files(), ['notes.txt']);
    await log.append(entryAt(3));
    assert.deepEqual(times(await log.read()), [3]);
  });

  it('tells when there are lines first, and when there are none any more', async () => {
    let told = 0;
    const watched = new ActivityLog(folder, () => {
      told += 1;
    });
    assert.equal(await watched.hasLines(), false);
    await watched.append(entryAt(1));
    await watched.append(entryAt(2));
    assert.deepEqual([await watched.hasLines(), told], [true, 1]);
    await watched.clear();
    assert.deepEqual([await watched.hasLines(), told], [false, 2]);
  });

  it('says so where it cannot be written', async () => {
    await writeFile(folder, 'a file in the place of the folder');
    const problem = await problemOf(log.append(entryAt(1)));
    assert.equal(problem.code, 'activity_unwritable');
    assert.match(problem.explain('person').why, /\((?:EEXIST|ENOTDIR)\)/);
    assert.equal(await readFile(folder, 'utf8'), 'a file in the place of the folder');
  });

  it('is not written through a link to a folder of somebody else', { skip: process.platform === 'win32' }, async () => {
    const { symlink } = await import('node:fs/promises');
    const other = path.join(root, 'other');
    await new ActivityLog(other).append(entryAt(1));
    await chmod(other, 0o777);
    await symlink(other, folder);
    const problem = await problemOf(log.append(entryAt(2)));
    assert.match(problem.explain('person').why, /folder unsafe/);
  });
});
