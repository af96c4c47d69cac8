import { setFlagsFromString } from 'node:v8';

/** How long V8's threads get to end what they compile, in milliseconds. */
const COMPILED_MS = 100;

/**
 * Ends the process, soon. Where V8 compiles what is called often, it does so in threads beside the main one; one
 * that has no room waits for the main thread to make some, and the main thread, when it ends, for that thread: then the
 * process stays for ever (https://github.com/nodejs/node/issues/54918). So nothing more is compiled from here on, and what is
 * under way gets the time to end while the main thread still listens.
 */
export function endProcess(): void {
  setFlagsFromString('--no-sparkplug');
  setFlagsFromString('--no-maglev');
  setFlagsFromString('--no-turbofan');
  setTimeout(() => process.exit(0), COMPILED_MS);
}
