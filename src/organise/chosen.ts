import type { Organiser } from '../mailbox/organiser.ts';
import { Problem } from '../shared/problems.ts';
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
  /** How many of the named ones are not there. */
  missing: number;
}

/** A search is resolved up to so many messages: 500 units of Gmail's quota. */
const MOST_FOUND = 50_000;

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
  if (named !== undefined) return byIds(named, whole, organiser);
  const { ids, hasMore, found } = await resolved(query, selection, organiser, selections);
  const all = whole ? await organiser.wholeThreads(found) : ids;
  return { ids: all, hasMore, missing: 0 };
}

async function byIds(named: readonly string[], whole: boolean, organiser: Organiser): Promise<Chosen> {
  const visible = await organiser.visible(named);
  const missing = new Set(named).size - visible.length;
  const ids = whole ? await organiser.wholeThreads(visible.map((id) => ({ id }))) : visible;
  return { ids, hasMore: false, missing };
}

async function resolved(
  query: string | undefined,
  selection: string | undefined,
  organiser: Organiser,
  selections: Selections,
) {
  if (selection === undefined) {
    const { found, hasMore } = await organiser.find(query ?? '', MOST_FOUND);
    return { found, hasMore, ids: found.map(({ id }) => id) };
  }
  const kept = selections.get(organiser.view, selection);
  // What is hidden may be so only since.
  const ids = await organiser.visible(kept.ids);
  return { ids, hasMore: kept.hasMore, found: ids.map((id) => ({ id })) };
}
