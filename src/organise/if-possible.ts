/**
 * What is asked and noted once Gmail has changed the mail: whatever fails then, the change is made, so that the failure
 * is no reason to say otherwise. Answers undefined for it.
 */
export async function ifPossible<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
