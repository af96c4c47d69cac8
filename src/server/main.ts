import './node-version.ts';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { CompiledCode } from '../shared/compiled/compiled-code.ts';
import { compiledFolder } from '../shared/compiled/folder.ts';
import type * as ofProcess from './process.ts';

/** Put in by esbuild.mjs: the build, and the files that were built with this one. */
declare const HEADLESS_GMAIL_BUILD: string;
declare const HEADLESS_GMAIL_FILES: readonly string[];

/** What the thread runs that reads mail. */
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
  const compiled = compiledFolder(process.env, HEADLESS_GMAIL_BUILD);
  const code = new CompiledCode(__dirname, compiled && path.join(compiled, 'process'));
  const { runServer } = code.load<typeof ofProcess>('server-process.js');
  await runServer({ file: READING, compiled }, code);
}

void main();
