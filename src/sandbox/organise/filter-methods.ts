import { randomBytes } from 'node:crypto';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { apiError, failedPrecondition, invalidArgument, notFound } from '../google-error.ts';
import { nothing } from '../http.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import { readJson } from '../rest/json-body.ts';
import type { Method } from '../rest/method.ts';
import { SCOPES } from '../rest/scopes.ts';
import { requireLabels } from '../store/labels.ts';
import type { MailStore } from '../store/mail-store.ts';

type Filter = gmail_v1.Schema$Filter;

/** No mailbox has more; beyond it Gmail fails. */
const MOST_FILTERS = 1000;

/**
 * What lists, makes and deletes filters
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters). They change nothing in
 * mail that is there, and no new mail comes into the sandbox by itself.
 */
export function filterMethods(store: MailStore): Method[] {
  const filters = new Map<string, Filter>();
  const find = (id = ''): Filter => {
    const filter = filters.get(id);
    if (!filter) throw notFound();
    return filter;
  };
  const [all, one] = ['/settings/filters', '/settings/filters/:id'];
  return [
    {
      ...{ verb: 'GET', path: all, rpc: 'ListFilters', scopes: SCOPES.settings, shape: SHAPES.filters },
      handle: () => (filters.size > 0 ? { filter: [...filters.values()] } : {}),
    },
    {
      ...{ verb: 'GET', path: one, rpc: 'GetFilter', scopes: SCOPES.settings, shape: SHAPES.filter },
      handle: ({ path }) => find(path.id),
    },
    {
      ...{ verb: 'POST', path: all, rpc: 'CreateFilter', scopes: SCOPES.changeSettings, shape: SHAPES.filter },
      handle: ({ body }) => {
        const { criteria, action } = readJson<Filter>(body, SHAPES.filter);
        const filter = { criteria: criteria ?? {}, action: action ?? {} };
        check(store, filter, [...filters.values()]);
        const id = `ANe1Bm${randomBytes(24).toString('base64url')}`;
        filters.set(id, { id, ...filter });
        return { id, ...filter };
      },
    },
    {
      ...{ verb: 'DELETE', path: one, rpc: 'DeleteFilter', scopes: SCOPES.changeSettings, shape: SHAPES.nothing },
      handle: ({ path }) => {
        filters.delete(find(path.id).id ?? '');
        return nothing();
      },
    },
  ];
}

function check(store: MailStore, { criteria = {}, action = {} }: Filter, others: readonly Filter[]): void {
  if (Object.keys(criteria).length === 0) throw invalidArgument('Filter criteria missing');
  requireLabels(store.labels(), [...(action.addLabelIds ?? []), ...(action.removeLabelIds ?? [])]);
  // No address is verified here, and an empty one counts as none.
  if (action.forward) throw failedPrecondition('Unrecognized forwarding address');
  const isDoing = (action.addLabelIds ?? []).length + (action.removeLabelIds ?? []).length > 0;
  if (!isDoing) throw invalidArgument('Filter must have at least one action');
  const same = (other: Filter) => JSON.stringify([other.criteria, other.action]) === JSON.stringify([criteria, action]);
  if (others.some(same)) throw invalidArgument('Filter already exists');
  if (others.length >= MOST_FILTERS) throw apiError(500, 'backendError', 'Internal error encountered.');
}
