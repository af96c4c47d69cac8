import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmInstall, once } from '../../support/cache.ts';

/** The release of code-server, which is VS Code 1.139.1. Agent mode leans on undocumented behaviour: keep it exact. */
const VERSION = '4.139.1';

/** Raise it when what is done to the installation changes. */
const RECIPE = 1;

const SHIM = fileURLToPath(new URL('spdlog-shim.cjs', import.meta.url));

/**
 * The entry script of code-server, installed into the cache on first use (a minute, 750 MB).
 * It is to be run with Node.js 24, as the npm scripts do: `process.execPath`.
 *
 * @throws Error if this process runs on another Node.js
 */
export async function codeServer(): Promise<string> {
  if (!process.versions.node.startsWith('24.')) {
    throw new Error(`code-server ${VERSION} needs Node.js 24, this is ${process.versions.node}: use the npm scripts.`);
  }
  const folder = await once(`code-server-${VERSION}-r${RECIPE}`, install);
  return path.join(folder, 'node_modules/code-server/out/node/entry.js');
}

async function install(folder: string): Promise<void> {
  await npmInstall(folder, `code-server@${VERSION}`, [`code-server@${VERSION}`]);
  // Its own install script would do this, and would build native modules; without scripts nothing needs a compiler.
  const vscode = path.join(folder, 'node_modules/code-server/lib/vscode');
  await npmInstall(vscode, `the dependencies of code-server@${VERSION}`);
  const spdlog = path.join(vscode, 'node_modules/@vscode/spdlog');
  rmSync(spdlog, { recursive: true, force: true });
  mkdirSync(spdlog);
  copyFileSync(SHIM, path.join(spdlog, 'index.js'));
  writeFileSync(path.join(spdlog, 'package.json'), '{ "name": "@vscode/spdlog", "main": "index.js" }\n');
}
