import type { ChangeQuestion } from '../../broker/change-protocol.ts';
import type { FilterAction, FilterCriteria, Organiser } from '../../mailbox/organiser.ts';
import type { ShownRow } from '../../mailbox/shown-row.ts';
import { clip } from '../../shared/code-points.ts';
import { counted, exampleOf, SHOWN_EXAMPLES } from '../change-facts.ts';
import { freshNames, type NamedLabels, shownNames } from '../label-names.ts';
import { deedsOf, searchOf } from './filter-words.ts';

/** How many of the messages that match now are looked at, the newest. */
const LOOKED_AT = 50;

/** How much of what a filter does shows, in code points; titles and facts have limits of their own. */
const DEEDS_LENGTH = 120;
const SEARCH_LENGTH = 280;
const FRESH_LENGTH = 140;

/** What a filter that was asked for would be. */
interface Wanted {
  criteria: FilterCriteria;
  /** Without labels of the user's own. */
  action: FilterAction;
  /** Labels, which may not be there yet. */
  named: NamedLabels;
  /** How many filters it takes. */
  count: number;
}

/** Mail that arrives, and no other: what was sent and what is still written matches no filter. */
const ARRIVED = '-in:sent -in:drafts';

/**
 * What a person decides on before there is a filter: what it looks for and does, and what it would have done to the mail
 * that is there, letters that are no newsletters first. Hidden mail is not among it, nor is what only a masked word finds.
 */
export async function creationQuestion(wanted: Wanted, organiser: Organiser): Promise<ChangeQuestion> {
  const { criteria, action, named, count } = wanted;
  const search = searchOf(criteria);
  const { rows, hasMore } = await organiser.newest(`${search} ${ARRIVED}`, LOOKED_AT);
  const letters = rows.filter(({ isNewsletter }) => !isNewsletter);
  const newsletters = rows.filter(({ isNewsletter }) => isNewsletter);
  const labelled = shownNames(named).map((name) => `label ${name}`);
  const fresh = freshNames(named);
  const plain = action.add.length + action.remove.length > 0 ? [deedsOf(action, [])] : [];
  const deeds = clip([...plain, ...labelled].join(', '), DEEDS_LENGTH);
  const filters = count === 1 ? 'a filter' : `${count} filters`;
  return {
    title: `Create ${filters} for mail to come: ${deeds}?`,
    verb: count === 1 ? 'Create Filter' : 'Create Filters',
    facts: [
      ...(fresh.length > 0 ? [`${clip(`New labels, which are created: ${fresh.join(', ')}`, FRESH_LENGTH)}.`] : []),
      matchesNow(rows, letters, hasMore),
      'It acts by itself, without a question.',
      `It looks for: ${search}`,
    ],
    examples: [...letters, ...newsletters].slice(0, SHOWN_EXAMPLES).map(lineOf),
  };
}

function matchesNow(rows: readonly ShownRow[], letters: readonly ShownRow[], hasMore: boolean): string {
  if (rows.length === 0) return 'No message matches now.';
  const all = `Of the ${hasMore ? 'newest ' : ''}${counted(rows.length)} that ${rows.length === 1 ? 'matches' : 'match'} now`;
  const are = letters.length === 1 ? 'is no newsletter' : 'are no newsletters';
  return `${all}, ${letters.length} ${are} (no List-Unsubscribe or List-Id).`;
}

const lineOf = (row: ShownRow): string => `${row.isNewsletter ? '' : '(no newsletter) '}${exampleOf(row)}`;

/** What a person decides on before a filter goes. */
export function deletionQuestion({ search, deeds }: { search: string; deeds: string }): ChangeQuestion {
  return {
    title: 'Delete this filter?',
    verb: 'Delete Filter',
    facts: [
      `It does this to mail to come: ${clip(deeds, SEARCH_LENGTH)}.`,
      'What it did to mail stays as it is, and it cannot be brought back.',
      `It looks for: ${clip(search, SEARCH_LENGTH) || 'everything'}`,
    ],
    examples: [],
  };
}
