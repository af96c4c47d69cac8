import { randomBytes } from 'node:crypto';
import { promises as files } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const NAME = 'headless-gmail-';
const PIPES = '\\\\.\\pipe\\';

/** A socket path longer than this fails with EINVAL: 103 bytes on macOS, 107 on Linux (sockaddr_un). */
const LONGEST_SOCKET_PATH = 100;

/** What the choice of a socket's place depends on. */
export interface Host {
  platform: NodeJS.Platform;
  /** XDG_RUNTIME_DIR, where there is one: on a memory disk, and closed to other users. */
  runtimeDir: string | undefined;
  tempDir: string;
}

const thisHost = (): Host => ({
  platform: process.platform,
  runtimeDir: process.env.XDG_RUNTIME_DIR,
  tempDir: tmpdir(),
});

/**
 * A fresh place for a socket: in a new folder that only its owner can enter, or on Windows a pipe whose name holds
 * 128 random bits.
 */
export async function newSocketPath(host: Host = thisHost()): Promise<string> {
  if (host.platform === 'win32') return `${PIPES}${NAME}${randomBytes(16).toString('hex')}`;
  for (const parent of [host.runtimeDir, host.tempDir, '/tmp']) {
    // mkdtemp adds six characters and makes the folder with mode 0700.
    if (!parent || Buffer.byteLength(path.join(parent, `${NAME}XXXXXX`, 's')) > LONGEST_SOCKET_PATH) continue;
    const folder = await files.mkdtemp(path.join(parent, NAME)).catch(() => undefined);
    if (folder) return path.join(folder, 's');
  }
  throw new Error('There is no folder for a socket: neither XDG_RUNTIME_DIR nor the temporary folder can be used.');
}

/** Removes a socket and its folder. Windows removes a pipe with its process; any other path is not ours to remove. */
export async function removeSocket(socket: string): Promise<void> {
  const folder = path.dirname(socket);
  if (socket.startsWith(PIPES) || !/^headless-gmail-\w{6}$/.test(path.basename(folder))) return;
  await files.rm(folder, { recursive: true, force: true });
}
