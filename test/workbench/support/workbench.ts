import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { run } from '../../support/cache.ts';
import { codeServer } from './code-server.ts';
import { descendants, endWithUs, exitOnSignals, isGone } from './processes.ts';
import { makeProfile, type Profile, removeProfile } from './profile.ts';
import { START, until } from './waiting.ts';

export interface WorkbenchOptions {
  /** The extensions to install before the start. */
  vsixFiles: readonly string[];
  /** The user's settings. */
  settings?: Record<string, unknown>;
  /** What the server's environment holds beyond PATH, HOME, LANG, TMPDIR and the companions' names. */
  env?: Record<string, string>;
  /** A free one by default. SecretStorage belongs to the origin, so to the port. */
  port?: number;
  /** Lets this process end while the server runs; both go with it then. */
  background?: boolean;
  /** Deletes the profile when this process ends, however early. */
  removesProfile?: boolean;
}

export interface Workbench {
  /** The address without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly profile: Profile;
  /** What a companion extension asks of a caller. */
  readonly companionToken: string;
  /** The server's process id. */
  pid(): number;
  /** Ends the server with all that it started. The profile stays. */
  stop(): Promise<void>;
  /** Ends the server and starts it again on the same port and profile, with this addition to its environment. */
  restart(env?: Record<string, string>): Promise<void>;
  /** Stops and deletes the profile (set WORKBENCH_KEEP to look into it). */
  remove(): Promise<void>;
}

interface Server {
  child: ChildProcess;
  kill: () => void;
}

/** Starts VS Code's server on a profile of its own. It ends with this process, however that one ends. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const entry = await codeServer();
  const profile = makeProfile(options.settings);
  if (options.background || options.removesProfile) {
    exitOnSignals();
    process.once('exit', () => removeProfile(profile));
  }
  const port = options.port ?? (await freePort());
  const companionToken = randomBytes(16).toString('hex');
  const { home, temporary, data, extensions, config, companion } = profile;
  const folders = ['--config', config, '--user-data-dir', data, '--extensions-dir', extensions];
  let env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    WORKBENCH_COMPANION_FOLDER: companion,
    WORKBENCH_COMPANION_TOKEN: companionToken,
    ...options.env,
  };
  const install = async (files: readonly string[]) => {
    const args = files.flatMap((file) => ['--install-extension', path.resolve(file)]);
    if (args.length > 0) await run(process.execPath, [entry, ...folders, ...args, '--force'], home, env);
  };
  const start = async () => {
    const started = await startServer(entry, folders, port, env, profile);
    if (options.background) started.child.unref();
    return started;
  };

  await install(options.vsixFiles);
  let server = await start();
  const stop = () => stopServer(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    profile,
    companionToken,
    pid: () => server.child.pid ?? 0,
    stop,
    restart: async (more = {}) => {
      await stop();
      env = { ...env, ...more };
      server = await start();
    },
    remove: async () => {
      await stop();
      removeProfile(profile);
    },
  };
}

const serverLog = (profile: Profile) => path.join(profile.folder, 'server.log');

async function startServer(
  entry: string,
  folders: readonly string[],
  port: number,
  env: Record<string, string>,
  profile: Profile,
): Promise<Server> {
  const address = `127.0.0.1:${port}`;
  const args = [
    entry,
    ...folders,
    ...['--auth', 'none', '--bind-addr', address],
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--disable-workspace-trust',
  ];
  const log = openSync(serverLog(profile), 'a');
  const child = spawn(process.execPath, args, {
    cwd: profile.home,
    env,
    stdio: ['ignore', log, log],
    // A process group of its own, to be ended as a whole.
    detached: true,
  });
  closeSync(log);
  const server = { child, kill: endWithUs(child) };
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  try {
    const answers = async () => ended || ((await answersOk(`${address}/healthz`)) && answersOk(`${address}/`));
    await until(`code-server to answer on port ${port}`, answers, { timeout: START });
    if (ended) throw new Error('code-server ended at once.');
  } catch (error) {
    server.kill();
    const said = readFileSync(serverLog(profile), 'utf8').slice(-2000);
    throw new Error(`code-server did not start:\n${said}`, { cause: error });
  }
  return server;
}

async function answersOk(address: string): Promise<boolean> {
  const response = await fetch(`http://${address}`, { signal: AbortSignal.timeout(5000) });
  await response.arrayBuffer();
  return response.ok;
}

async function stopServer({ child, kill }: Server): Promise<void> {
  const { pid = 0, exitCode, signalCode } = child;
  if (exitCode === null && signalCode === null) {
    const family = [pid, ...descendants(pid).map((info) => info.pid)];
    // Asked first, so that the server and its extension hosts end as they do for a user.
    process.kill(-pid, 'SIGTERM');
    const polite = until('code-server to end', () => family.every(isGone), { timeout: 5000 });
    await polite.catch(() => undefined);
  }
  kill();
}

/** A port on the loopback address that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
