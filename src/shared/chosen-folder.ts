import { realpathSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';

/** A folder as it was when a person chose it. Whatever lies at its path later counts only where all three agree. */
export interface ChosenFolder {
  /** Without links on the way to it. */
  path: string;
  /** The numbers of its file system and of the folder in it, in decimal: they can be larger than a safe integer. */
  device: string;
  inode: string;
}

/**
 * The folder at a path as it is now; undefined where the path is not absolute or leads to no folder. One system call
 * or two, so it does not wait for them.
 */
export function folderAt(folder: string): ChosenFolder | undefined {
  if (!path.isAbsolute(folder)) return undefined;
  try {
    const real = realpathSync.native(folder);
    const stat = statSync(real, { bigint: true });
    return stat.isDirectory() ? { path: real, device: String(stat.dev), inode: String(stat.ino) } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two are the same folder at the same place. */
export const isSameFolder = (a: ChosenFolder, b: ChosenFolder | undefined): boolean =>
  a.path === b?.path && a.device === b.device && a.inode === b.inode;

/**
 * Whether a folder holds everything, so that nobody can have meant it by choosing it: a home folder, one around it, or
 * the root of a file system.
 *
 * @param folder absolute, without links on the way to it
 */
export function isWideFolder(folder: string): boolean {
  return path.parse(folder).root === path.resolve(folder) || homes().some((home) => isAround(folder, home));
}

/** Whether a folder is another one, or around it. */
export function isAround(folder: string, other: string): boolean {
  const way = path.relative(folder, other);
  return way === '' || (!/^\.\.(?:[/\\]|$)/.test(way) && !path.isAbsolute(way));
}

/** As the environment has it and as the system has it, each also without links. */
function homes(): string[] {
  const named = [attempt(homedir), attempt(() => userInfo().homedir)].flatMap((home) => home || []);
  return named.flatMap((home) => [home, attempt(() => realpathSync.native(home)) ?? home]);
}

/** Not every process has a user that the system knows. */
function attempt(find: () => string): string | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
