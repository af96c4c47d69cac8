import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';

/** What others must not have set of a folder's mode: writing for its group or for everybody. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Keeps what Node.js has compiled of the server for its next start (`module.enableCompileCache`, Node.js 22.8): in the
 * extension's own storage beside the brokers, or, without an editor, in the user's folder for caches. Whoever can write
 * there runs code as the user, so it is never the folder for temporary files, and a folder that is not the user's alone
 * is not used. Without a cache the server only starts slower, so nothing here is an error.
 *
 * @param version of the server: what other versions have kept is deleted
 */
export function useCompileCache(env: NodeJS.ProcessEnv, version: string): void {
  if (!module.enableCompileCache || env.NODE_DISABLE_COMPILE_CACHE) return;
  const root = rootOf(env);
  if (root === undefined) return;
  try {
    makeFolder(root);
    if (!isOursAlone(root)) return;
    for (const name of readdirSync(root))
      if (name !== version) rmSync(path.join(root, name), { recursive: true, force: true });
    module.enableCompileCache(path.join(root, version));
  } catch {
    // No room, or no right to write: the server starts without.
  }
}

function rootOf({ HEADLESS_GMAIL_BROKER: brokers, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local }: NodeJS.ProcessEnv) {
  if (brokers !== undefined) return path.isAbsolute(brokers) ? path.join(brokers, '..', 'compiled') : undefined;
  const home = homedir();
  const caches = {
    darwin: path.join(home, 'Library', 'Caches'),
    win32: local ?? path.join(home, 'AppData', 'Local'),
  }[process.platform as string];
  // XDG Base Directory Specification: a path that is not absolute is to be ignored.
  const xdgOrHome = xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache');
  return path.join(caches ?? xdgOrHome, 'headless-gmail', 'compiled');
}

/** Level by level: below /proc `mkdirSync` with `recursive` never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * Whether nobody else can write into it, or put another in its place: neither it nor the folder around it is a link, and
 * the folder around both, which a user may have linked to another disk, is the user's alone as well.
 */
function isOursAlone(root: string): boolean {
  const around = path.dirname(root);
  return [lstatSync(root), lstatSync(around), statSync(path.dirname(around))].every(isOurs);
}

/** Windows has no such modes; there a user's folders are the user's alone. */
function isOurs(status: Stats): boolean {
  if (!status.isDirectory()) return false;
  return process.getuid === undefined || (status.uid === process.getuid() && (status.mode & WRITABLE_BY_OTHERS) === 0);
}
