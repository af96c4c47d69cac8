import { commands } from 'vscode';
import type { Logger } from '../../shared/log.ts';
import type { Reporter } from '../report.ts';
import { wrongSettings } from '../settings.ts';

const OPEN = 'Open the Setting';

/** Tells of settings that cannot be what somebody meant, once for each slip: in the window, and in the log. */
export class SettingsCheck {
  readonly #reporter: Pick<Reporter, 'show' | 'words'>;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #told = new Map<string, string>();

  constructor(reporter: Pick<Reporter, 'show' | 'words'>, log: Pick<Logger, 'warn'>) {
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
      this.#reporter.show(problem, { button: OPEN }).then(
        (isPressed) => isPressed && commands.executeCommand('workbench.action.openSettings', name),
        () => undefined,
      );
    }
  }
}
