import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** What others must not have set of a folder's mode: writing for its group or for everybody. */
const WRITABLE_BY_OTHERS = 0o022;

/** What builds are named: their version, and what their files come to. */
const BUILD = /^\d+\.\d+\.\d+(?:-[\da-f]{16})?$/;

/**
 * Where what V8 has compiled of the server is kept for its next start: in the extension's own storage beside the brokers,
 * or, without an editor, in the user's folder for caches. Whoever can write there runs code as the user, so it is never
 * the folder for temporary files or that of the process, and a folder that is not the user's alone is not used. Without
 * one the server only starts slower, so nothing here is an error. What other builds have kept there is deleted.
 *
 * @param build names the server's version and what its files hold
 */
export function compiledFolder(env: NodeJS.ProcessEnv, build: string): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const root = rootOf(env);
    if (!path.isAbsolute(root)) return undefined;
    makeFolder(root);
    // V8 takes back nothing that another V8 has compiled, or one for another processor.
    const folder = path.join(root, build, `${process.version}-${process.arch}`);
    if (!isOursAlone(root) || !foldersIn(folder).every(isOursOrNone)) return undefined;
    for (const name of readdirSync(root)) if (name !== build && BUILD.test(name)) remove(path.join(root, name));
    return folder;
  } catch {
    // No home, no room, or no right to write.
    return undefined;
  }
}

/** Relative where the environment names no folder that can be used. */
function rootOf({ HEADLESS_GMAIL_BROKER: brokers, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local }: NodeJS.ProcessEnv) {
  if (brokers !== undefined) return path.isAbsolute(brokers) ? path.join(brokers, '..', 'compiled') : '';
  return path.join(cachesOf(xdg, local), 'headless-gmail', 'compiled');
}

/** Throws where a user has no home and one is needed. */
function cachesOf(xdg: string | undefined, local: string | undefined): string {
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return local ?? path.join(homedir(), 'AppData', 'Local');
  // XDG Base Directory Specification: a path that is not absolute is to be ignored.
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.cache');
}

/** One that cannot be deleted is left. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is another user's, or in use.
  }
}

/** It and the folder around it, and those that it has for each kind of thread. */
function foldersIn(folder: string): string[] {
  const kinds = existsSync(folder) ? readdirSync(folder) : [];
  return [path.dirname(folder), folder, ...kinds.map((name) => path.join(folder, name))];
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

function isOursOrNone(folder: string): boolean {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  return status === undefined || isOurs(status);
}
