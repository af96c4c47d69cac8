import { window } from 'vscode';
import type { Clock } from '../../shared/clock.ts';
import { OpenQuestions } from '../../shared/turns/open-questions.ts';
import { SerialQueue } from '../../shared/turns/serial-queue.ts';

/** Whatever is pressed sooner was meant for another place, in milliseconds after the question has opened. */
const DEAF_MS = 1_000;
/** A key that is held down ends at some time; then the question counts as declined. */
const MOST_OPENINGS = 10;

/** The questions of a window that only a person may answer, one after the other. */
export class ModalTurns {
  readonly #clock: Clock;
  readonly #questions = new OpenQuestions();
  readonly #turns = new SerialQueue();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does the work when every earlier question is answered. Throws `questions_open` where too many wait. */
  take<T>(work: () => Promise<T>): Promise<T> {
    return this.#questions.ask(() => this.#turns.run(work));
  }

  /**
   * A modal whose first button has the focus; opened anew where an answer came sooner than a person can read.
   *
   * @returns the button that was pressed; undefined for VS Code's own Cancel
   */
  async press(title: string, detail: string, buttons: readonly string[]): Promise<string | undefined> {
    for (let openings = 0; openings < MOST_OPENINGS; openings += 1) {
      const opened = this.#clock.now();
      const pressed = await window.showWarningMessage(title, { modal: true, detail: unbroken(detail) }, ...buttons);
      if (this.#clock.now() - opened >= DEAF_MS) return pressed;
    }
    return undefined;
  }
}

/** With spaces that no modal of VS Code breaks at: where a row is of wide letters, the modal gets wider instead. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');
