import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { invalidArgument } from '../google-error.ts';
import { type ApiRequest, nothing } from '../http.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import { readJson } from '../rest/json-body.ts';
import type { Method } from '../rest/method.ts';
import { SCOPES } from '../rest/scopes.ts';
import { requireMessage, requireThread } from '../store/lookup.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { type LabelChange, readChange } from './label-change.ts';
import { Trash } from './trash.ts';

/** More messages at once are refused. */
const MOST_IDS = 1000;

/** What changes the labels of messages and threads, the trash among them. */
export function modifyMethods(store: MailStore): Method[] {
  const trash = new Trash(store);
  const post = (rpc: string, path: string, shape: Method['shape'], handle: Method['handle']): Method => {
    return { verb: 'POST', path, rpc, scopes: SCOPES.modify, shape, handle };
  };
  const message = (rpc: string, verb: string, change: (message: StoredMessage, request: ApiRequest) => void) =>
    post(rpc, `/messages/:id/${verb}`, SHAPES.message, (request) => {
      const found = requireMessage(store, request.path.id);
      change(found, request);
      return viewChanged(found);
    });
  const thread = (rpc: string, verb: string, change: (message: StoredMessage, request: ApiRequest) => void) =>
    post(rpc, `/threads/:id/${verb}`, SHAPES.thread, (request) => {
      const messages = requireThread(store, request.path.id);
      for (const each of messages) change(each, request);
      return { id: request.path.id, messages: messages.map(viewChanged) };
    });
  const modify = (found: StoredMessage, request: ApiRequest) => {
    apply(store, found, readChange(store, readJson(request.body, SHAPES.change)));
  };
  const [putIn, takeOut] = [(each: StoredMessage) => trash.putIn(each), (each: StoredMessage) => trash.takeOut(each)];
  return [
    message('ModifyMessage', 'modify', modify),
    message('TrashMessage', 'trash', putIn),
    message('UntrashMessage', 'untrash', takeOut),
    thread('ModifyThread', 'modify', modify),
    thread('TrashThread', 'trash', putIn),
    thread('UntrashThread', 'untrash', takeOut),
    post('BatchModifyMessages', '/messages/batchModify', SHAPES.nothing, ({ body }) => modifyMany(store, body)),
  ];
}

/** Ids that nothing has pass without a word. */
function modifyMany(store: MailStore, body: Buffer): object {
  const { ids = [], ...labels } = readJson<{ ids?: string[] }>(body, SHAPES.batchChange);
  if (!Array.isArray(ids) || ids.length === 0) throw invalidArgument('No message ids specified');
  if (ids.length > MOST_IDS) throw invalidArgument(`Number of ids cannot exceed ${MOST_IDS}`);
  if (!ids.every((id) => /^[0-9a-f]{1,16}$/.test(id))) throw invalidArgument('Invalid id value');
  const change = readChange(store, labels);
  for (const message of ids.flatMap((id) => store.get(id) ?? [])) apply(store, message, change);
  return nothing();
}

/** Drafts take no labels (https://developers.google.com/workspace/gmail/api/guides/drafts). */
function apply(store: MailStore, { id, labelIds }: StoredMessage, { add, remove }: LabelChange): void {
  const [first] = add.filter((label) => label !== 'TRASH');
  if (labelIds.has('DRAFT') && first !== undefined) throw invalidArgument(`Invalid label: ${first}`);
  store.modify(id, add, remove);
}

const viewChanged = ({ id, threadId, labelIds }: StoredMessage): gmail_v1.Schema$Message => ({
  id,
  threadId,
  labelIds: [...labelIds],
});
