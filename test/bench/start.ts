/** `npm run bench:start`: the bundled server's way to tools/list, side by side with an empty Node.js in the same run. */
import { spawn } from 'node:child_process';
import { initialize, startRaw } from '../support/mcp-server.ts';

/** Odd, so that the median is a measured value. */
const ROUNDS = 21;

function emptyNode(): Promise<void> {
  return new Promise((resolve) => spawn(process.execPath, ['-e', '0']).once('close', () => resolve()));
}

async function listTools(): Promise<void> {
  const server = startRaw({});
  initialize(server);
  server.send({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
  await server.answer(2);
  server.child.kill('SIGKILL');
  await server.exited;
}

/** Milliseconds from the start of the work to its end. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[(values.length - 1) / 2] ?? 0;

const empty: number[] = [];
const listed: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  empty.push(await timed(emptyNode));
  listed.push(await timed(listTools));
}
const [base, server] = [median(empty), median(listed)];
console.log(
  `node -e 0: ${base.toFixed(0)} ms; server to tools/list: ${server.toFixed(0)} ms; ratio ${(server / base).toFixed(1)}`,
);
