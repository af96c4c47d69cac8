import { Problem } from '../problems.ts';

/** So many questions may stand open at once: nobody reads more of them with care. */
const MOST_OPEN = 5;

/** Counts the questions that wait for a person, so that an agent cannot bury one under others. */
export class OpenQuestions {
  #open = 0;

  /**
   * Asks, unless too many questions stand open already.
   *
   * @throws Problem `questions_open`; then nobody was asked
   */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#open >= MOST_OPEN) throw Problem.of('questions_open', { limit: String(MOST_OPEN) });
    this.#open += 1;
    try {
      return await question();
    } finally {
      this.#open -= 1;
    }
  }
}
