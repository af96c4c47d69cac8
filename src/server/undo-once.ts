import type { Writable } from 'node:stream';
import { MailMemory } from '../mailbox/mail-memory.ts';
import { Organiser } from '../mailbox/organiser.ts';
import { ReadingThread } from '../mailbox/reading/reading-thread.ts';
import { undoChanges } from '../organise/undo/undo.ts';
import { undoneText } from '../organise/undo/undone-text.ts';
import { createLogger } from '../shared/log.ts';
import { asProblem } from '../shared/problems.ts';
import { Redactor } from '../shared/redact.ts';
import { editorCredentials } from './credentials/from-editor.ts';
import type { ServerEnvironment } from './environment.ts';

/** The longest that Node.js takes, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * What the window starts the server for when the person takes a change back: `server.js undo <account> [<change>]`. It
 * prints one line of JSON, either what became of it or the problem.
 */
export async function undoOnce(
  env: ServerEnvironment,
  { account, id }: { account: string | undefined; id: string | undefined },
  streams: { output: Writable; errors: Writable },
  script: string,
): Promise<void> {
  const redactor = new Redactor();
  const log = createLogger((level, line) => streams.errors.write(`[${level}] ${line}\n`), redactor, env.logLevel);
  const credentials = editorCredentials(env.brokerFolder ?? '', { env, log, redactor, onKnownAccess: () => undefined });
  const { signal } = new AbortController();
  // The pipe to the window keeps no process alive, since a server waits for its client alone.
  const alive = setInterval(() => undefined, LONGEST_TIMER_MS);
  let outcome: object;
  try {
    const held = await credentials.forCall({
      args: {},
      access: 'organise',
      account,
      ask: undefined,
      client: '',
      signal,
    });
    const mail = { memory: new MailMemory(), reader: new ReadingThread(script) };
    const organiser = new Organiser({ gmail: held.gmail(), ...held.about(), ...mail, signal });
    const undone = await undoChanges({ whose: 'any', id }, organiser, held.changes);
    outcome = { text: undoneText(undone) };
  } catch (error) {
    outcome = { problem: asProblem(error).toWire() };
  }
  clearInterval(alive);
  await new Promise<void>((resolve) => streams.output.write(`${JSON.stringify(outcome)}\n`, () => resolve()));
}
