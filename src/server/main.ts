import './node-version.ts';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { useCompileCache } from './compile-cache.ts';

/** Put in by esbuild.mjs: the version, and the files that were built with this one. */
declare const HEADLESS_GMAIL_VERSION: string;
declare const HEADLESS_GMAIL_FILES: readonly string[];

/** What the thread runs that reads mail: a bundle of its own, since each thread keeps all that it loads. */
const READING = path.join(__dirname, 'server-reading.js');

/** Ends the process where a file is missing, before a call finds that out. */
function checkFiles(): void {
  const there = new Set(readdirSync(__dirname));
  const missing = HEADLESS_GMAIL_FILES.find((file) => !there.has(file));
  if (missing === undefined) return;
  process.stderr.write(
    `${missing} is missing: the server needs it. Put server.js and all files server-*.js of one build side by side.\n`,
  );
  process.exit(1);
}

async function main(): Promise<void> {
  checkFiles();
  useCompileCache(process.env, HEADLESS_GMAIL_VERSION);
  const { runServer } = await import('./process.ts');
  await runServer(READING);
}

void main();
