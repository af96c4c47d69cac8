import { type ServerEnvironment, takeEnvironment } from '../credentials/environment.ts';
import type { ThreadCode } from '../mailbox/reading/reading-thread.ts';
import type { CompiledCode } from '../shared/compiled/compiled-code.ts';
import { endProcess } from './end-process.ts';

/** Calls that still run when the client leaves get this long to finish, in milliseconds; the process ends within 1 s. */
const GRACE_MS = 600;

/** When what was compiled is kept: the client has listed the tools by then, in milliseconds. */
const KEEP_AFTER_MS = 1_000;

function readEnvironment(): ServerEnvironment {
  try {
    return takeEnvironment(process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The environment cannot be read.'}\n`);
    process.exit(1);
  }
}

/**
 * Serves MCP over stdio until the client goes away, or does the one task that the arguments name, then ends the process.
 *
 * @param thread what the thread runs that reads mail
 * @param code what this was loaded from, and loads more
 */
export async function runServer(thread: ThreadCode, code: CompiledCode): Promise<void> {
  const env = readEnvironment();
  const { stdin: input, stdout: output, stderr: errors } = process;
  let isKept = false;
  const keep = () => {
    if (!isKept) code.keep('grown');
    isKept = true;
  };
  const reading = { ...thread, keep };
  // Whoever started this is gone: there is nobody left to answer.
  output.on('error', endProcess);
  // It may close either and go on.
  for (const stream of [input, errors]) stream.on('error', () => undefined);
  const [task, account, id] = process.argv.slice(2);
  if (task === 'undo') {
    const { undoOnce } = await import('./undo-once.ts');
    await undoOnce(env, { account, id }, { output, errors }, reading);
    endProcess();
    return;
  }
  const { startServer } = await import('./create-server.ts');
  const server = await startServer(env, { input, output, errors }, reading);
  // A process that is killed would keep nothing of what it has compiled.
  setTimeout(() => isKept || code.keep('new'), KEEP_AFTER_MS).unref();
  let leaving = false;
  const leave = (graceMs: number) => {
    if (leaving) return;
    leaving = true;
    server.leave();
    setTimeout(endProcess, graceMs);
    // A turn of the event loop lets the requests that came with the end of the input reach their handlers.
    setImmediate(async () => {
      await server.idle();
      keep();
      setImmediate(() => output.write('', endProcess));
    });
  };
  input.once('end', () => leave(GRACE_MS));
  input.once('close', () => leave(GRACE_MS));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => leave(GRACE_MS));
}
