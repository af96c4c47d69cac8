import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../src/sandbox/start.ts';
import { initialize, type RawServer, startRaw } from '../support/mcp-server.ts';
import { tokensOf } from '../support/tokens.ts';
import { type Contender, environmentOf } from './contenders.ts';
import { type Spread, spreadOf, timed } from './figures.ts';

/** How long a server is left alone before its memory is looked at again, in milliseconds. */
const SETTLED = 2000;

/** Another start costs little, so there are more of them. */
const STARTS_A_ROUND = 7;

export interface StartFigures {
  contender: string;
  /** Milliseconds from the spawn to the answer of tools/list, or of `node -e 0` to its end. */
  start: Spread;
  /** The median as a multiple of that of `node -e 0`. */
  ratio: number;
  /** Of the answer to tools/list. */
  tokens?: number;
  /** Megabytes (10^6 bytes), where the system tells them. */
  memory?: { listed: Spread; settled: Spread; peak: Spread };
}

interface Measured {
  start: number[];
  listed: number[];
  settled: number[];
  peak: number[];
  tokens?: number;
}

/** The starts of `node -e 0` and of servers, in turn, and their memory. */
export class Starts {
  readonly #sandbox: Sandbox;
  readonly #empty: number[] = [];
  readonly #measured: readonly [Contender, Measured][];

  constructor(contenders: readonly Contender[], sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#measured = contenders.map((each) => [each, { start: [], listed: [], settled: [], peak: [] }]);
  }

  /** Starts and ends each once, as a client does, so that what it caches is there. */
  async warmUp(): Promise<void> {
    for (const [contender, measured] of this.#measured) {
      const server = this.#start(contender);
      const list = await listTools(server);
      measured.tokens = tokensOf(JSON.stringify((list.result as { tools: object }).tools));
      await sleep(SETTLED);
      server.child.stdin?.end();
      await server.exited;
    }
  }

  async round(): Promise<void> {
    for (let start = 0; start < STARTS_A_ROUND; start += 1) {
      this.#empty.push(await timed(emptyNode));
      for (const [contender, { start: times }] of this.#measured) {
        let server: RawServer | undefined;
        const list = async () => {
          server = this.#start(contender);
          await listTools(server);
        };
        times.push(await timed(list));
        server?.child.kill('SIGKILL');
        await server?.exited;
      }
    }
    if (process.platform === 'linux') await this.#lookAtMemory();
  }

  figures(): StartFigures[] {
    const empty = spreadOf(this.#empty);
    const servers = this.#measured.map(([contender, measured]): StartFigures => {
      const { start, listed, settled, peak, tokens } = measured;
      const spread = spreadOf(start);
      const isKnown = listed.length > 0;
      return {
        contender: contender.name,
        start: spread,
        ratio: spread.median / empty.median,
        ...(tokens === undefined ? {} : { tokens }),
        ...(isKnown ? { memory: { listed: spreadOf(listed), settled: spreadOf(settled), peak: spreadOf(peak) } } : {}),
      };
    });
    return [{ contender: 'node -e 0', start: empty, ratio: 1 }, ...servers];
  }

  #start(contender: Contender): RawServer {
    return startRaw(environmentOf(contender, this.#sandbox), [contender.file]);
  }

  async #lookAtMemory(): Promise<void> {
    const running: [Measured, RawServer][] = [];
    for (const [contender, measured] of this.#measured) {
      const server = this.#start(contender);
      await listTools(server);
      measured.listed.push(memoryOf(server.child.pid).resident);
      running.push([measured, server]);
    }
    await sleep(SETTLED);
    for (const [measured, server] of running) {
      const { resident, peak } = memoryOf(server.child.pid);
      measured.settled.push(resident);
      measured.peak.push(peak);
      server.child.kill('SIGKILL');
      await server.exited;
    }
  }
}

/**
 * What a process has in memory, and had at most, in megabytes (`VmRSS` and `VmHWM`; proc_pid_status(5)). Linux alone
 * tells it.
 */
export function memoryOf(pid: number | undefined): { resident: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

function emptyNode(): Promise<void> {
  return new Promise((resolve) => spawn(process.execPath, ['-e', '0']).once('close', () => resolve()));
}

function listTools(server: RawServer): Promise<Record<string, unknown>> {
  initialize(server);
  server.send({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
  return server.answer(2);
}
