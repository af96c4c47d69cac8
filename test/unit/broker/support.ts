import type { Handlers } from '../../../src/broker/answer.ts';
import type { BrokerToken, Method, Params, Result } from '../../../src/broker/protocol.ts';
import { questionOf } from '../../support/question.ts';

export const TOKEN: BrokerToken = {
  account: 'me@example.org',
  value: 'ya29.token',
  expiresAt: 1,
  lifetime: 3599,
  clockSkewMs: 0,
  privacy: { hiddenQuery: '', showsCodes: false },
  notesSearches: false,
};
export const QUESTION = questionOf();

type Answers = { [M in Method]: Result<M> };

const USUAL: Answers = {
  listAccounts: { accounts: [] },
  saveFolder: { path: '/tmp', device: '1', inode: '2' },
  getToken: TOKEN,
  renewToken: TOKEN,
  confirmSend: { answer: 'send', account: TOKEN.account, isAsked: true },
  sendPolicy: { asks: 'always', sent: [] },
  reportSent: {},
  holdDraft: {},
  releaseDraft: {},
  attachmentFolders: { folders: [] },
  takeAllowance: { isAllowed: true, limit: 'labels', recent: 0 },
  giveBackAllowance: {},
  confirmChange: { agrees: true },
  beginChange: { id: 'c1' },
  endChange: { isNoted: true },
  claimUndo: { claim: 'claimed' },
  releaseUndo: {},
  noteUndone: {},
  changesMade: { changes: [] },
  changedIds: { ids: [] },
  noteCall: {},
  takeUnits: {},
  restUnits: {},
};

/**
 * A window's half of the broker that answers at once. A test puts others in the place of handlers that it is about.
 *
 * @param answers those that are not the usual ones
 * @param note is told of each request before it is answered
 */
export function handlersOf(
  answers: Partial<Answers> = {},
  note: (method: Method, params: object) => void = () => undefined,
): Handlers {
  const all: Answers = { ...USUAL, ...answers };
  const handler =
    <M extends Method>(method: M) =>
    async (params: Params<M>): Promise<Answers[M]> => {
      note(method, params);
      return all[method];
    };
  return {
    listAccounts: handler('listAccounts'),
    saveFolder: handler('saveFolder'),
    getToken: handler('getToken'),
    renewToken: handler('renewToken'),
    confirmSend: handler('confirmSend'),
    sendPolicy: handler('sendPolicy'),
    reportSent: handler('reportSent'),
    holdDraft: handler('holdDraft'),
    releaseDraft: handler('releaseDraft'),
    attachmentFolders: handler('attachmentFolders'),
    takeAllowance: handler('takeAllowance'),
    giveBackAllowance: handler('giveBackAllowance'),
    confirmChange: handler('confirmChange'),
    beginChange: handler('beginChange'),
    endChange: handler('endChange'),
    claimUndo: handler('claimUndo'),
    releaseUndo: handler('releaseUndo'),
    noteUndone: handler('noteUndone'),
    changesMade: handler('changesMade'),
    changedIds: handler('changedIds'),
    noteCall: handler('noteCall'),
    takeUnits: handler('takeUnits'),
    restUnits: handler('restUnits'),
  };
}
