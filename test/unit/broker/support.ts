import type { Handlers } from '../../../src/broker/broker-server.ts';
import type { BrokerToken } from '../../../src/broker/protocol.ts';

/** Handlers of a window that says yes to everything; a test brings those that it is about. */
export function handlersOf(token: BrokerToken, changes: Partial<Handlers> = {}): Handlers {
  return {
    listAccounts: async () => ({ accounts: [] }),
    saveFolder: async () => ({ folder: '/tmp' }),
    getToken: async () => token,
    renewToken: async () => token,
    confirmSend: async () => ({ answer: 'send', account: token.account }),
    sendPolicy: async () => ({ asks: 'always', sent: [] }),
    reportSent: async () => ({}),
    changeDraft: async () => ({}),
    attachmentFolders: async () => ({ folders: [] }),
    ...changes,
  };
}
