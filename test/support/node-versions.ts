import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** One exact release for each major version that the tests run the bundle on. */
const RELEASES: Record<number, string> = { 20: '20.20.2', 22: '22.23.3', 24: process.versions.node };

/** Where test tools are kept between runs, never in the checkout. */
export const CACHE = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'headless-gmail');

/**
 * The path of a Node.js of that major version, fetched from the package registry on first use.
 *
 * @throws Error that says which package is missing
 */
export async function nodeOfMajor(major: number): Promise<string> {
  const release = RELEASES[major];
  if (!release) throw new RangeError(`No release of Node.js ${major} is named in test/support/node-versions.ts.`);
  if (release === process.versions.node) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = path.join(CACHE, `${name}-${release}`);
  const binary = path.join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(CACHE, { recursive: true });
  // Installed beside and moved into place, so that a broken download is never taken for a Node.js.
  const fresh = `${folder}.${process.pid}`;
  const install = ['install', '--prefix', fresh, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', [...install, `${name}@${release}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return binary;
}
