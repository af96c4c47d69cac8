import { cachedDataVersionTag, getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

let isBegun = false;
let isBound = false;

/** How much a thread may take for new objects, in megabytes: of it V8 makes three equal rooms, which it calls semi-spaces. */
export const YOUNG_MB = 24;

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

/** How many elements are made at once to fill a room: many more would be no new objects to V8. */
const FILLING = 1_000;
const POINTER_BYTES = 8;

/**
 * Fills the room for new objects of this thread, so that V8 looks now which of them are still used, while nobody waits,
 * and not amid what is done next: that takes 3 ms.
 */
export function clearYoung(): void {
  const room = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_available_size ?? 0;
  // The last is held, or V8 might make none.
  const held: unknown[] = [];
  for (let filled = 0; filled <= room; filled += FILLING * POINTER_BYTES) held[0] = new Array(FILLING).fill(0);
}
