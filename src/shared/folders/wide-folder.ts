import { realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';

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
