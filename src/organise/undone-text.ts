import type { Audience } from '../shared/problem-catalogue.ts';
import { sentence } from '../shared/problems.ts';
import { counted } from './change-facts.ts';
import type { Undone } from './undo.ts';

/** How many ids are listed of each change. */
const LISTED = 60;

/** What became of one change, in our own words and ids alone. */
export function undoneText({ change, back, left, failed, problem }: Undone, where: Audience): string {
  return [
    `Taken back (${change.what}): ${counted(back)}.`,
    ...(left.length > 0 ? [`Changed again, or not there any more, and left alone: ${listed(left)}.`] : []),
    ...(problem ? [`Not taken back: ${listed(failed)}. ${sentence(problem.explain(where))} Then try again.`] : []),
  ].join('\n');
}

function listed(ids: readonly string[]): string {
  const more = ids.length - LISTED;
  return `${counted(ids.length)} (${ids.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}
