import { randomBytes } from 'node:crypto';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { notFound } from '../google-error.ts';
import { nothing } from '../http.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import { readJson } from '../rest/json-body.ts';
import type { Method } from '../rest/method.ts';
import { SCOPES } from '../rest/scopes.ts';
import type { MailStore } from '../store/mail-store.ts';
import { readFilter } from './filter-rules.ts';

type Filter = gmail_v1.Schema$Filter;

/**
 * What lists, makes and deletes filters; there is nothing that changes one
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters). They change nothing in
 * mail that is there: `arrival/` runs them.
 */
export function filterMethods(store: MailStore): Method[] {
  const { filters } = store;
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
        const id = `ANe1Bm${randomBytes(24).toString('base64url')}`;
        const filter = { id, ...readFilter(store, readJson<Filter>(body, SHAPES.filter)) };
        filters.set(id, filter);
        return filter;
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
