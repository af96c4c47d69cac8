import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where test tools are kept between runs, never in the checkout. */
const CACHE = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'headless-gmail');

/** How long to wait for another run that is building the same thing. */
const OTHER_BUILD = 15 * 60_000;

/**
 * The folder of that name in the cache, built on first use.
 *
 * It is built beside its place and renamed into it, so what is in place is always whole. Put everything that decides
 * the contents (versions, a hash) into the name: a folder in place is never built again.
 *
 * @param build fills the folder that it is given; paths written into files must be those of the final `place`
 */
export async function once(name: string, build: (part: string, place: string) => Promise<void>): Promise<string> {
  const place = path.join(CACHE, name);
  if (existsSync(place)) return place;
  mkdirSync(CACHE, { recursive: true });
  const lock = await takeLock(place);
  const part = `${place}.part-${process.pid}`;
  try {
    if (existsSync(place)) return place;
    // Under the lock nobody else is building: what lies there was left by a run that died.
    if (lock) for (const left of leftovers(name)) rmSync(left, { recursive: true, force: true });
    mkdirSync(part);
    await build(part, place);
    try {
      renameSync(part, place);
    } catch (error) {
      // Somebody else was first, on a system without the lock or in another container on the same cache.
      if (!existsSync(place)) throw error;
    }
    return place;
  } finally {
    rmSync(part, { recursive: true, force: true });
    lock?.close();
  }
}

function leftovers(name: string): string[] {
  return readdirSync(CACHE)
    .filter((entry) => entry.startsWith(`${name}.part-`))
    .map((entry) => path.join(CACHE, entry));
}

/**
 * A lock that cannot go stale: a listening socket in Linux's abstract namespace, which the kernel takes away with its
 * process. Elsewhere there is none, and two runs at once merely do the work twice.
 */
async function takeLock(place: string): Promise<Server | undefined> {
  if (process.platform !== 'linux') return undefined;
  const address = `\0headless-gmail-${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
  const end = Date.now() + OTHER_BUILD;
  while (Date.now() < end) {
    const server = await listen(address);
    if (server) return server;
    await sleep(250);
  }
  throw new Error(`Another run has been building ${place} for more than ${OTHER_BUILD / 60_000} minutes.`);
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

const QUIET = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs packages from the package registry into a folder, running none of their scripts.
 * Without packages it installs what the folder's own package.json asks for.
 *
 * @throws Error that names what is missing and what npm said
 */
export async function npmInstall(folder: string, what: string, packages: readonly string[] = []): Promise<void> {
  if (packages.length > 0) writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  try {
    await run('npm', ['install', '--prefix', folder, ...QUIET, ...packages], folder);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The workbench tests need ${what}, and npm could not fetch it. Is the package registry within reach?\n${said}`,
    );
  }
}

/**
 * Runs a program to its end and answers what it wrote.
 *
 * @throws Error with the command and the end of what it wrote
 */
export function run(file: string, args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: env ?? process.env, timeout: 10 * 60_000, maxBuffer: 32 * 1024 * 1024 };
    execFile(file, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout + stderr);
      const said = `${stdout}${stderr}`.trim().slice(-2000) || error.message;
      reject(new Error(`${path.basename(file)} ${args.join(' ')}\n${said}`));
    });
  });
}
