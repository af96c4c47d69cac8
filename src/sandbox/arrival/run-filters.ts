import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Clock } from '../../shared/clock.ts';
import { compileSearch } from '../search/search.ts';
import type { Test } from '../search/search-operators.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';

type Criteria = gmail_v1.Schema$FilterCriteria;

/**
 * Runs the filters of a mailbox over a message that arrives
 * (https://developers.google.com/workspace/gmail/api/guides/filter_settings), and keeps what they forward.
 *
 * @returns the labels that it is filed under. One that was deleted since does nothing: the sandbox's own choice
 */
export function fileArriving(store: MailStore, message: StoredMessage, clock: Clock): string[] {
  const actions = [...store.filters.values()].flatMap(({ criteria, action }) =>
    action && testOf(criteria ?? {}, store, clock)(message) ? action : [],
  );
  for (const { forward } of actions) if (forward) store.forwarded.push({ id: message.id, to: forward });
  const known = new Set(store.labels().map(({ id }) => id));
  const add = actions.flatMap(({ addLabelIds }) => addLabelIds ?? []).filter((label) => known.has(label));
  const remove = new Set(actions.flatMap(({ removeLabelIds }) => removeLabelIds ?? []));
  // What must never be spam comes into the inbox.
  const inbox = remove.has('SPAM') && message.labelIds.has('SPAM') ? ['INBOX'] : [];
  const labels = [...new Set([...message.labelIds, ...inbox, ...add])].filter((label) => !remove.has(label));
  return labels.includes('TRASH') ? labels.filter((label) => label !== 'INBOX') : labels;
}

/** Whether a message answers all criteria of a filter, each of which is part of a search. */
function testOf(criteria: Criteria, store: MailStore, clock: Clock): Test {
  const { from, to, subject, query, negatedQuery, hasAttachment, excludeChats, size, sizeComparison } = criteria;
  const search = (q: string) => compileSearch(q, store, clock).matches;
  const tests: Test[] = [
    ...Object.entries({ from, to, subject }).flatMap(([name, value]) => (value ? search(`${name}:(${value})`) : [])),
    ...(query ? [search(query)] : []),
    ...(negatedQuery ? [not(search(negatedQuery))] : []),
    ...(hasAttachment ? [search('has:attachment')] : []),
    ...(excludeChats ? [not(({ labelIds }) => labelIds.has('CHAT'))] : []),
    ...(size ? [sizeTest(size, sizeComparison === 'larger')] : []),
  ];
  return (message) => tests.every((test) => test(message));
}

const not =
  (test: Test): Test =>
  (message) =>
    !test(message);

const sizeTest =
  (size: number, isLarger: boolean): Test =>
  ({ raw }) =>
    isLarger ? raw.length > size : raw.length < size;
