/** A fault that the sandbox commits on purpose. Set only by calling into the process that started the sandbox. */
export interface Fault {
  /** Which requests it hits, by `METHOD /path`. It also hits single calls of a batch, each by its own. */
  match: RegExp;
  /** How many of those pass unharmed before the first is hit; none where absent. What an earlier fault hits does not count. */
  passing?: number;
  /** How many requests; every one where absent. */
  times?: number;
  /** Milliseconds to wait before anything is done. */
  delayMs?: number;
  /** Answer this instead of the real answer. */
  answer?: { status: number; body?: object; headers?: Record<string, string> };
  /** Cut the connection instead of answering; within a batch, that of the whole batch. */
  cut?: boolean;
  /** Whether the request takes effect before the fault shows. */
  afterTheWork?: boolean;
  /** Done as the request comes in, for example the end of every access token. */
  meanwhile?: () => void;
}

/** The faults that wait for their requests. */
export class Faults {
  /** How much longer each HTTP request takes, in milliseconds; a batch is one. */
  latencyMs = 0;
  #pending: { fault: Fault; passing: number; left: number }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, passing: fault.passing ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The first fault that hits the request; it counts as used. */
  take(request: string): Fault | undefined {
    for (const pending of this.#pending) {
      if (pending.left === 0 || !pending.fault.match.test(request)) continue;
      if (pending.passing === 0) {
        pending.left -= 1;
        return pending.fault;
      }
      pending.passing -= 1;
    }
    return undefined;
  }
}
