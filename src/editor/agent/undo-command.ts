import { execFile } from 'node:child_process';
import { window } from 'vscode';
import * as z from 'zod';
import { wireProblemSchema } from '../../broker/protocol.ts';
import type { ChangeJournal, MadeChange } from '../../shared/changes/change-journal.ts';
import type { Logger } from '../../shared/log.ts';
import { Problem } from '../../shared/problems.ts';
import { withProgress } from '../tell.ts';

/** Fewer changed messages are no news: the agent tells of them by itself. */
const MOST_UNTOLD = 10;

const UNDO = 'Undo';

/** How long taking back may last, in milliseconds: thousands of messages take a few requests. */
const TIMEOUT_MS = 5 * 60_000;

const TOO_LONG = 'It took longer than five minutes and was stopped, so a part may have been taken back.';
const UNSAID = 'The server did not say what became of it.';

/** What the server prints in the end. */
const outcomeSchema = z.union([z.object({ text: z.string() }), z.object({ problem: wireProblemSchema })]);

export interface UndoOptions {
  journal: ChangeJournal;
  /** Path of the bundled server: it knows Gmail, and the extension does not. */
  serverPath: string;
  brokerFolder: string;
  log: Logger;
}

/** `Gmail: Undo the Agent's Last Change`, and the notification that offers it. */
export class UndoCommand {
  readonly #options: UndoOptions;

  constructor(options: UndoOptions) {
    this.#options = options;
  }

  /** Tells of a larger change, quietly, with a way to take it back. */
  offer(account: string, { what, client, changed = 0, id }: MadeChange, onError: (error: unknown) => void): void {
    if (changed <= MOST_UNTOLD) return;
    const message = `${account}: ${client} has changed ${changed.toLocaleString('en')} messages (${what}).`;
    window.showInformationMessage(message, UNDO).then((pressed) => {
      if (pressed === UNDO) this.run(account, id).catch(onError);
    }, onError);
  }

  /**
   * Takes back the newest change that was not taken back, of whatever client.
   *
   * @param account the account and the change that were offered; the newest of all where absent
   * @throws Problem `nothing_to_undo`, or whatever keeps it from being taken back
   */
  async run(account?: string, change?: string): Promise<void> {
    const newest = this.#options.journal.newestOpen();
    const found =
      account === undefined ? newest && { account: newest.account, id: newest.made.id } : { account, id: change };
    if (!found) throw Problem.of('nothing_to_undo', { others: '' });
    const text = await withProgress('Taking the change back…', () => this.#ask(found.account, found.id));
    window.showInformationMessage(`${found.account}: ${text}`).then(undefined, () => undefined);
  }

  /** Starts the bundled server for this alone. It gets its access token from this window, as always. */
  #ask(account: string, change: string | undefined): Promise<string> {
    const { serverPath, brokerFolder, log } = this.#options;
    const args = [serverPath, 'undo', account, ...(change === undefined ? [] : [change])];
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', HEADLESS_GMAIL_BROKER: brokerFolder };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, { env, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
        const outcome = outcomeSchema.safeParse(jsonOf(stdout));
        if (!outcome.success) {
          log.warn(`The server that should take a change back ended without an answer. ${stderr.trim()}`);
          reject(Problem.of('internal', { reason: error?.killed ? TOO_LONG : UNSAID }));
        } else if ('problem' in outcome.data) reject(Problem.fromWire(outcome.data.problem));
        else resolve(outcome.data.text);
      });
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
