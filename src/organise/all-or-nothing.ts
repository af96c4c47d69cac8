import type { KnownLabel, MailFilter, Organiser } from '../mailbox/organiser.ts';
import { Problem } from '../shared/problems.ts';
import { visibleStart } from '../shared/visible.ts';

/** What a call has created so far, each kind in the order in which it came to be. */
export interface Created {
  labels: KnownLabel[];
  filters: MailFilter[];
}

/** How much of a label's name an error shows, in code points. */
const NAME_LENGTH = 60;

/**
 * Does work that creates labels and filters, one after the other. Where it fails, all that it has created goes again,
 * the newest first.
 *
 * @throws Problem the work's own, or `created_partly` where something could not be deleted again
 */
export async function allOrNothing<T>(
  organiser: Pick<Organiser, 'deleteLabel' | 'deleteFilter'>,
  work: (created: Created) => Promise<T>,
): Promise<T> {
  const created: Created = { labels: [], filters: [] };
  try {
    return await work(created);
  } catch (error) {
    const left = await deleteAgain(created, organiser);
    if (left.length === 0 || !(error instanceof Problem)) throw error;
    throw Problem.of('created_partly', { left: left.join(', '), said: error.words() }, error.details);
  }
}

/** Deletes what a call has created, the newest first. Answers what could not be deleted. */
export async function deleteAgain(
  { labels, filters }: Created,
  organiser: Pick<Organiser, 'deleteLabel' | 'deleteFilter'>,
): Promise<string[]> {
  const left: string[] = [];
  for (const { id } of filters.toReversed()) {
    if (!(await isDeleted(organiser.deleteFilter(id)))) left.push(`the filter ${id}`);
  }
  for (const label of labels.toReversed()) {
    if (!(await isDeleted(organiser.deleteLabel(label)))) left.push(shownLabel(label));
  }
  return left;
}

export const shownLabel = ({ name }: KnownLabel): string => `the label ${visibleStart(name, NAME_LENGTH)}`;

/** The first failure is what counts, so that of this one it is only told that there was one. */
async function isDeleted(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    return error instanceof Problem && (error.code === 'not_found' || error.code === 'filter_unknown');
  }
}
