import './node-version.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { useCompileCache } from './compile-cache.ts';

/** Put in by esbuild.mjs. */
declare const HEADLESS_GMAIL_VERSION: string;

/** What the thread runs that reads mail: a bundle of its own, since each thread keeps all that it loads. */
const READING = path.join(__dirname, 'server-reading.js');

/** Ends the process where a file is not there that was built with this one. */
function endWithout(file: string): never {
  process.stderr.write(
    `${file} is missing: the server needs it. Put server.js and all files server-*.js of one build side by side.\n`,
  );
  process.exit(1);
}

/** What Node.js says of a file that is not there. */
const MISSING = /^Cannot find module '(?:[^']*[\\/])?(server-[\w-]+\.js)'/;

async function main(): Promise<void> {
  if (!existsSync(READING)) endWithout(path.basename(READING));
  useCompileCache(process.env, HEADLESS_GMAIL_VERSION);
  try {
    const { runServer } = await import('./process.ts');
    await runServer(READING);
  } catch (error) {
    const [, file] = MISSING.exec(error instanceof Error ? error.message : '') ?? [];
    if (file === undefined) throw error;
    endWithout(file);
  }
}

void main();
