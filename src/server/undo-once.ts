import type { Writable } from 'node:stream';
import type { CallCredentials, Credentials } from '../credentials/credentials.ts';
import type { ServerEnvironment } from '../credentials/environment.ts';
import { editorCredentials } from '../credentials/from-editor.ts';
import { MailMemory } from '../mailbox/mail-memory.ts';
import { Organiser } from '../mailbox/organiser.ts';
import { ReadingThread, type ThreadCode } from '../mailbox/reading/reading-thread.ts';
import { type Undone, undoChanges } from '../organise/undo/undo.ts';
import { undoneText } from '../organise/undo/undone-text.ts';
import { createLogger } from '../shared/log.ts';
import { asProblem } from '../shared/problems.ts';
import { Redactor } from '../shared/redact.ts';
import { redactAll } from './safe-stderr.ts';

/** Who takes the change back: the person, by this command. */
const COMMAND = 'Gmail: Undo the Agent’s Last Change';

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
  thread: ThreadCode,
): Promise<void> {
  const redactor = new Redactor();
  redactAll(streams.errors, redactor);
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
      shownClient: COMMAND,
      signal,
    });
    const mail = { memory: new MailMemory(), reader: new ReadingThread(thread) };
    const organiser = new Organiser({ gmail: held.gmail(), ...held.about(), ...mail, signal });
    const undone = await undoChanges({ whose: 'any', id }, organiser, held.changes);
    await noteUndo(undone, credentials, held);
    outcome = { text: undoneText(undone) };
  } catch (error) {
    outcome = { problem: asProblem(error).toWire() };
  }
  clearInterval(alive);
  await new Promise<void>((resolve) => streams.output.write(`${JSON.stringify(outcome)}\n`, () => resolve()));
}

/** The person sees what became of it, so that nothing fails for a line that cannot be written. */
async function noteUndo(undone: readonly Undone[], credentials: Credentials, held: CallCredentials): Promise<void> {
  const isWhole = undone.every(({ problem }) => problem === undefined);
  const report = {
    tool: 'gmail_undo' as const,
    account: held.about().owner,
    client: COMMAND,
    deed: 'undone',
    count: undone.reduce((sum, { back }) => sum + back, 0),
    outcome: isWhole ? ('done' as const) : ('partly' as const),
    approval: 'person' as const,
  };
  await credentials.note(report).catch(() => undefined);
}
