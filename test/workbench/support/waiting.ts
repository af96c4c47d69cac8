import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait for something that a person would see within a moment. */
export const MOMENT = 30_000;

/** How long to wait for something that has to start first: a window, an extension host, the chat. */
export const START = 120_000;

export interface Patience {
  /** Milliseconds before giving up. */
  timeout?: number;
  /** Milliseconds between two looks. */
  every?: number;
}

/**
 * Looks until the look answers something true-like, and answers that.
 *
 * @throws Error that names what was waited for, with the last failure of the look as its cause
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { timeout = MOMENT, every = 40 }: Patience = {},
): Promise<NonNullable<Exclude<T, false | 0 | ''>>> {
  const end = Date.now() + timeout;
  let failure: unknown;
  for (;;) {
    try {
      // A look that hangs must not outlast the wait.
      const seen = await within(`one look for ${what}`, Promise.resolve(look()), Math.max(1, end - Date.now()));
      failure = undefined;
      if (seen) return seen as NonNullable<Exclude<T, false | 0 | ''>>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= end) throw new Error(`Waited ${timeout} ms in vain for ${what}.`, { cause: failure });
    await sleep(every);
  }
}

/**
 * The promise's value, if it comes in time.
 *
 * @throws Error that names what was waited for
 */
export async function within<T>(what: string, promise: Promise<T>, timeout = MOMENT): Promise<T> {
  const timer = new AbortController();
  const late = sleep(timeout, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`Waited ${timeout} ms in vain for ${what}.`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}
