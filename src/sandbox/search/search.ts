import type { Clock } from '../../shared/clock.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { OPERATORS, type Test } from './search-operators.ts';
import { parseSearch, type Query } from './search-query.ts';
import { hasWords } from './search-text.ts';

/** A search that is ready to be asked about each message. */
interface Search {
  matches: Test;
  /** Whether it reaches into Spam and Trash by itself. */
  reachesHidden: boolean;
}

/** Where Gmail looks by default: everywhere but Spam and Trash. */
const HIDDEN_PLACES = ['SPAM', 'TRASH'];

/** Whether a message lies where a list without `includeSpamTrash` does not look. */
export const isHidden = (message: StoredMessage) => HIDDEN_PLACES.some((label) => message.labelIds.has(label));

/** Prepares a search in Gmail's language (https://support.google.com/mail/answer/7190). There are no invalid ones. */
export function compileSearch(q: string, store: MailStore, clock: Clock): Search {
  const query = parseSearch(q);
  const names = new Map(store.labels().map(({ id, name }) => [id, name]));
  const context = { address: store.address, now: clock.now(), labelName: (id: string) => names.get(id) ?? id };
  const compile = (part: Query): Test => {
    if (part.kind === 'term') {
      const { operator, value, isExact } = part;
      const words = operator ? `${operator}:${value}` : value;
      // A value that the operator cannot read makes both mere words.
      return (
        OPERATORS[operator]?.(value, { ...context, isExact }) ??
        ((message) => hasWords(message.searchText, words, isExact))
      );
    }
    if (part.kind === 'not') {
      const test = compile(part.of);
      return (message) => !test(message);
    }
    const tests = part.of.map(compile);
    return part.kind === 'all'
      ? (message) => tests.every((test) => test(message))
      : (message) => tests.some((test) => test(message));
  };
  return { matches: compile(query), reachesHidden: reachesHidden(query, true) };
}

function reachesHidden(query: Query, positive: boolean): boolean {
  if (query.kind === 'not') return reachesHidden(query.of, !positive);
  if (query.kind !== 'term') return query.of.some((part) => reachesHidden(part, positive));
  const { operator, value } = query;
  if (!positive) return false;
  return (
    (operator === 'in' && value === 'anywhere') || (/^(in|is|label)$/.test(operator) && /^(spam|trash)$/.test(value))
  );
}
