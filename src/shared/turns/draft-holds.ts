import { Problem } from '../problems.ts';

/**
 * Which call has which draft: whoever changes or sends one has it alone, from before it is looked at until nothing can
 * become of it any more, so that no other call puts another text in the place of one that a person has agreed to.
 */
export class DraftHolds {
  readonly #holders = new Map<string, string>();

  /**
   * Takes a draft for a call; one that has it already keeps it.
   *
   * @param holder names the call
   * @param gone aborts where that call can give nothing back any more
   * @throws Problem `draft_in_question` while another call has it
   */
  take(draftId: string, holder: string, gone?: AbortSignal): void {
    const present = this.#holders.get(draftId) ?? holder;
    if (present !== holder || gone?.aborted) throw Problem.of('draft_in_question', { id: draftId });
    if (!this.#holders.has(draftId)) gone?.addEventListener('abort', () => this.release(draftId, holder));
    this.#holders.set(draftId, holder);
  }

  release(draftId: string, holder: string): void {
    if (this.#holders.get(draftId) === holder) this.#holders.delete(draftId);
  }
}
