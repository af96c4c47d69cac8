import { labelsIn, problemIn } from '../../shared/hidden/hidden-query.ts';
import type { Logger } from '../../shared/log.ts';
import { Problem } from '../../shared/problems.ts';
import type { Reporter } from '../report.ts';
import { wrongSettings } from '../settings.ts';

/** Tells of settings that cannot be what somebody meant, once for each slip: in the window, and in the log. */
export class SettingsCheck {
  readonly #reporter: Pick<Reporter, 'tell' | 'words'>;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #told = new Map<string, string>();
  /** The mailboxes for which a search hides everything, with the search. */
  readonly #toldOfHiding = new Set<string>();

  constructor(reporter: Pick<Reporter, 'tell' | 'words'>, log: Pick<Logger, 'warn'>) {
    this.#reporter = reporter;
    this.#log = log;
  }

  /** Looks at the settings now. */
  look(): void {
    const wrong = wrongSettings().map(([name, problem]) => ({ name, problem, words: this.#reporter.words(problem) }));
    const told = new Map(this.#told);
    this.#told.clear();
    for (const { name, problem, words } of wrong) {
      this.#told.set(name, words);
      if (told.get(name) === words) continue;
      this.#log.warn(words);
      this.#reporter.tell(problem);
    }
  }

  /**
   * A server could show nothing of a mailbox, because the search that hides mail fits nothing there: a label that it
   * names can be found out at Gmail alone.
   *
   * @param query the search, as it holds
   */
  hidingFailed(email: string, query: string): void {
    const key = JSON.stringify([email, query]);
    // One that cannot be understood at all was told of when it was set.
    if (this.#toldOfHiding.has(key) || problemIn(query)) return;
    this.#toldOfHiding.add(key);
    const label = labelsIn(query).join(' or ');
    this.#reporter.tell(Problem.of('hidden_label_unknown', { label }), { email });
  }
}
