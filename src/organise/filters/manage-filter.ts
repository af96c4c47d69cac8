import type { FilterAction, FilterCriteria, KnownLabel, MailFilter, Organiser } from '../../mailbox/organiser.ts';
import { clip } from '../../shared/code-points.ts';
import { isSameLabel, labelsIn } from '../../shared/hidden/hidden-query.ts';
import { Problem } from '../../shared/problems.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { isSameName, labelNamed, labelUnknown, lookUp } from '../label-names.ts';
import { labelsOf } from '../labels/create-labels.ts';
import type { ChangeRules } from '../rules.ts';
import { type CriteriaRequest, criteriaOf } from './filter-criteria.ts';
import type { FILTER_OPERATIONS } from './filter-operations.ts';
import { creationQuestion, deletionQuestion } from './filter-questions.ts';
import { deedsOf, searchOf } from './filter-words.ts';

export interface FilterRequest extends CriteriaRequest {
  operation: (typeof FILTER_OPERATIONS)[number];
  filter_id?: string | undefined;
  add_labels?: readonly string[] | undefined;
  archive?: boolean | undefined;
  mark_read?: boolean | undefined;
  star?: boolean | undefined;
}

export interface FilterTools {
  organiser: Organiser;
  rules: Pick<ChangeRules, 'confirm'>;
}

/** A filter in words, which are the user's or strangers'. */
export interface FilterLine {
  id: string;
  search: string;
  deeds: string;
}

export type FilterResult =
  | { kind: 'list'; lines: FilterLine[]; total: number }
  | { kind: 'created'; lines: FilterLine[] }
  | { kind: 'deleted'; id: string };

/** Stands for the id of a label that is created later. */
const NEW_LABEL = '';

/** No mailbox has more filters; beyond it Gmail fails without a reason. */
const MOST_FILTERS = 1000;

/**
 * Lists, creates or deletes filters.
 *
 * @throws Problem
 */
export async function manageFilter(request: FilterRequest, tools: FilterTools): Promise<FilterResult> {
  if (request.operation === 'create') return create(request, tools);
  const { organiser, rules } = tools;
  const { operation, filter_id: id, ...others } = request;
  const [unused] = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : name));
  if (unused !== undefined) {
    throw Problem.of('operation_unclear', { operation, reason: `Only create takes ${unused}.` });
  }
  const [filters, labels] = [await organiser.filters(), await organiser.labels()];
  if (operation === 'list') {
    const start = id === undefined ? 0 : filters.indexOf(filterOf(filters, id)) + 1;
    return { kind: 'list', lines: filters.slice(start).map((each) => lineOf(each, labels)), total: filters.length };
  }
  if (id === undefined) throw Problem.of('operation_unclear', { operation: 'delete', reason: 'It needs filter_id.' });
  const filter = filterOf(filters, id);
  // Mail that it would have put out of the agent's sight would stay in view.
  const named = labels.filter((label) => filter.action.add.includes(label.id)).map(({ name }) => name);
  organiser.assertHidesNothing(named, true);
  await rules.confirm(deletionQuestion(lineOf(filter, labels)));
  await organiser.deleteFilter(id);
  return { kind: 'deleted', id };
}

const lineOf = ({ id, criteria, action }: MailFilter, labels: readonly KnownLabel[]): FilterLine => ({
  id,
  search: searchOf(criteria),
  deeds: deedsOf(action, labels),
});

function filterOf(filters: readonly MailFilter[], id: string): MailFilter {
  const filter = filters.find((each) => each.id === id);
  if (!filter) throw Problem.of('filter_unknown', { id: clip(id, 80) });
  return filter;
}

async function create(request: FilterRequest, { organiser, rules }: FilterTools): Promise<FilterResult> {
  const {
    filter_id: id,
    add_labels: given = [],
    archive = false,
    mark_read: marksRead = false,
    star = false,
  } = request;
  const names = given.filter((name, at) => given.findIndex((other) => isSameName(name, other)) === at);
  const unclear = (reason: string) => Problem.of('operation_unclear', { operation: 'create', reason });
  if (id !== undefined) throw unclear('It takes no filter_id: a filter cannot be changed, only deleted and made anew.');
  if (!archive && !marksRead && !star && names.length === 0) {
    throw unclear('It needs one of add_labels, archive, mark_read and star.');
  }
  const criteria = criteriaOf(request);
  await assertLabelsThere(request.query ?? '', organiser);
  const named = await lookUp(names, organiser, 'create');
  const plain: FilterAction = {
    add: star ? ['STARRED'] : [],
    remove: [...(archive ? ['INBOX'] : []), ...(marksRead ? ['UNREAD'] : [])],
  };
  const own = names.map((name) => labelNamed(named.labels, name)).filter((label) => label !== undefined);
  organiser.assertActsOnNothingHidden(
    [...names, ...own.filter(({ type }) => type === 'user').map(({ name }) => name)],
    [...plain.add, ...plain.remove, ...own.filter(({ type }) => type === 'system').map(({ id }) => id)],
  );
  const count = Math.max(1, names.length);
  const there = await organiser.filters();
  assertRoom(count, there);
  const ids = names.map((name) => labelNamed(named.labels, name)?.id ?? NEW_LABEL);
  assertNew(criteria, actionsOf(plain, ids), there);
  await rules.confirm(await creationQuestion({ criteria, action: plain, named, count }, organiser));
  return allOrNothing(organiser, async (created) => {
    const labels = await labelsOf(named, organiser, created);
    const ids = labels.map((label) => label.id);
    for (const each of actionsOf(plain, ids)) {
      created.filters.push(await organiser.createFilter({ criteria, action: each }));
    }
    return { kind: 'created', lines: created.filters.map((each) => lineOf(each, labels)) };
  });
}

/** A filter by a label that there is not would never find anything. Throws `label_unknown`. */
async function assertLabelsThere(query: string, organiser: Organiser): Promise<void> {
  const asked = labelsIn(query);
  if (asked.length === 0) return;
  const labels = await organiser.labels();
  const missing = asked.find((name) => !labels.some((label) => isSameLabel(label.name, name)));
  if (missing !== undefined) throw labelUnknown(labels, missing);
}

function assertRoom(count: number, { length }: readonly MailFilter[]): void {
  if (length + count <= MOST_FILTERS) return;
  throw Problem.of('filter_refused', { reason: `there are ${length} filters, and Gmail keeps ${MOST_FILTERS}` });
}

/** Gmail takes no filter that is like another; a person is not asked for nothing. Throws `filter_refused`. */
function assertNew(criteria: FilterCriteria, actions: readonly FilterAction[], there: readonly MailFilter[]): void {
  const keys = new Set(actions.map((action) => keyOf({ criteria, action })));
  const same = there.find((filter) => keys.has(keyOf(filter)));
  if (same) throw Problem.of('filter_refused', { reason: `there is the same one already, ${clip(same.id, 80)}` });
}

/** The same for filters that look for the same and do the same. */
function keyOf({ criteria, action }: Omit<MailFilter, 'id'>): string {
  const sorted = Object.entries(criteria).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([sorted, [...action.add].sort(), [...action.remove].sort(), action.forward]);
}

/** Gmail's own pages put one label on by a filter, so that each further one takes a filter of its own. */
function actionsOf({ add, remove }: FilterAction, labels: readonly string[]): FilterAction[] {
  const [first, ...others] = labels;
  return [
    { add: [...add, ...(first === undefined ? [] : [first])], remove },
    ...others.map((label) => ({ add: [label], remove: [] })),
  ];
}
