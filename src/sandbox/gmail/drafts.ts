import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Clock } from '../../shared/clock.ts';
import { invalidArgument, notFound } from '../google-error.ts';
import { nothing } from '../http.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import type { Method } from '../rest/method.ts';
import { PARAMETERS } from '../rest/parameters.ts';
import { SCOPES } from '../rest/scopes.ts';
import type { Draft, Drafts } from '../store/drafts.ts';
import type { MailStore } from '../store/mail-store.ts';
import { SATURATED_ESTIMATE, search } from './gmail-lists.ts';
import { parseFormat, viewMessage } from './message-view.ts';
import { pageOf } from './paging.ts';
import type { Posted } from './posted-message.ts';

/** What lists, reads and deletes drafts (https://developers.google.com/workspace/gmail/api/guides/drafts). */
export function draftMethods(store: MailStore, drafts: Drafts, clock: Clock): Method[] {
  return [
    {
      ...{ verb: 'GET', path: '/drafts', rpc: 'ListDrafts', scopes: SCOPES.readDrafts, shape: SHAPES.drafts },
      parameters: PARAMETERS.drafts,
      handle: ({ query }) => listDrafts(store, drafts, clock, query),
    },
    {
      ...{ verb: 'GET', path: '/drafts/:id', rpc: 'GetDraft', scopes: SCOPES.readDrafts, shape: SHAPES.draft },
      parameters: PARAMETERS.draft,
      handle: ({ path, query }, caller) => {
        const { id, message } = draftOf(drafts, path.id);
        return { id, message: viewMessage(message, parseFormat(query.get('format')), [], caller) };
      },
    },
    {
      ...{ verb: 'DELETE', path: '/drafts/:id', rpc: 'DeleteDraft', scopes: SCOPES.draft, shape: SHAPES.nothing },
      handle: ({ path }) => {
        drafts.remove(draftOf(drafts, path.id));
        return nothing();
      },
    },
  ];
}

/**
 * A draft by its id, which is not that of its message.
 *
 * @throws GoogleError 404
 */
export function draftOf(drafts: Drafts, id: unknown): Draft {
  const draft = typeof id === 'string' ? drafts.find(id) : undefined;
  if (!draft) throw notFound();
  return draft;
}

export function requireMime({ mime }: Posted): Buffer {
  if (!mime) throw invalidArgument('Missing draft message');
  return mime;
}

/** A draft as the methods that change it answer it. */
export const viewDraft = ({ id, message }: Draft): gmail_v1.Schema$Draft => ({
  id,
  message: { id: message.id, threadId: message.threadId, labelIds: [...message.labelIds] },
});

function listDrafts(
  store: MailStore,
  drafts: Drafts,
  clock: Clock,
  query: URLSearchParams,
): gmail_v1.Schema$ListDraftsResponse {
  const wanted = new Set(search(store, clock, query).map(({ id }) => id));
  const found = drafts.all().filter(({ message }) => wanted.has(message.id));
  const { page, next } = pageOf(found, query, store.quirks);
  const shown = page.map(({ id, message }) => ({ id, message: { id: message.id, threadId: message.threadId } }));
  return {
    ...(shown.length > 0 ? { drafts: shown } : {}),
    ...next,
    resultSizeEstimate: Math.min(found.length, SATURATED_ESTIMATE),
  };
}
