import { beforeEach } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../../src/sandbox/store/mail-store.ts';
import { accessTokenOf, fileMessage, sandboxForAll } from '../../support.ts';

/** What the methods that organise answer, all in one. */
interface Answer {
  id: string;
  labelIds: string[];
  messages: { id: string; labelIds: string[] }[];
  name: string;
  messageListVisibility: string;
  labelListVisibility: string;
  color?: object;
  messagesTotal: number;
  messagesUnread: number;
  threadsTotal: number;
  threadsUnread: number;
  criteria: object;
  action: object;
  filter?: { id: string }[];
  history?: HistoryRecord[];
  error?: { message: string; status: string; errors: { reason: string }[] };
}

interface Changed {
  message: { id: string; threadId: string; labelIds: string[] };
  labelIds?: string[];
}

export interface HistoryRecord {
  id: string;
  messages: { id: string; threadId: string }[];
  messagesAdded?: Changed[];
  messagesDeleted?: Changed[];
  labelsAdded?: Changed[];
  labelsRemoved?: Changed[];
}

export type Client = ReturnType<typeof clientOf>;

/** A plain HTTP client of a sandbox's Gmail, and mail to organise. */
export function clientOf(sandbox: Sandbox) {
  const token = accessTokenOf(sandbox);
  async function call(method: string, path: string, body?: object, bearer = token) {
    const response = await fetch(`${sandbox.origin}/gmail/v1/users/me${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
  }
  return {
    call,
    post: (path: string, body?: object, bearer = token) => call('POST', path, body, bearer),
    /** A token that may change settings, and nothing else. */
    basic: () => accessTokenOf(sandbox, ['https://www.googleapis.com/auth/gmail.settings.basic']),
    mail: (labels = ['INBOX', 'UNREAD'], headers: Record<string, string> = {}) =>
      fileMessage(sandbox, { Subject: 'S', ...headers }, 'x', labels),
    labelsOf: ({ id }: StoredMessage) => [...(sandbox.store.get(id)?.labelIds ?? [])].sort(),
    /** What happened since a history id. */
    since: async (startHistoryId: string) =>
      (await call('GET', `/history?startHistoryId=${startHistoryId}`)).body.history ?? [],
  };
}

/** The status and the message of an error. */
export async function said(answer: ReturnType<Client['call']>) {
  const { status, body } = await answer;
  return [status, body.error?.message];
}

/** A sandbox for all tests of a suite, each of which begins without filters. */
export function filtersForAll(use: (sandbox: Sandbox) => void): void {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
    use(started);
  });
  beforeEach(() => {
    sandbox.store.filters.clear();
    sandbox.store.forwardingAddresses = [];
  });
}
