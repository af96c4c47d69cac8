import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** What others must not have set of a folder's mode: writing for its group or for everybody. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Where what V8 has compiled of the server is kept for its next start: in the extension's own storage beside the brokers,
 * or, without an editor, in the user's folder for caches. Whoever can write there runs code as the user, so it is never
 * the folder for temporary files, and a folder that is not the user's alone is not used. Without one the server only
 * starts slower, so nothing here is an error. What other builds have kept there is deleted.
 *
 * @param build names the server's version and what its files hold
 */
export function compiledFolder(env: NodeJS.ProcessEnv, build: string): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const root = rootOf(env);
  if (root === undefined) return undefined;
  try {
    makeFolder(root);
    if (!isOursAlone(root)) return undefined;
    for (const name of readdirSync(root))
      if (name !== build) rmSync(path.join(root, name), { recursive: true, force: true });
    // V8 takes back nothing that another V8 has compiled, or one for another processor.
    return path.join(root, build, `${process.version}-${process.arch}`);
  } catch {
    // No room, or no right to write.
    return undefined;
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
