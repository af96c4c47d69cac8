import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import type { LoadPart } from '../../mail/mime/load-part.ts';
import { asProblem, Problem } from '../../shared/problems.ts';
import { JOBS } from './reading-jobs.ts';
import { rehearse } from './rehearsal.ts';
import type { FromThread, ToThread } from './thread-protocol.ts';

/** A thread whose first job has not come for so long has time to rehearse: Gmail is still asked, in milliseconds. */
const REHEARSE_AFTER_MS = 40;

/**
 * The thread's own half: it works on the jobs that come through the port.
 *
 * @param afterFirst called once, after the result of the first job has left
 */
export function serveJobs(port: MessagePort, afterFirst: () => void): void {
  let after: (() => void) | undefined = afterFirst;
  let waiting: PromiseWithResolvers<Uint8Array> | undefined;
  const say = (message: FromThread) => port.postMessage(message);
  const load: LoadPart = ({ body = {} }) => {
    waiting = Promise.withResolvers();
    say({ kind: 'load', part: { body } });
    return waiting.promise;
  };
  const idle = setTimeout(() => void rehearse(), REHEARSE_AFTER_MS);
  port.on('message', async (message: ToThread) => {
    clearTimeout(idle);
    if (message.kind === 'part') return waiting?.resolve(message.bytes);
    if (message.kind === 'no part') return waiting?.reject(Problem.fromWire(message.problem));
    const heap = () => getHeapStatistics().total_physical_size;
    try {
      // Which input belongs to which job was checked where the job was given out.
      const job = JOBS[message.name] as (input: unknown, load: LoadPart) => ReturnType<(typeof JOBS)['message']>;
      const output = await job(message.input, load);
      say({ kind: 'done', output, heap: heap() });
    } catch (error) {
      say({ kind: 'failed', problem: asProblem(error).toWire(), heap: heap() });
    }
    after?.();
    after = undefined;
  });
}
