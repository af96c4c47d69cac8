import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Clock } from '../../shared/clock.ts';
import { apiError, insufficientScopes, invalidArgument, invalidCredentials, notFound } from '../google-error.ts';
import type { ApiRequest, Route } from '../http.ts';
import type { Grants } from '../oauth/grants.ts';
import { deliver } from '../store/deliver.ts';
import { countedLabel, listedLabel } from '../store/labels.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { SHAPES, type Shape } from './answer-shapes.ts';
import { batchRoute } from './batch.ts';
import { readFields, select } from './fields.ts';
import { listHistory } from './gmail-history.ts';
import { listMessages, listThreads, newestHistoryId } from './gmail-lists.ts';
import { findAttachment, parseFormat, viewMessage } from './message-view.ts';

/** The scopes of which one is enough for a method, without the common prefix (Gmail API reference, per method). */
const READ = ['https://mail.google.com/', 'gmail.modify', 'gmail.readonly', 'gmail.metadata'];
const PROFILE = [...READ, 'gmail.compose'];
const SEND = ['https://mail.google.com/', 'gmail.modify', 'gmail.compose', 'gmail.send'];
const LABELS = [...READ, 'gmail.labels'];
const PREFIX = 'https://www.googleapis.com/auth/';

const USER = '/gmail/v1/users/:user';

/** The Gmail API, as far as this project's tools use it. */
export function gmailRoutes(store: MailStore, grants: Grants, clock: Clock): Route[] {
  const route = (
    method: string,
    path: string,
    scopes: readonly string[],
    shape: Shape,
    handle: (request: ApiRequest) => object | Promise<object>,
  ): Route => ({
    method,
    path: `${USER}${path}`,
    handle: async (request) => {
      authorize(request, grants, scopes);
      if (request.path.user !== 'me' && request.path.user !== store.address) {
        throw apiError(403, 'forbidden', 'Delegation denied for the given user.');
      }
      const fields = readFields(request.query.get('fields'), shape);
      return select(await handle(request), fields);
    },
  });
  const { profile, labels, label, messages, message, attachment, threads, thread, history } = SHAPES;
  return [
    batchRoute,
    route('GET', '/profile', PROFILE, profile, () => viewProfile(store)),
    route('GET', '/labels', LABELS, labels, () => ({ labels: store.labels().map(listedLabel) })),
    route('GET', '/labels/:label', LABELS, label, ({ path }) => viewLabel(store, path.label)),
    route('GET', '/messages', READ, messages, ({ query }) => listMessages(store, clock, query)),
    route('GET', '/messages/:id', READ, message, ({ path, query }) => viewOne(messageOf(store, path.id), query)),
    route('GET', '/messages/:id/attachments/:attachment', READ, attachment, ({ path }) => viewFile(store, path)),
    route('GET', '/threads', READ, threads, ({ query }) => listThreads(store, clock, query)),
    route('GET', '/threads/:id', READ, thread, ({ path, query }) => viewThread(store, path.id, query)),
    route('GET', '/history', READ, history, ({ query }) => listHistory(store, query)),
    route('POST', '/messages/send', SEND, message, ({ body }) => send(store, clock, body)),
  ];
}

function authorize({ headers, query, path }: ApiRequest, grants: Grants, scopes: readonly string[]): void {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const grant = bearer ? grants.find(bearer) : undefined;
  if (!grant) throw invalidCredentials();
  const held = grant.scopes.map((scope) => scope.replace(PREFIX, ''));
  if (!scopes.some((scope) => held.includes(scope))) throw insufficientScopes();
  const metadataOnly = !held.some((scope) => scopes.includes(scope) && scope !== 'gmail.metadata');
  if (metadataOnly && asksForContent(query, path)) throw insufficientScopes();
}

/** What gmail.metadata does not allow: searches, attachments, and any message in a format with content. */
function asksForContent(query: URLSearchParams, path: Record<string, string>): boolean {
  const hasContent = path.id !== undefined && !['metadata', 'minimal'].includes(query.get('format') ?? 'full');
  return query.has('q') || hasContent;
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

/** Ids are hexadecimal; Gmail answers 400 rather than 404 to anything else. */
function messageOf(store: MailStore, id = ''): StoredMessage {
  if (!/^[0-9a-f]{1,16}$/.test(id)) throw invalidArgument('Invalid id value');
  const message = store.get(id);
  if (!message) throw notFound();
  return message;
}

function viewOne(message: StoredMessage, query: URLSearchParams): gmail_v1.Schema$Message {
  return viewMessage(message, parseFormat(query.get('format')), query.getAll('metadataHeaders'));
}

function viewThread(store: MailStore, id = '', query: URLSearchParams): gmail_v1.Schema$Thread {
  if (!/^[0-9a-f]{1,16}$/.test(id)) throw invalidArgument('Invalid id value');
  const messages = store.thread(id);
  if (messages.length === 0) throw notFound();
  const format = parseFormat(query.get('format'), 'thread');
  const names = query.getAll('metadataHeaders');
  return {
    id,
    historyId: newestHistoryId(messages),
    messages: messages.map((message) => viewMessage(message, format, names)),
  };
}

function viewFile(store: MailStore, path: Record<string, string>): gmail_v1.Schema$MessagePartBody {
  const part = findAttachment(messageOf(store, path.id).tree, path.attachment ?? '');
  if (!part) throw invalidArgument('Invalid attachment token');
  return { size: part.content.length, data: part.content.toString('base64url') };
}

function viewLabel(store: MailStore, id = ''): gmail_v1.Schema$Label {
  const label = store.labels().find((known) => known.id === id);
  if (!label) throw notFound();
  return countedLabel(label, store.messages());
}

async function send(store: MailStore, clock: Clock, body: Buffer): Promise<gmail_v1.Schema$Message> {
  const request = parseJson(body);
  if (!request.raw)
    throw invalidArgument("'raw' RFC822 payload message string or uploading message via /upload/* URL required");
  const sent = await deliver(store, Buffer.from(request.raw, 'base64url'), clock, request.threadId ?? undefined);
  return { id: sent.id, threadId: sent.threadId, labelIds: [...sent.labelIds] };
}

function parseJson(body: Buffer): gmail_v1.Schema$Message {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw apiError(400, 'parseError', 'Invalid JSON payload received.');
  }
}
