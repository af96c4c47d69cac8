import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import type { LoadPart } from '../../mail/mime/load-part.ts';
import { asProblem, Problem } from '../../shared/problems.ts';
import { JOBS } from './reading-jobs.ts';
import { rehearse } from './rehearsal.ts';
import type { FromThread, ToThread } from './thread-protocol.ts';

/** By then a job that was given out while the thread started has come; without one Gmail is still asked. In milliseconds. */
const REHEARSE_AFTER_MS = 10;

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
  let isIdle = true;
  const idle = setTimeout(() => void rehearse(() => isIdle), REHEARSE_AFTER_MS);
  port.on('message', async (message: ToThread) => {
    clearTimeout(idle);
    isIdle = false;
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
