import { commands, env, Uri, window } from 'vscode';
import type { Logger } from '../shared/log.ts';
import { asProblem, Problem, type ProblemCode, sentence } from '../shared/problems.ts';
import type { Redactor } from '../shared/redact.ts';
import { COMMANDS } from './command-ids.ts';
import { PAGES } from './sign-in/pages.ts';

/** The setting that a problem comes from. */
const SETTING_OF: Partial<Record<ProblemCode, string>> = {
  hidden_query_wrong: 'headlessGmail.hiddenQuery',
  hidden_label_unknown: 'headlessGmail.hiddenQuery',
  maximum_access_wrong: 'headlessGmail.maximumAccess',
  client_setting_wrong: 'headlessGmail.clientFile',
};

/** The buttons that lead on from a problem, each with what it does for the mailbox that the problem is about. */
const WAYS_ON = {
  'Sign In…': () => commands.executeCommand(COMMANDS.signIn),
  'Try the Sandbox Mailbox': () => commands.executeCommand(COMMANDS.trySandbox),
  'Reload Window': () => commands.executeCommand('workbench.action.reloadWindow'),
  'Sign In Again': (email) => commands.executeCommand(COMMANDS.signIn, { email }),
  'Fix the Client': (email) => commands.executeCommand(COMMANDS.signIn, { email, replaceClient: true }),
  'Publish the App': () => env.openExternal(Uri.parse(PAGES.audience)),
  'Enable the Gmail API': () => env.openExternal(Uri.parse(PAGES.gmailApi)),
  'Copy a Note for the Administrator': (email) => commands.executeCommand(COMMANDS.copyNoteForAdministrator, { email }),
  'Try Again': (email) => commands.executeCommand(COMMANDS.refreshToken, { email }),
  'Open the Setting': (_email, code) => commands.executeCommand('workbench.action.openSettings', SETTING_OF[code]),
  'Show Log': () => commands.executeCommand(COMMANDS.showLog),
} as const satisfies Record<string, (email: string | undefined, code: ProblemCode) => Thenable<unknown>>;
type WayOn = keyof typeof WAYS_ON;

/** The one button of each problem; the log for the rest. Whoever has no account may look around without one. */
const WAY_ON: Partial<Record<ProblemCode, WayOn | readonly WayOn[]>> = {
  signed_out: ['Sign In…', 'Try the Sandbox Mailbox'],
  signed_in_elsewhere: 'Reload Window',
  grant_dead: 'Sign In Again',
  reauthentication_required: 'Sign In Again',
  scope_missing: 'Sign In Again',
  metadata_scope: 'Sign In Again',
  token_request_refused: 'Sign In Again',
  client_unknown: 'Fix the Client',
  client_mismatch: 'Fix the Client',
  grant_expired: 'Publish the App',
  api_disabled: 'Enable the Gmail API',
  policy_enforced: 'Copy a Note for the Administrator',
  domain_policy: 'Copy a Note for the Administrator',
  offline: 'Try Again',
  timed_out: 'Try Again',
  answer_broken: 'Try Again',
  rate_limited: 'Try Again',
  google_failed: 'Try Again',
  clock_wrong: 'Try Again',
  hidden_query_wrong: 'Open the Setting',
  hidden_label_unknown: 'Open the Setting',
  maximum_access_wrong: 'Open the Setting',
  client_setting_wrong: 'Open the Setting',
};

/** What the person has brought about, and knows: told, since something may be left to do, but no error. */
const OWN_DOING: ReadonlySet<ProblemCode> = new Set(['sign_in_denied']);

/** Problems that pass by themselves, so that they are told only to somebody who waits for an answer. */
const PASSING: ReadonlySet<ProblemCode> = new Set([
  'offline',
  'timed_out',
  'answer_broken',
  'rate_limited',
  'google_failed',
]);

/** Problems that keep a mailbox from working until somebody acts, so they are worth a notification by themselves. */
const needsSomebody = (code: ProblemCode) =>
  (code in WAY_ON && !PASSING.has(code)) ||
  ['certificate_refused', 'storage_failed', 'activity_unwritable'].includes(code);

export interface Showing {
  /** The mailbox that the problem is about. */
  email?: string | undefined;
  /** What was being done, before the sentences. */
  prefix?: string;
  /** A button in place of the usual one; pressing it is the caller's business. */
  button?: string;
}

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

  /**
   * Shows an error with its button; nothing where the person has cancelled by themselves. Answers whether the caller's
   * own button was pressed.
   */
  async show(error: unknown, { email, prefix, button }: Showing = {}): Promise<boolean> {
    const problem = asProblem(error);
    this.#note(problem, error);
    if (problem.code === 'cancelled') return false;
    const waysOn: readonly WayOn[] = [WAY_ON[problem.code] ?? 'Show Log'].flat();
    const text = [prefix ?? email, this.words(problem)].filter(Boolean).join(': ');
    const buttons = button === undefined ? waysOn : [button];
    const pressed = await (OWN_DOING.has(problem.code)
      ? window.showInformationMessage(text, ...buttons)
      : window.showErrorMessage(text, ...buttons));
    const wayOn = button === undefined ? waysOn.find((way) => way === pressed) : undefined;
    if (wayOn) await WAYS_ON[wayOn](email, problem.code);
    return pressed !== undefined && pressed === button;
  }

  /** Shows an error without making anybody wait for it to be read. */
  tell(error: unknown, showing?: Showing): void {
    this.show(error, showing).then(undefined, () => undefined);
  }

  /** Shows a problem that came up while an agent worked: once for a mailbox, and only where somebody must act. */
  background(email: string, error: unknown): void {
    const problem = asProblem(error);
    if (!needsSomebody(problem.code) || this.#shown.get(email) === problem.code) {
      this.#note(problem, error);
      return;
    }
    this.#shown.set(email, problem.code);
    this.tell(problem, { email: email || undefined });
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
      this.tell(Problem.of('signed_out', { unreadable: email }));
    }
  }

  #note(problem: Problem, error: unknown): void {
    this.#log.warn(`${problem.code}${problem.details ? `: ${problem.details}` : ''}`);
    if (problem.code === 'internal' && error instanceof Error) this.#log.error(error.stack ?? error.message);
  }
}
