import { Problem } from '../problems.ts';

/**
 * Which call has which draft: whoever changes or sends one has it alone, from before it is looked at until nothing can
 * become of it any more, so that no other call puts another text in the place of one that a person has agreed to.
 */
export class DraftHolds {
  readonly #held = new Map<string, { holder: string; over: AbortController }>();

  /**
   * Takes a draft for a call; one that has it already keeps it.
   *
   * @param holder names the call
   * @param gone aborts where that call can give nothing back any more
   * @throws Problem `draft_in_question` while another call has it
   */
  take(draftId: string, holder: string, gone?: AbortSignal): void {
    const present = this.#held.get(draftId);
    if ((present && present.holder !== holder) || gone?.aborted) throw Problem.of('draft_in_question', { id: draftId });
    present?.over.abort();
    const over = new AbortController();
    this.#held.set(draftId, { holder, over });
    gone?.addEventListener('abort', () => this.release(draftId, holder), { signal: over.signal });
  }

  release(draftId: string, holder: string): void {
    const present = this.#held.get(draftId);
    if (present?.holder !== holder) return;
    present.over.abort();
    this.#held.delete(draftId);
  }
}
