import type { Account } from '../../accounts/account.ts';
import type { ImportedClient } from '../../accounts/client-file.ts';
import { choosableLevel, presetClient } from '../settings.ts';
import { type ClientSources, chooseClient } from './client-choice.ts';
import { askForAccess, type ChosenAccess, levelsUpTo } from './level-prompt.ts';
import { inSteps, noted, pick, type Step } from './steps.ts';

/** What a new sign-in begins with. */
export interface NewSignIn extends ChosenAccess {
  client: ImportedClient;
}

/** The questions before a new sign-in, without those that an administrator has answered. */
export class NewSignInQuestions {
  readonly steps: readonly Step[];
  #client: ImportedClient | undefined;
  #access: ChosenAccess;

  private constructor(sources: ClientSources, preset: ImportedClient | undefined) {
    const maximum = choosableLevel();
    this.#client = preset;
    this.#access = { level: 'read', filters: false };
    const whichClient: Step = (place) =>
      noted(chooseClient(sources, place), (client) => {
        this.#client = client;
      });
    const note = (access: ChosenAccess) => {
      this.#access = access;
    };
    const whichAccess: Step = (place) => {
      const question = { chosen: this.#access, place, onBack: note };
      return noted(askForAccess('Sign in to Gmail: what the agent may do', maximum, question), note);
    };
    this.steps = [...(preset ? [] : [whichClient]), ...(levelsUpTo(maximum).length > 1 ? [whichAccess] : [])];
  }

  static async prepare(sources: ClientSources): Promise<NewSignInQuestions> {
    // What is wrong with the administrator's file is said where the client is asked for.
    return new NewSignInQuestions(sources, await presetClient().catch(() => undefined));
  }

  /** What was answered, once every step has been. */
  answers(): NewSignIn | undefined {
    return this.#client && { client: this.#client, ...this.#access };
  }
}

/**
 * Asks which account is signed in again, or what a new sign-in begins with. Undefined when the person leaves.
 *
 * @throws Problem where the administrator's client file is wrong
 */
export async function askForSignIn(
  sources: ClientSources,
): Promise<{ again: Account; client?: ImportedClient } | NewSignIn | undefined> {
  const { accounts } = await sources.store.list();
  const questions = await NewSignInQuestions.prepare(sources);
  let again: Account | undefined;
  const rows = [
    { label: '$(add) Another account', description: '', account: undefined },
    ...accounts.map((account) => ({ label: account.email, description: 'sign in again', account })),
  ];
  const which: Step = (place) => {
    const question = {
      title: 'Sign in to Gmail: which account?',
      placeHolder: 'Another one, or one whose sign-in ended',
    };
    return noted(pick(rows, { ...question, place }), ({ account }) => {
      again = account;
    });
  };
  // An account that is known has its client and its access already.
  const further = questions.steps.map(
    (step): Step =>
      async (place) =>
        again ? 'answered' : step(place),
  );
  if (!(await inSteps([...(accounts.length > 0 ? [which] : []), ...further]))) return undefined;
  return again ? { again } : questions.answers();
}
