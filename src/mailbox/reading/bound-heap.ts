import { cachedDataVersionTag, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let isBegun = false;
let isBound = false;
let collector: { collect: CollectGarbage | undefined } | undefined;

/**
 * How much a thread may take for new objects, in megabytes: of it V8 makes three equal rooms, which it calls semi-spaces.
 * It looks less often through larger ones, but fills memory that is new for longer: where a system makes that slowly, a
 * first read takes a fourteenth more with 24.
 */
export const YOUNG_MB = 6;

/**
 * Gives the threads that are started from then on all of their room for new objects at once. By itself V8 begins with
 * 1 MB, and moves what a thread loads to ever larger rooms, then to the old objects, until it looks through all of them:
 * that takes a tenth of the time in which a thread starts and reads its first mail. The heap of the main thread keeps its
 * size.
 */
export function beginRoomy(): void {
  const tag = cachedDataVersionTag();
  setFlagsFromString(`--min-semi-space-size=${YOUNG_MB / 3}`);
  // That of Node.js 22 takes nothing that was compiled without this flag.
  if (cachedDataVersionTag() !== tag) setFlagsFromString('--min-semi-space-size=0');
}

/** How long after the first call the heap is bounded, in milliseconds: its answer has left, and what it compiled is kept. */
const BOUND_AFTER_MS = 200;

/** Whether V8 works with other flags than it began with. */
export const isHeapBound = (): boolean => isBound;

/**
 * Bounds the heap of the main thread and of those that it starts from then on. On a computer with much memory V8 lets
 * new objects take up to 128 MB before it looks which of them are still used, and the heap doubles before it is cleaned.
 * What is read here is used once; so the room for new objects stays about as small as it is after the start, and the
 * heap grows by a fifth.
 *
 * To be called when a first call is over, and not before: where its flags have changed, V8 no longer takes what Node.js
 * has compiled of itself beforehand, and the first call loads much of it.
 *
 * @param before called right before the flags are changed
 */
export function boundHeap(before?: () => void): void {
  if (isBegun) return;
  isBegun = true;
  setTimeout(() => {
    before?.();
    isBound = true;
    setFlagsFromString('--semi-space-growth-factor=1');
    setFlagsFromString('--heap-growing-percent=20');
    // Mail is small, and its reader short-lived.
    setFlagsFromString('--optimize-for-size');
  }, BOUND_AFTER_MS).unref();
}

/** V8's own function that collects garbage, which it has for tests (https://v8.dev/blog/trash-talk calls a minor one a scavenge). */
type CollectGarbage = (options: { type: 'minor' }) => void;

/**
 * That function; undefined where the platform has none. Only a context that is made under its flag has it, and the flag
 * is as before then: V8 takes what was compiled with the same flags alone.
 */
function findCollector(): CollectGarbage | undefined {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  return typeof collect === 'function' ? (collect as CollectGarbage) : undefined;
}

/**
 * Has V8 look now which of the new objects of this thread are still used, while nobody waits, and not amid what is done
 * next: that takes 3 ms.
 */
export function clearYoung(): void {
  collector ??= { collect: findCollector() };
  collector.collect?.({ type: 'minor' });
}
