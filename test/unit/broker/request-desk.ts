import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'node:test';
import type { Handlers } from '../../../src/broker/answer.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import type { BrokerAccount, BrokerSettings, BrokerToken, Params } from '../../../src/broker/protocol.ts';
import { silent } from '../support.ts';
import { handlersOf } from './support.ts';

export const TOKEN: BrokerToken = {
  account: 'me@example.org',
  value: 'ya29.token',
  expiresAt: 1_900_000_000_000,
  lifetime: 3599,
  clockSkewMs: -7,
  privacy: { hiddenQuery: 'label:private', showsCodes: false },
  apiOrigin: 'http://127.0.0.1:8080',
  notesSearches: true,
};
export const ACCOUNTS: BrokerAccount[] = [
  { email: 'me@example.org', isDefault: true, level: 'organise', scopes: ['https://mail.google.com/'] },
  { email: 'sandbox@example.org', isDefault: false, level: 'read', isSandbox: true },
];

export const never = new AbortController().signal;

/** A window and a client of it for each test of a suite. */
export class RequestDesk {
  folder!: string;
  broker!: BrokerServer;
  client!: BrokerClient;
  handlers!: Handlers;
  settings: BrokerSettings = {};
  handedOver: BrokerSettings[] = [];
  /** Method and parameters of every request that reached a handler. */
  calls: [string, object][] = [];

  constructor() {
    beforeEach(async () => {
      this.folder = path.join(await mkdtemp(path.join(tmpdir(), 'requests-')), 'brokers');
      [this.calls, this.handedOver, this.settings] = [[], [], {}];
      this.handlers = handlersOf(
        {
          listAccounts: { accounts: ACCOUNTS },
          getToken: TOKEN,
          renewToken: { ...TOKEN, value: 'ya29.renewed' },
          confirmSend: { answer: 'decline', account: 'me@example.org', isAsked: true },
        },
        (method, params) => this.calls.push([method, params]),
      );
      await this.startWindow();
      const onSettings = (given: BrokerSettings) => this.handedOver.push(given);
      this.client = new BrokerClient(this.folder, { onSettings, onChange: () => undefined });
    });
    afterEach(async () => {
      await this.broker.dispose();
      await rm(path.dirname(this.folder), { recursive: true, force: true });
    });
  }

  async startWindow(): Promise<void> {
    this.broker = await BrokerServer.start({
      folder: this.folder,
      handlers: async () => this.handlers,
      settings: () => this.settings,
      log: silent,
    });
  }

  getToken = (params: Partial<Params<'getToken'>> = {}, signal = never) =>
    this.client.request('getToken', { access: 'read', ...params }, signal);

  /** A handler that waits until it is aborted, and what tells when it has begun and ended. */
  wait = () => {
    const begun = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    this.handlers.confirmSend = (_, signal) => {
      begun.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.resolve();
          reject(signal.reason);
        });
      });
    };
    return { begun: begun.promise, aborted: aborted.promise };
  };
}
