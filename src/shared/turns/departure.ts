import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** How long a request takes to leave, in milliseconds: a connection to a close host is there by then. */
const LEAVES_WITHIN_MS = 2;

/**
 * Resolves when a request that has just been begun is on its way. Whatever keeps the thread busy, as loading does, waits
 * for it, or the request would wait for that: a connection takes some turns of the event loop.
 */
export async function departure(): Promise<void> {
  // What begins the request works in promises, all of which come before this. The time runs from then on.
  await turn();
  await pause(LEAVES_WITHIN_MS);
}

let made = 0;
let answered = 0;
let next = Promise.withResolvers<void>();

/** How many requests this process has made to Gmail, or for an access token. */
export const requestsMade = (): number => made;

/** Whether one of them has not come to its end. */
export const isUnderWay = (): boolean => answered < made;

/** To be called where such a request is made, and what it returns where that has come to its end. */
export function tellOfRequest(): () => void {
  made += 1;
  next.resolve();
  next = Promise.withResolvers<void>();
  return () => {
    answered += 1;
  };
}

/** Resolves when so many requests have been made, and the last of them is on its way. */
export async function untilMade(count: number): Promise<void> {
  while (made < count) await next.promise;
  await departure();
}
