import { GMAILS_ID, type NamedMessage } from '../mailbox/message-finder.ts';
import type { Organiser } from '../mailbox/organiser.ts';
import { listed } from '../shared/limits/listed.ts';
import { Problem } from '../shared/problems.ts';
import { visibleStart } from '../shared/visible.ts';
import { counted } from './change-facts.ts';
import type { Selections } from './selections.ts';

/** How a call names the messages that it is about. */
export interface MessageChoice {
  message_ids?: readonly string[] | undefined;
  query?: string | undefined;
  /** From an earlier result. */
  selection?: string | undefined;
  whole_threads?: boolean | undefined;
}

/** The messages that a call is about. */
export interface Chosen {
  /** In the order in which they were named or found, each once. */
  ids: readonly string[];
  /** Whether the search found more than one call looks at. */
  hasMore: boolean;
  /** Those of the named ids that are of no message that is there. */
  absent: readonly string[];
  /** Those of the named or found messages that are drafts; of whole threads the ids hold none. */
  drafts: ReadonlySet<string>;
}

/** A search is resolved up to so many messages: 500 units of Gmail's quota. */
const MOST_FOUND = 50_000;

/** How many ids a line names, and how much of each, in code points. */
const NAMED_IDS = 40;
const ID_LENGTH = 40;

/**
 * Finds the messages of a call, once.
 *
 * @throws Problem `messages_unnamed`, `selection_gone`, `selection_too_wide`
 */
export async function chosenMessages(
  choice: MessageChoice,
  organiser: Organiser,
  selections: Selections,
): Promise<Chosen> {
  const { message_ids: named, query, selection, whole_threads: whole = false } = choice;
  const given = Object.entries({ message_ids: named, query, selection }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (given.length !== 1) {
    throw Problem.of('messages_unnamed', {
      given: given.length === 0 ? 'none is named' : `${given.join(' and ')} are given`,
    });
  }
  const { found, hasMore } = await resolved(choice, organiser, selections);
  const there = new Set(found.map(({ id }) => id));
  const all = await organiser.drafts();
  return {
    ids: whole ? await organiser.wholeThreads(found) : [...there],
    hasMore,
    absent: [...new Set(named)].filter((id) => !there.has(id)),
    drafts: new Set([...there].filter((id) => all.has(id))),
  };
}

interface Resolved {
  found: readonly NamedMessage[];
  hasMore: boolean;
}

async function resolved(
  { message_ids: named, query = '', selection }: MessageChoice,
  organiser: Organiser,
  selections: Selections,
): Promise<Resolved> {
  if (named !== undefined) return { found: await organiser.present(named), hasMore: false };
  if (selection === undefined) return organiser.find(query, MOST_FOUND);
  const kept = selections.get(organiser.view, selection);
  // What is hidden may be so only since.
  const ids = await organiser.visible(kept.ids);
  return { found: ids.map((id) => ({ id })), hasMore: kept.hasMore };
}

/** What is said of ids that are of no message. What is hidden is not there either. */
export function absentLines(absent: readonly string[]): string[] {
  const [gone, odd] = [absent.filter((id) => GMAILS_ID.test(id)), absent.filter((id) => !GMAILS_ID.test(id))];
  const are = (ids: readonly string[]) => (ids.length === 1 ? 'is' : 'are');
  return [
    ...(gone.length > 0
      ? [`${counted(gone.length, 'id')} ${are(gone)} of no message that is there: ${listedIds(gone)}.`]
      : []),
    ...(odd.length > 0
      ? [
          `${counted(odd.length, 'id')} ${odd.length === 1 ? 'is no message id' : 'are no message ids'} (those are ` +
            `digits and small letters, as gmail_search_emails lists them): ${listedIds(odd)}.`,
        ]
      : []),
  ];
}

/** The first of some ids, and how many more there are. */
export function listedIds(ids: readonly string[]): string {
  return listed(
    ids.map((id) => visibleStart(id, ID_LENGTH)),
    NAMED_IDS,
  );
}
