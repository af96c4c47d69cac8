import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Clock } from '../../shared/clock.ts';
import { invalidArgument, notFound } from '../google-error.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import type { Caller } from '../rest/authorize.ts';
import type { Method } from '../rest/method.ts';
import { PARAMETERS } from '../rest/parameters.ts';
import { SCOPES } from '../rest/scopes.ts';
import { countedLabel } from '../store/labels.ts';
import { requireMessage, requireThread } from '../store/lookup.ts';
import type { MailStore } from '../store/mail-store.ts';
import { listHistory } from './gmail-history.ts';
import { listMessages, listThreads, newestHistoryId } from './gmail-lists.ts';
import { encoderOf, findAttachment, parseFormat, viewMessage } from './message-view.ts';

/** What reads a mailbox (https://developers.google.com/workspace/gmail/api/reference/rest). */
export function readMethods(store: MailStore, clock: Clock): Method[] {
  const read = (rpc: string, path: string, shape: Method['shape'], handle: Method['handle']): Method => {
    return { verb: 'GET', path, rpc, scopes: SCOPES.read, shape, handle };
  };
  const { profile, labels, label, messages, message, attachment, threads, thread, history } = SHAPES;
  return [
    { ...read('GetProfile', '/profile', profile, () => viewProfile(store)), scopes: SCOPES.profile },
    { ...read('ListLabels', '/labels', labels, () => ({ labels: store.labels() })), scopes: SCOPES.labels },
    {
      ...read('GetLabel', '/labels/:label', label, ({ path }) => viewLabel(store, path.label)),
      scopes: SCOPES.labels,
    },
    {
      ...read('ListMessages', '/messages', messages, ({ query }) => listMessages(store, clock, query)),
      parameters: PARAMETERS.list,
    },
    {
      ...read('GetMessage', '/messages/:id', message, ({ path, query }, caller) =>
        viewOne(store, path.id, query, caller),
      ),
      parameters: PARAMETERS.get,
    },
    {
      ...read('GetAttachment', '/messages/:id/attachments/:attachment', attachment, ({ path }) =>
        viewFile(store, path),
      ),
      scopes: SCOPES.attachments,
    },
    {
      ...read('ListThreads', '/threads', threads, ({ query }) => listThreads(store, clock, query)),
      parameters: PARAMETERS.list,
    },
    {
      ...read('GetThread', '/threads/:id', thread, ({ path, query }, caller) =>
        viewThread(store, path.id, query, caller),
      ),
      parameters: PARAMETERS.get,
    },
    {
      ...read('ListHistory', '/history', history, ({ query }) => listHistory(store, query)),
      parameters: PARAMETERS.history,
    },
  ];
}

function viewProfile(store: MailStore): gmail_v1.Schema$Profile {
  const messages = store.messages();
  return {
    emailAddress: store.address,
    messagesTotal: messages.length,
    threadsTotal: new Set(messages.map((message) => message.threadId)).size,
    historyId: store.historyId,
  };
}

function viewOne(store: MailStore, id = '', query: URLSearchParams, caller: Caller): gmail_v1.Schema$Message {
  const format = parseFormat(query.get('format'));
  return viewMessage(requireMessage(store, id), format, query.getAll('metadataHeaders'), caller);
}

function viewThread(store: MailStore, id = '', query: URLSearchParams, caller: Caller): gmail_v1.Schema$Thread {
  const messages = requireThread(store, id);
  const format = parseFormat(query.get('format'), 'thread');
  const names = query.getAll('metadataHeaders');
  return {
    id,
    historyId: newestHistoryId(messages),
    messages: messages.map((message) => viewMessage(message, format, names, caller)),
  };
}

function viewFile(store: MailStore, path: Record<string, string>): gmail_v1.Schema$MessagePartBody {
  const message = requireMessage(store, path.id);
  const part = findAttachment(message.tree, path.attachment ?? '');
  if (!part) throw invalidArgument('Invalid attachment token');
  return { size: part.content.length, data: encoderOf(message)(part.content) };
}

function viewLabel(store: MailStore, id = ''): gmail_v1.Schema$Label {
  const label = store.labels().find((known) => known.id === id);
  if (!label) throw notFound();
  return countedLabel(label, store.messages());
}
