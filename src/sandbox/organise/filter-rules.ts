import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { apiError, badField, failedPrecondition, invalidArgument } from '../google-error.ts';
import type { MailStore } from '../store/mail-store.ts';
import { idsOf, requireChangeable } from './label-change.ts';

type Filter = gmail_v1.Schema$Filter;

/** No mailbox has more; beyond it Gmail fails. */
const MOST_FILTERS = 1000;

/** What each criterion holds. */
const CRITERIA: Readonly<Record<string, 'string' | 'boolean' | 'number'>> = {
  ...{ from: 'string', to: 'string', subject: 'string', query: 'string', negatedQuery: 'string' },
  ...{ hasAttachment: 'boolean', excludeChats: 'boolean', size: 'number', sizeComparison: 'string' },
};

/**
 * What Gmail makes of a filter that somebody wants
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters): without what says nothing.
 *
 * @throws GoogleError 400 for one that cannot be, or that there is, and 500 where there are too many
 */
export function readFilter(store: MailStore, wanted: Filter): Filter {
  const filter = { criteria: criteriaOf(wanted.criteria), action: actionOf(store, wanted.action) };
  if (Object.keys(filter.criteria).length === 0) throw invalidArgument('Filter criteria missing');
  if (Object.keys(filter.action).length === 0) throw invalidArgument('Filter must have at least one action');
  const others = [...store.filters.values()];
  if (others.some((other) => fingerprint(other) === fingerprint(filter))) {
    throw invalidArgument('Filter already exists');
  }
  if (others.length >= MOST_FILTERS) throw apiError(500, 'backendError', 'Internal error encountered.');
  return filter;
}

function criteriaOf(value: unknown): gmail_v1.Schema$FilterCriteria {
  const fields = objectOf(value, 'filter.criteria');
  for (const [name, criterion] of Object.entries(fields)) {
    if (typeof criterion !== CRITERIA[name]) throw badField(`Invalid value at 'filter.criteria.${name}'`, name);
  }
  const { size, sizeComparison } = fields;
  const isSize = size === undefined || (Number.isInteger(size) && Number(size) > 0 && Number(size) < 2 ** 31);
  if (!isSize) throw badField("Invalid value at 'filter.criteria.size' (TYPE_INT32)", 'size');
  // A size without its comparison would leave open which of the two is meant: refused by the sandbox's own choice.
  const isCompared = sizeComparison === 'larger' || sizeComparison === 'smaller';
  if (isCompared !== (size !== undefined) || (sizeComparison !== undefined && !isCompared)) {
    throw badField("Invalid value at 'filter.criteria.size_comparison'", 'size_comparison');
  }
  return fields;
}

function actionOf(store: MailStore, value: unknown): gmail_v1.Schema$FilterAction {
  const { forward, ...labels } = objectOf(value, 'filter.action');
  const add = idsOf(labels.addLabelIds, 'filter.action.add_label_ids');
  const remove = idsOf(labels.removeLabelIds, 'filter.action.remove_label_ids');
  requireChangeable(store, add, remove);
  const own = new Set(store.labels().flatMap(({ id, type }) => (type === 'user' ? id : [])));
  if (add.filter((label) => own.has(label)).length > 1) throw invalidArgument('Too many user labels in filter');
  if (forward !== undefined && !store.forwardingAddresses.some((address) => address === forward)) {
    throw failedPrecondition('Unrecognized forwarding address');
  }
  return {
    ...(add.length > 0 ? { addLabelIds: add } : {}),
    ...(remove.length > 0 ? { removeLabelIds: remove } : {}),
    ...(typeof forward === 'string' ? { forward } : {}),
  };
}

/** The fields that say something: nothing, no and an empty text count as none. */
function objectOf(value: unknown, field: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw badField(`Invalid value at '${field}'`, field);
  const says = (content: unknown) => content !== null && content !== false && content !== '';
  return Object.fromEntries(Object.entries(value).filter(([, content]) => says(content)));
}

/** The same for filters that do the same, whatever order they were written in. */
function fingerprint({ criteria, action }: Filter): string {
  const sorted = (fields: object) => Object.entries(fields).sort(([a], [b]) => a.localeCompare(b));
  const labels = [action?.addLabelIds, action?.removeLabelIds].map((ids) => [...(ids ?? [])].sort());
  return JSON.stringify([sorted(criteria ?? {}), labels, action?.forward]);
}
