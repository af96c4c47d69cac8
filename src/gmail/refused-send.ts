import { Problem } from '../shared/problems.ts';

/** Problems that say themselves what became of the message. */
const NO_REFUSAL: ReadonlySet<string> = new Set([
  ...['send_unclear', 'send_failed_draft_kept', 'draft_gone', 'draft_changed', 'sent_otherwise'],
  ...['draft_unclear', 'draft_in_question'],
]);

/** Whether Gmail has said no; otherwise the draft may be what is left of the message. */
const isRefusal = (error: unknown): error is Problem => error instanceof Problem && !NO_REFUSAL.has(error.code);

/**
 * Why Gmail refuses a request says nothing of what became of the message, so it is said beside it.
 *
 * @param kept makes sure of the draft that is left, and answers its id
 */
export async function saying<T>(kept: () => Promise<string | undefined>, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (problem) {
    if (!isRefusal(problem)) throw problem;
    const draft = await kept();
    if (problem.code === 'cancelled') throw problem;
    throw Problem.of('send_refused', { said: problem.words(), ...(draft ? { draft } : {}) }, problem.details);
  }
}
