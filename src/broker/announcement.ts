import { randomBytes } from 'node:crypto';
import { promises as files } from 'node:fs';
import path from 'node:path';
import { Problem } from '../shared/problems.ts';
import type { Announcement } from './announced.ts';
import { removeSocket } from './socket-path.ts';

export interface FoundAnnouncement extends Announcement {
  file: string;
}

// `promises` is read where it is used, as in `socket-path.ts`: what stands behind it is loaded then, and a server that asks
// no window needs none of it.

/** Windows has no owner and mode of this kind; there the user's profile folder is what protects the files. */
const HAS_MODES = process.platform !== 'win32';

/** Makes the folder, for its owner alone. Throws `folder_unsafe` where it belongs to somebody else. */
export async function prepareFolder(folder: string): Promise<void> {
  await files.mkdir(folder, { recursive: true, mode: 0o700 });
  if (HAS_MODES && (await isOurs(folder))) await files.chmod(folder, 0o700);
  await assertSafe(folder);
}

/** Writes an announcement in one step, so that no reader ever sees half of it. Answers the file's path. */
export async function announce(folder: string, announcement: Announcement, file = newFile(folder)): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  await files.writeFile(draft, JSON.stringify(announcement), { mode: 0o600 });
  await files.rename(draft, file);
  return file;
}

const newFile = (folder: string) => path.join(folder, `${process.pid}-${randomBytes(6).toString('hex')}.json`);

/**
 * The announcements of processes that live, in no particular order. Files of dead processes, and files that are no
 * announcements, are removed on the way.
 *
 * @throws Problem `folder_unsafe` where another user could have written there
 */
export async function readAnnouncements(folder: string): Promise<FoundAnnouncement[]> {
  const names = await files.readdir(folder).catch(() => undefined);
  if (!names) return [];
  await assertSafe(folder);
  await Promise.all(names.filter(isAbandonedDraft).map((name) => files.rm(path.join(folder, name), { force: true })));
  const found = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readOne(path.join(folder, name))),
  );
  return found.filter((announcement) => announcement !== undefined);
}

/** Removes an announcement whose broker is gone, and the socket that it may have left. */
export async function withdraw({ file, socket }: FoundAnnouncement): Promise<void> {
  await files.rm(file, { force: true });
  await removeSocket(socket);
}

async function readOne(file: string): Promise<FoundAnnouncement | undefined> {
  if (!(await isSafe(file))) return undefined;
  // A window that is the only one finds none, and needs nothing of what describes them.
  const { parseAnnouncement } = await import('./announced.ts');
  const announcement = parseAnnouncement(await files.readFile(file, 'utf8').catch(() => ''));
  if (announcement && isAlive(announcement.pid)) return { ...announcement, file };
  if (announcement) await withdraw({ ...announcement, file });
  // One that does not parse may be of another version of the extension.
  else if (!isOfLiving(file)) await files.rm(file, { force: true });
  return undefined;
}

/** A half-written announcement of a process that has ended since. */
function isAbandonedDraft(name: string): boolean {
  return name.endsWith('.new') && !isOfLiving(name);
}

/** The names of these files begin with the process that wrote them. */
function isOfLiving(file: string): boolean {
  const pid = /^(\d+)-/.exec(path.basename(file))?.[1];
  return pid !== undefined && isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function assertSafe(folder: string): Promise<void> {
  if (!(await isSafe(folder))) {
    throw Problem.of('folder_unsafe', { reason: 'It belongs to another user, is a link, or is open to others' });
  }
}

/** Ours, no link, and closed to everybody else. */
async function isSafe(file: string): Promise<boolean> {
  if (!HAS_MODES) return true;
  const stat = await files.lstat(file).catch(() => undefined);
  return stat !== undefined && !stat.isSymbolicLink() && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
}

async function isOurs(file: string): Promise<boolean> {
  const stat = await files.lstat(file);
  return !stat.isSymbolicLink() && stat.uid === process.getuid?.();
}
