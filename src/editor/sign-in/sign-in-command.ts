import { commands, ProgressLocation, window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import type { SignedIn } from '../../accounts/add-account.ts';
import type { ImportedClient } from '../../accounts/client-file.ts';
import { type Browser, signIn } from '../../accounts/sign-in.ts';
import { holdsFilters, lowerLevel } from '../../shared/access.ts';
import { asProblem, type ProblemCode } from '../../shared/problems.ts';
import type { Redactor } from '../../shared/redact.ts';
import type { CommandTarget } from '../command-ids.ts';
import { choosableLevel } from '../settings.ts';
import { bringClient, type ClientSources } from './client-choice.ts';
import { type ChosenAccess, describeAccess, describeLevel, hasFilters } from './level-prompt.ts';
import { askForSignIn, type NewSignIn } from './questions.ts';
import { BACK } from './steps.ts';

export interface SignInOptions extends ClientSources {
  redactor: Redactor;
  browser: Browser;
}

/** What a sign-in begins with. */
interface Beginning extends NewSignIn {
  again?: Account;
}

/** A client that Google does not take is asked for anew; everything else is tried again as it was. */
const CLIENT_IS_WRONG: ReadonlySet<ProblemCode> = new Set(['client_unknown', 'client_mismatch']);

/** `Gmail: Sign In…`: one sign-in at a time; a new one ends the one before. */
export class SignInCommand {
  readonly #options: SignInOptions;
  #current: AbortController | undefined;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** @param target an account to sign in again; otherwise the person chooses */
  async run({ email, replaceClient = false }: CommandTarget = {}): Promise<void> {
    this.#current?.abort();
    const asked = email === undefined ? await askForSignIn(this.#options) : await this.#named(email, replaceClient);
    if (asked) await this.#tryUntilDone('again' in asked ? againWith(asked.again, asked.client) : asked);
  }

  /** An account that is to be signed in again, by a button of ours. */
  async #named(email: string, replaceClient: boolean) {
    const again = await this.#options.store.find(email);
    if (!again) return askForSignIn(this.#options);
    if (!replaceClient) return { again, client: clientOf(again) };
    const client = await bringClient(this.#options);
    return client && client !== BACK && { again, client };
  }

  /** Asks Google for what more access needs. Answers whether the account has it now. */
  async widen(account: Account, access: ChosenAccess): Promise<boolean> {
    return this.#tryUntilDone({ client: clientOf(account), ...access, again: account });
  }

  async #tryUntilDone(beginning: Beginning): Promise<boolean> {
    const { reporter } = this.#options;
    for (let { client } = beginning; ; ) {
      try {
        const done = await this.#go({ ...beginning, client });
        reporter.recovered(done.account.email);
        announceSignIn(done);
        return true;
      } catch (error) {
        const { code } = asProblem(error);
        if (code === 'cancelled') return false;
        const isClient = CLIENT_IS_WRONG.has(code);
        if (!(await reporter.show(error, { button: isClient ? 'Fix the Client' : 'Sign In Again' }))) return false;
        const next = isClient ? await bringClient(this.#options) : client;
        if (!next || next === BACK) return false;
        client = next;
      }
    }
  }

  #go(beginning: Beginning): Thenable<SignedIn> {
    this.#current?.abort();
    const current = new AbortController();
    this.#current = current;
    const title = 'Waiting for you to sign in in the browser…';
    return window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (_progress, token) => {
        token.onCancellationRequested(() => current.abort());
        return signIn(this.#options, beginning, this.#options.browser, current.signal);
      },
    );
  }
}

/** The same access as before, as far as it may be. */
const againWith = (again: Account, client = clientOf(again)): Beginning => ({
  ...{ client, again, filters: holdsFilters(again.scopes) },
  level: lowerLevel(again.level, choosableLevel()),
});

const clientOf = ({ clientId, clientSecret, sandboxOrigin }: Account): ImportedClient => ({
  clientId,
  clientSecret,
  sandboxOrigin,
});

const QUESTION = { query: 'What is new in my mail?', mode: 'agent' };

/** Says who is signed in now and what the agent may do. */
export function announceSignIn({ account, replaced, missing }: SignedIn): void {
  const may = describeLevel(account.level, hasFilters(account));
  const what = replaced ? 'was signed in already; its sign-in has been renewed.' : 'is signed in.';
  const unticked =
    missing.length > 0
      ? ` ${describeAccess(missing)} was not ticked on Google’s page, so the agent is not offered it.`
      : '';
  const ask = 'Ask the Agent';
  window.showInformationMessage(`${account.email} ${what} The agent may ${may}.${unticked}`, ask).then(
    (pressed) => pressed === ask && commands.executeCommand('workbench.action.chat.open', QUESTION),
    () => undefined,
  );
}
