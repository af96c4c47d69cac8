import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Clock } from '../shared/clock.ts';
import { deliver } from './deliver.ts';
import { apiError, insufficientScopes, invalidArgument, invalidCredentials, notFound } from './google-error.ts';
import type { Grants } from './grants.ts';
import type { ApiRequest, Route } from './http.ts';
import type { Mailbox, StoredMessage } from './mailbox.ts';
import { findAttachment, parseFormat, viewMessage } from './message-view.ts';
import { isHidden, matchesQuery, reachesHiddenPlaces } from './search.ts';

/** The scopes of which one is enough for a method, without the common prefix (Gmail API reference, per method). */
const READ = ['https://mail.google.com/', 'gmail.modify', 'gmail.readonly', 'gmail.metadata'];
const PROFILE = [...READ, 'gmail.compose'];
const SEND = ['https://mail.google.com/', 'gmail.modify', 'gmail.compose', 'gmail.send'];
const LABELS = [...READ, 'gmail.labels'];
const PREFIX = 'https://www.googleapis.com/auth/';

/** messages.list answers 100 messages where nothing else is asked, and never more than 500. */
const USUAL_PAGE = 100;
const LARGEST_PAGE = 500;
/** resultSizeEstimate does not count beyond this. */
const SATURATED_ESTIMATE = 201;

const USER = '/gmail/v1/users/:user';

/** The Gmail API, as far as this project's tools use it. */
export function gmailRoutes(mailbox: Mailbox, grants: Grants, clock: Clock): Route[] {
  const route = (
    method: string,
    path: string,
    scopes: readonly string[],
    handle: (request: ApiRequest) => object,
  ): Route => ({
    method,
    path: `${USER}${path}`,
    handle: (request) => {
      authorize(request, grants, scopes);
      if (request.path.user !== 'me' && request.path.user !== mailbox.address) {
        throw apiError(403, 'forbidden', 'Delegation denied for the given user.');
      }
      return handle(request);
    },
  });
  return [
    route('GET', '/profile', PROFILE, () => profile(mailbox)),
    route('GET', '/labels', LABELS, () => ({ labels: mailbox.labels() })),
    route('GET', '/messages', READ, ({ query }) => listMessages(mailbox, query)),
    route('GET', '/messages/:id', READ, ({ path, query }) => view(messageOf(mailbox, path.id), query)),
    route('GET', '/messages/:id/attachments/:attachment', READ, ({ path }) => attachment(mailbox, path)),
    route('GET', '/threads/:id', READ, ({ path, query }) => thread(mailbox, path.id, query)),
    route('POST', '/messages/send', SEND, ({ body }) => send(mailbox, clock, body)),
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

function profile(mailbox: Mailbox): gmail_v1.Schema$Profile {
  const messages = mailbox.messages();
  return {
    emailAddress: mailbox.address,
    messagesTotal: messages.length,
    threadsTotal: new Set(messages.map((message) => message.threadId)).size,
    historyId: mailbox.historyId,
  };
}

function listMessages(mailbox: Mailbox, query: URLSearchParams): gmail_v1.Schema$ListMessagesResponse {
  const q = query.get('q') ?? '';
  const labelIds = query.getAll('labelIds');
  const known = new Set(mailbox.labels().map((label) => label.id));
  for (const id of labelIds) if (!known.has(id)) throw invalidArgument(`Invalid label: ${id}`);
  const everywhere =
    query.get('includeSpamTrash') === 'true' ||
    reachesHiddenPlaces(q) ||
    labelIds.some((id) => id === 'SPAM' || id === 'TRASH');
  const found = mailbox
    .messages()
    .filter((message) => everywhere || !isHidden(message))
    .filter((message) => labelIds.every((id) => message.labelIds.has(id)) && matchesQuery(message, q));
  const start = readPageToken(query.get('pageToken'));
  const size = Math.min(Number(query.get('maxResults') ?? USUAL_PAGE) || USUAL_PAGE, LARGEST_PAGE);
  const page = found.slice(start, start + size);
  const more = start + size < found.length;
  return {
    ...(page.length > 0 ? { messages: page.map(({ id, threadId }) => ({ id, threadId })) } : {}),
    ...(more ? { nextPageToken: pageToken(start + size) } : {}),
    resultSizeEstimate: Math.min(found.length, SATURATED_ESTIMATE),
  };
}

const pageToken = (start: number) => Buffer.from(`page ${start}`).toString('base64url');

function readPageToken(token: string | null): number {
  if (!token) return 0;
  const start = /^page (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (start === undefined) throw invalidArgument('Invalid pageToken');
  return Number(start);
}

/** Ids are hexadecimal; Gmail answers 400 rather than 404 to anything else. */
function messageOf(mailbox: Mailbox, id = ''): StoredMessage {
  if (!/^[0-9a-f]{1,16}$/.test(id)) throw invalidArgument('Invalid id value');
  const message = mailbox.get(id);
  if (!message) throw notFound();
  return message;
}

function view(message: StoredMessage, query: URLSearchParams): gmail_v1.Schema$Message {
  return viewMessage(message, parseFormat(query.get('format')), query.getAll('metadataHeaders'));
}

function thread(mailbox: Mailbox, id = '', query: URLSearchParams): gmail_v1.Schema$Thread {
  if (!/^[0-9a-f]{1,16}$/.test(id)) throw invalidArgument('Invalid id value');
  const messages = mailbox.thread(id);
  if (messages.length === 0) throw notFound();
  return { id, historyId: mailbox.historyId, messages: messages.map((message) => view(message, query)) };
}

function attachment(mailbox: Mailbox, path: Record<string, string>): gmail_v1.Schema$MessagePartBody {
  const part = findAttachment(messageOf(mailbox, path.id).tree, path.attachment ?? '');
  if (!part) throw invalidArgument('Invalid attachment token');
  return { size: part.content.length, data: part.content.toString('base64url') };
}

async function send(mailbox: Mailbox, clock: Clock, body: Buffer): Promise<gmail_v1.Schema$Message> {
  const request = parseJson(body);
  if (!request.raw)
    throw invalidArgument("'raw' RFC822 payload message string or uploading message via /upload/* URL required");
  const sent = await deliver(mailbox, Buffer.from(request.raw, 'base64url'), clock, request.threadId ?? undefined);
  return { id: sent.id, threadId: sent.threadId, labelIds: [...sent.labelIds] };
}

function parseJson(body: Buffer): gmail_v1.Schema$Message {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw apiError(400, 'parseError', 'Invalid JSON payload received.');
  }
}
