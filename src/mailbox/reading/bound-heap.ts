import { setFlagsFromString } from 'node:v8';

let isBound = false;

/**
 * Bounds the heap of the main thread and of those that it starts from then on. On a computer with much memory V8 lets
 * new objects take up to 128 MB before it looks which of them are still used, and the heap doubles before it is cleaned.
 * What is read here is used once; so the room for new objects stays about as small as it is after the start, and the
 * heap grows by a fifth.
 *
 * To be called when a first call is over, and not before: where its flags have changed, V8 no longer takes what Node.js
 * has compiled of itself beforehand, and the first call loads much of it.
 */
export function boundHeap(): void {
  if (isBound) return;
  isBound = true;
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
  // Mail is small, and its reader short-lived.
  setFlagsFromString('--optimize-for-size');
}
