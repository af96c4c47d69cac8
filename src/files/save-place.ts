import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type ChosenFolder, folderAt, isSameFolder } from '../shared/chosen-folder.ts';
import { Problem } from '../shared/problems.ts';

/** A chosen folder that was found to be the one which was chosen, and is written into. */
export interface SavePlace {
  /** Where a file of the folder is reached while it is written. */
  at(name: string): string;
  /** Throws `save_folder_changed` where something else lies at the folder's path by now. */
  assertUnchanged(): void;
  close(): Promise<void>;
}

/**
 * Opens a folder for writing into it. On Linux its files are reached through the opened folder itself, so that they end
 * in it whatever is put at its path meanwhile (https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html). Other systems
 * have no such way: there the path is looked at before and after.
 *
 * @throws Problem `save_folder_missing` or `save_folder_changed`
 */
export async function openPlace(chosen: ChosenFolder): Promise<SavePlace> {
  assertSame(chosen);
  const handle = await openFolder(chosen);
  const root = handle ? `/proc/self/fd/${handle.fd}` : chosen.path;
  return {
    at: (name) => path.join(root, name),
    assertUnchanged: () => assertSame(chosen),
    close: async () => handle?.close(),
  };
}

function assertSame(chosen: ChosenFolder): void {
  const now = folderAt(chosen.path);
  if (!now) throw Problem.of('save_folder_missing', { folder: chosen.path });
  if (!isSameFolder(chosen, now)) throw Problem.of('save_folder_changed', { folder: chosen.path });
}

/** Undefined where files cannot be reached through an opened folder, as where /proc is not mounted. */
async function openFolder(chosen: ChosenFolder): Promise<FileHandle | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
  const handle = await open(chosen.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch(() => undefined);
  if (!handle) return undefined;
  const { dev, ino } = await handle.stat({ bigint: true });
  const isChosen = String(dev) === chosen.device && String(ino) === chosen.inode;
  const reached = await realpath(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
  if (isChosen && reached !== undefined) return handle;
  await handle.close();
  if (!isChosen) throw Problem.of('save_folder_changed', { folder: chosen.path });
  return undefined;
}
