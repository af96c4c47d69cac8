import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { until } from './waiting.ts';

export interface ProcessInfo {
  pid: number;
  parent: number;
  /** R, S, D, Z (ended, not yet collected by its parent) and so on. */
  state: string;
  command: string[];
}

/** Every process that /proc shows. */
export function processes(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => processInfo(Number(entry)))
    .filter((info) => info !== undefined);
}

function processInfo(pid: number): ProcessInfo | undefined {
  try {
    // "pid (name) state ppid …", where the name may hold anything, also brackets and spaces.
    const [state = '', parent = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    return { pid, parent: Number(parent), state, command };
  } catch {
    return undefined;
  }
}

/** The living children of a process, their children, and so on. */
export function descendants(pid: number): ProcessInfo[] {
  const all = processes().filter((info) => info.state !== 'Z');
  const found: ProcessInfo[] = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = all.filter((info) => parents.has(info.parent));
    found.push(...children);
    parents = new Set(children.map((child) => child.pid));
  }
  return found;
}

/** Whether the process has ended; one that its parent has not collected yet counts as ended. */
export function isGone(pid: number): boolean {
  const info = processInfo(pid);
  return !info || info.state === 'Z' || info.state === 'X';
}

/** Waits for the process's end. */
export async function waitUntilGone(pid: number, what = `process ${pid}`, timeout?: number): Promise<void> {
  await until(`the end of ${what}`, () => isGone(pid), timeout === undefined ? {} : { timeout });
}

/** The living MCP servers that an extension host has started, told by the end of the script's path ("dist/server.js"). */
export function mcpServers(extensionHostPid: number, script: string): ProcessInfo[] {
  return processes().filter(
    ({ parent, command, state }) =>
      parent === extensionHostPid && state !== 'Z' && command.some((argument) => argument.endsWith(script)),
  );
}

/** Waits until a server has no extension host any more, as when its windows have been closed; ends those that stay. */
export async function endExtensionHosts(serverPid: number): Promise<void> {
  const hosts = () => descendants(serverPid).filter(({ command }) => command.includes('--type=extensionHost'));
  await until('the extension hosts to end', () => hosts().length === 0, { timeout: 10_000 }).catch(() => undefined);
  for (const { pid } of hosts()) signal(pid);
}

/** The environment that the process was started with; empty if it has gone. */
export function environmentOf(pid: number): Record<string, string> {
  try {
    const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
    return Object.fromEntries(pairs.map((pair) => [pair.replace(/=.*$/s, ''), pair.replace(/^[^=]*=/s, '')]));
  } catch {
    return {};
  }
}

/**
 * Takes care that a process group (a child started with `detached: true`) does not outlive this process, however this
 * one ends.
 *
 * @returns ends the group, and every descendant that made a group of its own, at once
 */
export function endWithUs(child: ChildProcess): () => void {
  const { pid } = child;
  if (pid === undefined) throw new Error('The process did not start.');
  const guard = guardOf(pid);
  const kill = () => {
    process.off('exit', kill);
    guard.kill('SIGKILL');
    for (const info of descendants(pid)) signal(info.pid);
    signal(-pid);
  };
  // Before what deletes the files that it writes.
  process.prependListener('exit', kill);
  exitOnSignals();
  return kill;
}

/** A shell whose input ends with this process, even one that is killed outright; then it ends the group. */
function guardOf(pid: number): ChildProcess {
  const guard = spawn('sh', ['-c', 'read -r _; kill -s KILL -- "-$1"', 'sh', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as Socket).unref();
  return guard;
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

let listening = false;

/** A signal's default action skips the exit hooks; leaving through process.exit runs them. */
export function exitOnSignals(): void {
  if (listening) return;
  listening = true;
  for (const [name, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    // It stays: without a listener a second signal, which npm sends, would end the process amid its exit hooks.
    process.on(name, () => process.exit(128 + number));
  }
}
