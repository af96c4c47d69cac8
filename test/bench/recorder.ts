import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sandbox } from '../../src/sandbox/start.ts';
import { unitsOf } from './units.ts';

/** A request as it can be made again. */
export interface RecordedRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  /** As base64, so that it can go to another process. */
  body: string;
}

interface Seen extends Omit<RecordedRequest, 'body'> {
  chunks: Buffer[];
  /** On the clock of `performance`; infinite while it is not answered. */
  begun: number;
  ended: number;
}

/** What went to the sandbox while something was done. */
export interface Traffic {
  /** HTTP requests, a batch as one. */
  requests: number;
  /** Of Gmail's quota. */
  units: number;
  /** The requests: those of one wave were under way together, and each wave began when the one before had ended. */
  waves: RecordedRequest[][];
}

interface Start {
  request: IncomingMessage;
}

interface Finish extends Start {
  response: ServerResponse;
}

/** The headers without which a request is another one. */
const KEPT_HEADERS = ['authorization', 'content-type'];

/** Looks at the requests that reach a sandbox of this process, from outside of it: a proxy would take time. */
export class Recorder {
  readonly #sandbox: Sandbox;
  readonly #port: number;
  #seen = new Map<IncomingMessage, Seen>();
  #calls = 0;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#port = Number(new URL(sandbox.origin).port);
    subscribe('http.server.request.start', this.#start);
    subscribe('http.server.response.finish', this.#finish);
  }

  /** Does the work, and answers what it sent. */
  async during(work: () => Promise<unknown>): Promise<Traffic> {
    this.#seen = new Map();
    this.#calls = this.#sandbox.calls.length;
    await work();
    const seen = [...this.#seen.values()];
    const units = unitsOf(this.#sandbox.calls.slice(this.#calls));
    return { requests: seen.length, units, waves: wavesOf(seen) };
  }

  close(): void {
    unsubscribe('http.server.request.start', this.#start);
    unsubscribe('http.server.response.finish', this.#finish);
  }

  readonly #start = (message: unknown): void => {
    const { request } = message as Start;
    if (request.socket.localPort !== this.#port) return;
    const kept = Object.entries(request.headers).filter(([name]) => KEPT_HEADERS.includes(name));
    const chunks: Buffer[] = [];
    this.#seen.set(request, {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      chunks,
      begun: performance.now(),
      ended: Number.POSITIVE_INFINITY,
    });
    // A listener would make the body flow before the sandbox reads it.
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null) => {
      if (chunk) chunks.push(chunk);
      return push(chunk);
    };
  };

  readonly #finish = (message: unknown): void => {
    const seen = this.#seen.get((message as Finish).request);
    if (seen) seen.ended = performance.now();
  };
}

/** A request that began before all of the wave had ended belongs to it. */
function wavesOf(seen: readonly Seen[]): RecordedRequest[][] {
  const waves: Seen[][] = [];
  for (const one of seen) {
    const wave = waves.at(-1);
    if (wave?.some(({ ended }) => ended > one.begun)) wave.push(one);
    else waves.push([one]);
  }
  return waves.map((wave) =>
    wave.map(({ method, path, headers, chunks }) => {
      const body = Buffer.concat(chunks).toString('base64');
      return { method, path, headers, body };
    }),
  );
}
