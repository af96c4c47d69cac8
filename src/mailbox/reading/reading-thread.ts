import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LoadPart } from '../../mail/mime/load-part.ts';
import { asProblem, Problem } from '../../shared/problems.ts';
import { SerialQueue } from '../../shared/turns/serial-queue.ts';
import { beginRoomy, boundHeap, isHeapBound, YOUNG_MB } from './bound-heap.ts';
import type { InputOf, JobName, OutputOf } from './reading-jobs.ts';
import type { FromThread, ToThread } from './thread-protocol.ts';

export interface ReaderLimits {
  /** How much memory a job may take, in megabytes. */
  memory: number;
  /** How long a job may work without asking for anything, in milliseconds. */
  workMs: number;
}

/** The largest text takes about 90 MB and, on a slow computer, a few seconds. */
const USUAL_LIMITS: ReaderLimits = { memory: 160, workMs: 20_000 };

/**
 * A thread that has grown to more gives all of it back by ending, in bytes: usual mail leaves it at 17 to 26 MB, and
 * newsletters of 200 KB at 27 to 38; another thread would cost each of those a quarter of a second. Kept at up to 48 MB,
 * the whole process peaked 20 to 50 MB higher on a series of hostile mail.
 */
const LARGEST_IDLE = 40 * 1024 * 1024;

/** What the thread runs. */
export interface ThreadCode {
  /** Its first file: it must serve the jobs. */
  file: string;
  /** The folder for what is compiled of the build; it is kept nowhere where absent. */
  compiled?: string | undefined;
  /** Keeps what this thread has compiled. Once V8 has other flags, it is too late. */
  keep?: () => void;
}

export interface JobOptions {
  load: LoadPart;
  /** Ends the job when it aborts. */
  signal: AbortSignal;
}

/**
 * Reads mail in a thread of its own, one after the other. Mail is written by strangers: whatever it makes a parser do,
 * this process keeps answering, and the memory it takes is bounded and given back.
 */
export class ReadingThread {
  readonly #code: ThreadCode;
  readonly #limits: ReaderLimits;
  #thread: Worker | undefined;
  readonly #jobs = new SerialQueue();

  constructor(code: ThreadCode, limits: ReaderLimits = USUAL_LIMITS) {
    this.#code = code;
    this.#limits = limits;
  }

  /** Starts the thread where there is none, so that it is there when what it shall read has come. */
  prepare(): void {
    this.#thread ??= this.#start();
  }

  /** Bounds the heap of this thread and of those that are started from now on, a little later, as a first call is over. */
  boundHeap(): void {
    boundHeap(this.#code.keep);
  }

  /**
   * Runs a job.
   *
   * @throws Problem `text_unreadable` where it takes more than it may, or whatever the job throws
   */
  run<N extends JobName>(name: N, input: InputOf<N>, options: JobOptions): Promise<OutputOf<N>> {
    return this.#jobs.run(() => this.#work(name, input, options));
  }

  async #work<N extends JobName>(name: N, input: InputOf<N>, { load, signal }: JobOptions): Promise<OutputOf<N>> {
    signal.throwIfAborted();
    const thread = this.#thread ?? this.#start();
    this.#thread = thread;
    const job = new Job(thread, load, this.#limits.workMs);
    const abort = () => job.fail(signal.reason);
    signal.addEventListener('abort', abort);
    try {
      const result = await job.run({ kind: 'job', name, input } as ToThread);
      if (result.heap > LARGEST_IDLE) await this.#end(thread);
      if (result.kind === 'failed') throw Problem.fromWire(result.problem);
      return result.output as OutputOf<N>;
    } finally {
      signal.removeEventListener('abort', abort);
      job.close();
      this.boundHeap();
      // Whoever did not wait for its result leaves it at work.
      if (job.hasFailed) await this.#end(thread);
    }
  }

  #start(): Worker {
    const { memory } = this.#limits;
    const resourceLimits = { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: YOUNG_MB };
    beginRoomy();
    // What a library might print there must not reach the client.
    const { file, compiled } = this.#code;
    // What V8 has compiled with other flags it does not take back.
    const kind = isHeapBound() ? 'later-thread' : 'thread';
    const workerData = compiled && path.join(compiled, kind);
    const thread = new Worker(file, { resourceLimits, stdout: true, stderr: true, workerData });
    // One that breaks down between jobs is missed by none.
    thread.on('error', () => {
      if (this.#thread === thread) this.#thread = undefined;
    });
    // Between jobs the process may end.
    thread.unref();
    return thread;
  }

  async #end(thread: Worker): Promise<void> {
    if (this.#thread === thread) this.#thread = undefined;
    await thread.terminate();
  }
}

type Result = Extract<FromThread, { kind: 'done' | 'failed' }>;

/** One job, seen from outside the thread. */
class Job {
  /** Whether it was given up before its result came. */
  hasFailed = false;
  readonly #thread: Worker;
  readonly #load: LoadPart;
  readonly #workMs: number;
  readonly #result = Promise.withResolvers<Result>();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(thread: Worker, load: LoadPart, workMs: number) {
    this.#thread = thread;
    this.#load = load;
    this.#workMs = workMs;
  }

  run(job: ToThread): Promise<Result> {
    this.#thread.on('message', this.#hear);
    this.#thread.on('error', this.#breakDown);
    this.#say(job);
    return this.#result.promise;
  }

  fail(reason: unknown): void {
    this.hasFailed = true;
    this.#result.reject(reason);
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#thread.off('message', this.#hear);
    this.#thread.off('error', this.#breakDown);
  }

  readonly #hear = (message: FromThread): void => {
    clearTimeout(this.#timer);
    if (message.kind === 'load') void this.#answer(message.part);
    else this.#result.resolve(message);
  };

  /** The thread has ended by itself: it does so where its memory is used up. */
  readonly #breakDown = (error: NodeJS.ErrnoException): void => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.fail(isMemory ? Problem.of('text_unreadable', { reason: 'memory' }) : error);
  };

  async #answer(part: Parameters<LoadPart>[0]): Promise<void> {
    try {
      this.#say({ kind: 'part', bytes: await this.#load(part) });
    } catch (error) {
      this.#say({ kind: 'no part', problem: asProblem(error).toWire() });
    }
  }

  #say(message: ToThread): void {
    if (this.#isOver) return;
    this.#thread.postMessage(message);
    this.#timer = setTimeout(() => this.fail(Problem.of('text_unreadable', { reason: 'time' })), this.#workMs);
  }
}
