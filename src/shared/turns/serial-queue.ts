/** Work that is done one after the other, in the order in which it came. What fails keeps nothing after it. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Does the work when all that came before it is over. Answers, or throws, what the work does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
