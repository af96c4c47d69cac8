import { commands, window } from 'vscode';
import type { Logger } from '../shared/log.ts';
import { asProblem, Problem, type ProblemCode, sentence } from '../shared/problems.ts';
import type { Redactor } from '../shared/redact.ts';
import { COMMANDS } from './command-ids.ts';

/** Problems that a new sign-in ends; their notification leads there. */
const ENDED_BY_SIGN_IN: ReadonlySet<ProblemCode> = new Set([
  ...(['grant_dead', 'reauthentication_required', 'client_unknown', 'client_mismatch'] as const),
  ...(['scope_missing', 'signed_out', 'token_request_refused'] as const),
]);

/** Problems that keep a mailbox from working until somebody acts, so they are worth a notification by themselves. */
const NEEDS_SOMEBODY: ReadonlySet<ProblemCode> = new Set([
  ...ENDED_BY_SIGN_IN,
  ...(['policy_enforced', 'api_disabled', 'certificate_refused', 'clock_wrong', 'storage_failed'] as const),
]);

/** Tells the person about problems, each with the one button that leads on. */
export class Reporter {
  readonly #log: Logger;
  readonly #redactor: Redactor;
  /** Problems shown for a mailbox since its last success, so that an agent's retries do not pile up notifications. */
  readonly #shown = new Map<string, ProblemCode>();
  readonly #unreadable = new Set<string>();

  constructor(log: Logger, redactor: Redactor) {
    this.#log = log;
    this.#redactor = redactor;
  }

  /** The sentences for a person, without secrets. */
  words(error: unknown): string {
    return this.#redactor.redact(sentence(asProblem(error).explain('person')));
  }

  /** Shows an error with its button. Answers the button that was pressed, if it was none of the usual. */
  async show(error: unknown, about?: string, ...further: string[]): Promise<string | undefined> {
    const problem = asProblem(error);
    this.#note(problem, error);
    const next = ENDED_BY_SIGN_IN.has(problem.code) ? 'Add Account…' : 'Show Log';
    const text = about ? `${about}: ${this.words(problem)}` : this.words(problem);
    const pressed = await window.showErrorMessage(text, ...(further.length > 0 ? further : [next]));
    if (pressed === 'Add Account…') await commands.executeCommand(COMMANDS.addAccount);
    if (pressed === 'Show Log') await commands.executeCommand(COMMANDS.showLog);
    return pressed;
  }

  /** Shows a problem that came up while an agent worked: once for a mailbox, and only where somebody must act. */
  background(email: string, error: unknown): void {
    const problem = asProblem(error);
    this.#note(problem, error);
    if (!NEEDS_SOMEBODY.has(problem.code) || this.#shown.get(email) === problem.code) return;
    this.#shown.set(email, problem.code);
    this.show(problem, email || undefined).then(undefined, () => undefined);
  }

  /** The mailbox works (again): its next problem is news. */
  recovered(email: string): void {
    this.#shown.delete(email);
    // Somebody is signed in, so that nobody is would be news again.
    this.#shown.delete('');
  }

  /** Tells once of each mailbox whose stored sign-in can no longer be read. */
  unreadable(emails: readonly string[]): void {
    for (const email of emails) {
      if (this.#unreadable.has(email)) continue;
      this.#unreadable.add(email);
      this.show(Problem.of('signed_out', { unreadable: email })).then(undefined, () => undefined);
    }
  }

  #note(problem: Problem, error: unknown): void {
    this.#log.warn(`${problem.code}${problem.details ? `: ${problem.details}` : ''}`);
    if (problem.code === 'internal' && error instanceof Error) this.#log.error(error.stack ?? error.message);
  }
}
