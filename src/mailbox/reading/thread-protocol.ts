import type { MimePart } from '../../mail/mime/mime-part.ts';
import type { WireProblem } from '../../shared/problems.ts';
import type { InputOf, JobName, OutputOf } from './reading-jobs.ts';

/** What the thread is told. One job at a time, and while it waits for a part nothing but that. */
export type ToThread =
  | { [N in JobName]: { kind: 'job'; name: N; input: InputOf<N> } }[JobName]
  | { kind: 'part'; bytes: Uint8Array }
  | { kind: 'no part'; problem: WireProblem };

/** What the thread says. */
export type FromThread =
  /** It needs a part that Gmail keeps apart. */
  | { kind: 'load'; part: Pick<MimePart, 'body'> }
  /** `heap` is what the thread's memory has grown to, in bytes. */
  | { kind: 'done'; output: OutputOf<JobName>; heap: number }
  | { kind: 'failed'; problem: WireProblem; heap: number };
