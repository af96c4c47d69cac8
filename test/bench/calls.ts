import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ServerUnderTest, startServer } from '../support/mcp-server.ts';
import { tokensOf } from '../support/tokens.ts';
import { type Contender, environmentOf } from './contenders.ts';
import type { BareWork } from './controls/bare.ts';
import { type Spread, spreadOf, timed } from './figures.ts';
import type { BenchMailbox } from './mailbox.ts';
import { Recorder, type Traffic } from './recorder.ts';
import type { Task } from './tasks.ts';

/** How often a call is repeated in its server before it counts as warm, and then: less often where each takes long. */
const repeats = (latency: number) => (latency === 0 ? { unmeasured: 3, warm: 3 } : { unmeasured: 1, warm: 1 });

/** The requests of a call, made by a process that does nothing else. */
export class BareRequests {
  readonly #child = fork(fileURLToPath(new URL('controls/bare.ts', import.meta.url)));
  readonly #failure: Promise<never>;

  constructor() {
    this.#failure = once(this.#child, 'exit').then(() => Promise.reject(new Error('A bare request failed.')));
    // Heard by who waits for requests; the end of the bench is none.
    this.#failure.catch(() => undefined);
  }

  /** Milliseconds that they take. Throws where one fails. */
  async time(work: BareWork): Promise<number> {
    return timed(async () => {
      const answered = once(this.#child, 'message');
      this.#child.send(work);
      await Promise.race([answered, this.#failure]);
    });
  }

  close(): void {
    this.#child.kill();
  }
}

/** The same call at one time of its server's life. */
interface Phase {
  times: number[];
  /** Of the requests alone. */
  bare: number[];
  /** Of the last call. */
  requests: number;
  waves: number;
  units: number;
}

/** Milliseconds, HTTP requests and quota units of one call; `bare` is what the requests take alone. */
export interface PhaseFigures {
  time: Spread;
  bare?: Spread;
  requests: number;
  /** How many of the requests had to wait for one another; what goes together is one. */
  waves: number;
  units: number;
}

export interface CallFigures {
  contender: string;
  task: string;
  tool: string;
  /** Milliseconds that each HTTP request took longer. */
  latency: number;
  /** In a server that has just answered tools/list. */
  first: PhaseFigures;
  /** Repeated in the same server. */
  warm: PhaseFigures;
  /** Of the result of the first call. */
  tokens: number;
  bytes: number;
}

/** One call of one contender at one latency, measured round by round. */
export class CallRow {
  readonly contender: Contender;
  readonly task: Task;
  readonly latency: number;
  readonly #first: Phase = { times: [], bare: [], requests: 0, waves: 0, units: 0 };
  readonly #warm: Phase = { times: [], bare: [], requests: 0, waves: 0, units: 0 };
  #result = '';

  constructor(contender: Contender, task: Task, latency: number) {
    this.contender = contender;
    this.task = task;
    this.latency = latency;
  }

  /** One fresh server: its first call and the warm ones, each with the same requests made bare. */
  async round(mailbox: BenchMailbox, bare: BareRequests): Promise<void> {
    const { sandbox } = mailbox;
    // A person who says yes at once.
    const onQuestion = () => ({ action: 'accept' as const, content: { change: true, send: true } });
    const env = environmentOf(this.contender, sandbox);
    const server = await startServer(env, { serverPath: this.contender.file, onQuestion });
    const recorder = new Recorder(sandbox);
    try {
      await server.client.listTools();
      await pause(this.task.after ?? 0);
      let last: string | undefined;
      const { unmeasured, warm } = repeats(this.latency);
      for (let turn = 0; turn <= unmeasured + warm; turn += 1) {
        const { text, time, traffic } = await this.#call({ server, mailbox, recorder, turn, last });
        if (turn === 0) this.#result = text;
        last = text;
        const phase = turn === 0 ? this.#first : this.#warm;
        if (turn > 0 && turn <= unmeasured) continue;
        phase.times.push(time);
        const { requests, waves, units } = traffic;
        Object.assign(phase, { requests, waves: waves.length, units });
        if (this.task.writes || requests === 0) continue;
        const work = { origin: sandbox.origin, waves };
        // Once before, where it shows, so that the bare process is warm.
        if (this.latency === 0) await bare.time(work);
        phase.bare.push(await bare.time(work));
      }
    } finally {
      recorder.close();
      await server.close();
    }
  }

  figures(): CallFigures {
    const { contender, task, latency } = this;
    return {
      ...{ contender: contender.name, task: task.name, tool: task.tool, latency },
      first: figuresOf(this.#first),
      warm: figuresOf(this.#warm),
      tokens: tokensOf(this.#result),
      bytes: Buffer.byteLength(this.#result),
    };
  }

  async #call({
    server,
    mailbox,
    recorder,
    turn,
    last,
  }: Turn): Promise<{ text: string; time: number; traffic: Traffic }> {
    const { before, args, tool } = this.task;
    if (before) await succeed(server, before.tool, before.args(mailbox));
    const given = await args(mailbox, turn, last);
    let [text, time] = ['', 0];
    const traffic = await recorder.during(async () => {
      time = await timed(async () => {
        text = await succeed(server, tool, given);
      });
    });
    return { text, time, traffic };
  }
}

interface Turn {
  server: ServerUnderTest;
  mailbox: BenchMailbox;
  recorder: Recorder;
  turn: number;
  last: string | undefined;
}

/** What a call answers. Throws where that is an error: what was not done costs nothing. */
export async function succeed(server: ServerUnderTest, tool: string, args: Record<string, unknown>): Promise<string> {
  const { isError, text } = await server.call(tool, args);
  if (isError) throw new Error(`${tool} failed. ${text}`);
  return text;
}

const figuresOf = ({ times, bare, requests, waves, units }: Phase): PhaseFigures => ({
  time: spreadOf(times),
  ...(bare.length > 0 ? { bare: spreadOf(bare) } : {}),
  ...{ requests, waves, units },
});
