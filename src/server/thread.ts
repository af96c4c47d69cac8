import { parentPort } from 'node:worker_threads';
import { serveJobs } from '../mailbox/reading/thread-worker.ts';

/**
 * The whole work of the thread that reads mail.
 *
 * @param afterFirst called after its first job, whose result has left
 */
export function readMail(afterFirst: () => void): void {
  if (parentPort) serveJobs(parentPort, afterFirst);
}
