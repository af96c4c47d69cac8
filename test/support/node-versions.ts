import path from 'node:path';
import { npmInstall, once } from './cache.ts';

/** One exact release for each major version that the tests run the bundle on. */
const RELEASES: Record<number, string> = { 20: '20.20.2', 22: '22.23.3', 24: process.versions.node };

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
  const pinned = `${name}@${release}`;
  const folder = await once(`${name}-${release}-r1`, (part) => npmInstall(part, `Node.js ${release}`, [pinned]));
  return path.join(folder, 'node_modules', name, 'bin', 'node');
}
