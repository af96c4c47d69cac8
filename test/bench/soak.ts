import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { startServer } from '../support/mcp-server.ts';
import { succeed } from './calls.ts';
import { type Contender, environmentOf } from './contenders.ts';
import { openMailbox } from './mailbox.ts';
import { memoryOf } from './starts.ts';
import { TASKS } from './tasks.ts';

/** How many calls a soak is, and after how many each the memory is looked at. */
const CALLS = 10_000;
const EACH = 1000;

export interface SoakFigures {
  calls: number;
  /** Megabytes (10^6 bytes) that the server has in memory. */
  resident: number;
}

/**
 * Many calls of one server, of each tool that only reads in turn, and its memory meanwhile: flat is what it should be.
 *
 * @param tell hears each figure as soon as it is there
 */
export async function soak(contender: Contender, tell: (figures: SoakFigures) => void): Promise<SoakFigures[]> {
  const mailbox = await openMailbox(0);
  const { sandbox } = mailbox;
  const server = await startServer(environmentOf(contender, sandbox), { serverPath: contender.file });
  const { transport } = server.client;
  const pid = transport instanceof StdioClientTransport ? (transport.pid ?? undefined) : undefined;
  const found: SoakFigures[] = [];
  const look = (calls: number) => {
    const figures = { calls, resident: memoryOf(pid).resident };
    found.push(figures);
    tell(figures);
  };
  const tasks = TASKS.filter(({ writes }) => !writes);
  try {
    look(0);
    for (let call = 1; call <= CALLS; call += 1) {
      const task = tasks[call % tasks.length];
      if (task) await succeed(server, task.tool, await task.args(mailbox, call, undefined));
      if (call % EACH === 0) look(call);
    }
    return found;
  } finally {
    await server.close();
    await sandbox.close();
  }
}
