import module from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** When what was compiled is kept, in milliseconds after the start: the first mail is read by then. */
const KEEP_AFTER_MS = 2_000;

/** The whole program of the thread that reads mail. A thread has a compile cache of its own, in the folder of the process. */
async function main(): Promise<void> {
  if (!parentPort) return;
  if (typeof workerData === 'string') module.enableCompileCache?.(workerData);
  const { serveJobs } = await import('../mailbox/reading/thread-worker.ts');
  serveJobs(parentPort);
  // It is ended from outside, which keeps nothing.
  setTimeout(() => module.flushCompileCache?.(), KEEP_AFTER_MS).unref();
}

void main();
