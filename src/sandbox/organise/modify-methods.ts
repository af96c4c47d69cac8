import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { invalidArgument } from '../google-error.ts';
import { type ApiRequest, nothing } from '../http.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import { readJson } from '../rest/json-body.ts';
import type { Method } from '../rest/method.ts';
import { SCOPES } from '../rest/scopes.ts';
import { requireId, requireMessage, requireThread } from '../store/lookup.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { idsOf, type LabelChange, readChange } from './label-change.ts';
import { Trash } from './trash.ts';

/** More messages at once are refused. */
const MOST_IDS = 1000;

/** What changes the labels of messages and threads, the trash among them. */
export function modifyMethods(store: MailStore): Method[] {
  const trash = new Trash(store);
  const post = (rpc: string, path: string, shape: Method['shape'], handle: Method['handle']): Method => {
    return { verb: 'POST', path, rpc, scopes: SCOPES.modify, shape, handle };
  };
  const message = (rpc: string, verb: string, change: ChangeAll) =>
    post(rpc, `/messages/:id/${verb}`, SHAPES.message, (request) => {
      const found = requireMessage(store, request.path.id);
      change([found], request);
      return viewChanged(found);
    });
  const thread = (rpc: string, verb: string, change: ChangeAll) =>
    post(rpc, `/threads/:id/${verb}`, SHAPES.thread, (request) => {
      const messages = requireThread(store, request.path.id);
      change(messages, request);
      return { id: request.path.id, messages: messages.map(viewChanged) };
    });
  const modify: ChangeAll = (messages, { body }) => {
    changeAll(trash, messages, readChange(store, readJson(body, SHAPES.change)));
  };
  const putIn: ChangeAll = (messages) => {
    for (const each of messages) trash.putIn(each);
  };
  const takeOut: ChangeAll = (messages) => {
    for (const each of messages) trash.takeOut(each);
  };
  return [
    message('ModifyMessage', 'modify', modify),
    message('TrashMessage', 'trash', putIn),
    message('UntrashMessage', 'untrash', takeOut),
    thread('ModifyThread', 'modify', modify),
    thread('TrashThread', 'trash', putIn),
    thread('UntrashThread', 'untrash', takeOut),
    post('BatchModifyMessages', '/messages/batchModify', SHAPES.nothing, ({ body }) => {
      const { ids, ...labels } = readJson<{ ids?: unknown }>(body, SHAPES.batchChange);
      const messages = messagesOf(store, ids);
      changeAll(trash, messages, readChange(store, labels));
      return nothing();
    }),
  ];
}

type ChangeAll = (messages: readonly StoredMessage[], request: ApiRequest) => void;

/** Those of many messages that there are: ids that nothing has pass without a word. */
function messagesOf(store: MailStore, field: unknown): StoredMessage[] {
  const ids = idsOf(field, 'ids');
  if (ids.length === 0) throw invalidArgument('No message ids specified');
  if (ids.length > MOST_IDS) throw invalidArgument(`Number of ids cannot exceed ${MOST_IDS}`);
  for (const id of ids) requireId(id);
  return ids.flatMap((id) => store.get(id) ?? []);
}

/**
 * Drafts take no labels (https://developers.google.com/workspace/gmail/api/guides/drafts). That one among many messages
 * keeps all of them from a change is the sandbox's own choice.
 */
function changeAll(trash: Trash, messages: readonly StoredMessage[], change: LabelChange): void {
  const first = change.add.find((label) => label !== 'TRASH');
  if (first !== undefined && messages.some(({ labelIds }) => labelIds.has('DRAFT'))) {
    throw invalidArgument(`Invalid label: ${first}`);
  }
  for (const message of messages) trash.change(message, change);
}

const viewChanged = ({ id, threadId, labelIds }: StoredMessage): gmail_v1.Schema$Message => ({
  id,
  threadId,
  labelIds: [...labelIds],
});
